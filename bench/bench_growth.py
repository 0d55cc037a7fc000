"""Growth: import and count of the four arrest files once, ten and a hundred times over, here and on Spark.

Ten copies have their years shifted by one to nine; a hundred are these ten times over, each file made another by an
empty piece of gzip behind it. PORTICO_BENCH_GROWTH=1,10,100 says which (default 1,10: a hundred, 54 million rows, need
some minutes and 1.2 GB of disk). Every figure is of a process of its own: seconds of processor of it and its children,
seconds by the clock, and the most memory. Floor: time grows no faster than the rows, memory stays flat.
"""

import gzip
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from shutil import which

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
                name.write_bytes(moved + gzip.compress(b"\n" * again, mtime=0) * bool(again))


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
    """Landmarks placed beforehand, so that counting alone is counted."""
    return counted(files, tables, "here")


STEPS: dict[str, Callable[[Path, Path, str], int]] = {"import": imported, "place": placed, "count": counted}


def measured(step: str, files: Path, tables: Path, engine: str) -> dict[str, float]:
    words = [sys.executable, "-m", "bench.bench_growth", step, str(files), str(tables), engine]
    told: dict[str, float] = json.loads(subprocess.check_output(words, stderr=subprocess.DEVNULL).splitlines()[-1])
    return told


def child(step: str, files: str, tables: str, engine: str) -> None:
    began = time.perf_counter()
    number = STEPS[step](Path(files), Path(tables), engine)
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    told = {
        "seconds": time.perf_counter() - began,
        "processor": sum(each.ru_utime + each.ru_stime for each in used),
        "mib": used[0].ru_maxrss / 1024,
        "number": number,
    }
    print(json.dumps(told))


def main() -> None:
    if not GOVERNMENT.is_dir():
        print("the released government files are not here: nothing to measure")
        return
    has_spark = find_spec("pyspark") is not None and which("java") is not None
    for times in map(int, os.environ.get("PORTICO_BENCH_GROWTH", "1,10").split(",")):
        with tempfile.TemporaryDirectory() as name:
            files, tables, there = (Path(name, each) for each in ("files", "tables", "spark"))
            files.mkdir()
            copies(times, files)
            rows = times * ROWS
            line("import", rows, measured("import", files, tables, "here"))
            measured("place", files, tables, "here")
            line("count", rows, measured("count", files, tables, "here"))
            if has_spark:
                if times <= 10:
                    line("import on Spark", rows, measured("import", files, there, "spark"))
                line("count on Spark", rows, measured("count", files, tables, "spark"))


def line(what: str, rows: int, told: dict[str, float]) -> None:
    print(
        f"{rows:>11,} rows, {what}: {told['processor']:.2f} s of processor, {told['seconds']:.1f} s by the clock, "
        f"{told['mib']:.0f} MiB at most (load {os.getloadavg()[0]:.1f})",
        flush=True,
    )


if __name__ == "__main__":
    child(*sys.argv[1:]) if len(sys.argv) > 1 else main()
