"""Growth: import, place and count of the four arrest files once, ten and a hundred times over, here and on Spark.

Ten copies have their years shifted by one to nine; a hundred are these ten times over, each file made another by the
time in its gzip header. PORTICO_BENCH_GROWTH=1,10,100 says which (default 1,10: a hundred, 54 million rows, need some
minutes and 1.2 GB of disk), PORTICO_BENCH_ENGINES=here,spark on what. Place gives every row what its landmark means,
through `place_many`. Every figure is of a command of its own, its start and the loading of libraries in it: seconds of
processor, seconds by the clock, and the most memory that it and all it started held at once, Spark's Java and its
workers among them. Floor: time grows no faster than the rows; memory, here, by at most 15 %.
"""

import gzip
import os
import re
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING

from bench.watched import Watched, watched

if TYPE_CHECKING:
    from portico.engines import Spelling

GOVERNMENT = Path(__file__).parents[1].parent / "shared" / "data" / "government"
ROWS = 544_059
_YEAR = re.compile(rb"\|(\d{1,2}/\d{1,2})/(20\d\d)\|")


def copies(times: int, folder: Path) -> None:
    """The files, so many times over, each unlike every other."""
    for path in sorted(GOVERNMENT.glob("ero-arrests-fy*.csv.gz")):
        text = gzip.decompress(path.read_bytes())
        for shift in range(min(times, 10)):
            moved = path.read_bytes() if not shift else _packed(_shifted(text, shift))
            for again in range(max(1, times // 10)):
                name = folder / f"{path.name.removesuffix('.csv.gz')}-{shift}-{again}.csv.gz"
                name.write_bytes(moved[:4] + again.to_bytes(4, "little") + moved[8:])  # the time that gzip notes


def _shifted(text: bytes, years: int) -> bytes:
    return _YEAR.sub(lambda found: b"|%s/%d|" % (found[1], int(found[2]) + years), text)


def _packed(text: bytes) -> bytes:
    engine = zlib.compressobj(1, zlib.DEFLATED, 31)
    return engine.compress(text) + engine.flush()


def imported(files: Path, tables: Path, engine: str) -> int:
    from portico.engines import spark
    from portico.engines.filed import files_on
    from portico.tables import import_table

    on = files_on(spark("local[2]", limit_s=86_400)) if engine == "spark" else None
    return import_table(sorted(files.iterdir()), "ero-arrests", tables, on=on).rows_stored


def counted(files: Path, tables: Path, engine: str) -> int:
    from portico.counting import table_definitions
    from portico.engines.tabulated import count_tables

    database = None
    if engine == "spark":
        from portico.engines.spark_database import SparkDatabase

        database = SparkDatabase("local[2]")
    floor = table_definitions()["court-arrests-floor"]
    return count_tables(tables, floor, by=["state", "fiscal_year"], database=database).total.count


def placed(files: Path, tables: Path, engine: str) -> int:
    from portico.engines import place_many, spark

    on = spark("local[2]") if engine == "spark" else None
    return sum(found.label != "not_court" for found in place_many(_landmarks(tables), engine=on))


def _landmarks(tables: Path) -> Iterator["Spelling"]:
    import polars as pl

    from portico.engines import Spelling
    from portico.tables import stored_tables

    for path in stored_tables(tables, "ero-arrests", "arrests"):
        for place, area in pl.read_parquet(path, columns=["apprehension_landmark", "area_of_responsibility"]).rows():
            yield Spelling(place or "", None, area)


def placed_ahead(files: Path, tables: Path, engine: str) -> int:
    """What an import does last, so that counting alone is counted."""
    from portico.engines.tabulated import place_ahead

    place_ahead(tables, "ero-arrests", {})
    return 0


STEPS: dict[str, Callable[[Path, Path, str], int]] = {
    "import": imported,
    "ahead": placed_ahead,
    "place": placed,
    "count": counted,
}


def main() -> None:
    if not GOVERNMENT.is_dir():
        print("the released government files are not here: nothing to measure")
        return
    engines = os.environ.get("PORTICO_BENCH_ENGINES", "here,spark").split(",")
    if find_spec("pyspark") is None or which("java") is None:
        engines = ["here"]
        print("Spark: not installed (make spark)")
    least: dict[str, float] = {}
    for times in map(int, os.environ.get("PORTICO_BENCH_GROWTH", "1,10").split(",")):
        with tempfile.TemporaryDirectory() as name:
            files, tables = Path(name, "files"), Path(name, "here")
            files.mkdir()
            copies(times, files)
            for engine in ("here", *(each for each in engines if each != "here")):
                line(times, "import", engine, files, Path(name, engine), least=least)
            step("ahead", files, tables, "here")
            for what in ("place", "count"):
                for engine in engines:
                    line(times, what, engine, files, tables, least=least)


def step(what: str, files: Path, tables: Path, engine: str) -> Watched:
    return watched([sys.executable, "-m", "bench.bench_growth", what, files, tables, engine])


def line(times: int, what: str, engine: str, files: Path, tables: Path, *, least: dict[str, float]) -> None:
    found = step(what, files, tables, engine)
    named = f"{what}{' on Spark' if engine == 'spark' else ''}"
    grown = found.mib / least.setdefault(named, found.mib)
    parts = ", ".join(f"{program} {mib:.0f}" for program, mib in found.parts.items()) if len(found.parts) > 1 else ""
    print(
        f"{times * ROWS:>11,} rows, {named}: {found.processor:.1f} s of processor, {found.seconds:.1f} s by the clock, "
        f"{found.mib:.0f} MiB at most ({grown:.2f} times the first{f'; {parts}' if parts else ''}); "
        f"load {os.getloadavg()[0]:.1f}",
        flush=True,
    )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(STEPS[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4]))
    else:
        main()
