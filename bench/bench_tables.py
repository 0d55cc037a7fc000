"""Government tables: rows typed, coded and stored, beside a pandas script and a bare polars scan; both real workbooks.

Floors: at least 3 times as fast as pandas doing the same typing, at most 2 times a bare polars scan-and-write of the
same files, under 512 MiB; both workbooks in at most 4 seconds together. Every run is a process of its own, by turns;
the time to load libraries is not counted. The ratio of processor time is given too: other work on a machine of two
cores makes wall time waver.
pandas, pyarrow and openpyxl are no dependency of Portico: `peers.py` installs them in an environment of their own.
PORTICO_BENCH_KILLS=50 kills as many imports at random points and runs each again (`import_kills.py`).
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from bench import import_kills
from bench.peers import python_with_peers
from bench.watched import most_mib

GOVERNMENT = Path(__file__).parents[1].parent / "shared" / "data" / "government"
ROUNDS = 3

BEGAN = [0.0, 0.0]


def began() -> None:
    """The libraries are loaded: count from now."""
    BEGAN[:] = time.perf_counter(), time.process_time()


def ours(files: Sequence[str], out: str) -> int:
    """`import_table`, with its row report; profiles by the beginning of the file's name."""
    from portico.tables import import_table

    began()
    named = {"ero-arrests": "ero-arrests", "seattle-uw": "seattle-uw-v-dhs", "seattle-cap": "seattle-cap-2018"}
    stored = 0
    for start, profile in named.items():
        if chosen := [file for file in files if Path(file).name.startswith(start)]:
            stored += import_table(chosen, profile, out).rows_stored
    return stored


def bare(files: Sequence[str], out: str) -> int:
    """What polars needs to read the same text and write it again, typing nothing."""
    import polars as pl

    began()
    for number, file in enumerate(files):
        pl.scan_csv(file, separator="|", skip_rows=5, infer_schema=False).sink_parquet(f"{out}/{number}.parquet")
    return 0


def pandas(files: Sequence[str], out: str) -> int:
    """The same typing as a careful script would do it: value, state and original text of each column that is kept."""
    import pandas as pd  # type: ignore[import-not-found,import-untyped,unused-ignore]

    began()
    areas = {"HQ": "HQ", "New York City": "NYC", "Salt Lake City": "SLC", "St. Paul": "SPM", "San Antonio": "SNA"}
    redacted = r"\(?b\)?\s*\(\d\)?.*"
    stored = 0
    for number, file in enumerate(files):
        raw = pd.read_csv(file, sep="|", skiprows=5, dtype=str, keep_default_na=False)
        typed = pd.DataFrame({"file": Path(file).name, "row": raw.index + 7})
        for heading in raw.columns[:6]:
            text = raw[heading]
            squeezed = text.str.replace(r"\s+", " ", regex=True).str.strip()
            state = pd.Series("value", index=raw.index)
            state[squeezed == ""] = "blank"
            state[squeezed.str.fullmatch(redacted, case=False)] = "redacted"
            state[squeezed.str.casefold().isin(["--", "na", "n/a", "none", "unknown", "null", "1/1/0001"])] = "sentinel"
            value = squeezed.where(state == "value")
            if heading.endswith("Date"):
                value = pd.to_datetime(value, format="%m/%d/%Y", errors="coerce")
                state[value.isna() & (state == "value")] = "unreadable"
            elif heading.startswith("Area"):
                office = value.str.removesuffix(" Area of Responsibility")
                value = office.map(lambda name: areas.get(name, str(name)[:3].upper()), na_action="ignore")
            typed[heading], typed[f"{heading}_is"], typed[f"{heading}_text"] = value, state, text
        typed.to_parquet(f"{out}/{number}.parquet", compression="zstd")
        stored += len(typed)
    return stored


def openpyxl(files: Sequence[str], out: str) -> int:
    """The usual way to read a workbook row by row; nothing is typed or written."""
    import openpyxl as reader  # type: ignore[import-untyped,import-not-found,unused-ignore]

    began()
    rows = 0
    for file in files:
        book = reader.load_workbook(file, read_only=True, data_only=True)
        rows += sum(1 for sheet in book.worksheets for _ in sheet.iter_rows(values_only=True))
    return rows


RUNS: dict[str, Callable[[Sequence[str], str], int]] = {
    "portico": ours,
    "polars, bare": bare,
    "pandas": pandas,
    "openpyxl, read-only": openpyxl,
}


def run(name: str, files: Sequence[Path], python: str) -> dict[str, float] | None:
    """Seconds, rows and peak memory of one run in a process of its own; None if its library is not there."""
    with tempfile.TemporaryDirectory() as out:
        command = [python, "-m", "bench.bench_tables", name, out, *map(str, files)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if "ModuleNotFoundError" in done.stderr:
        return None
    done.check_returncode()
    answer: dict[str, float] = json.loads(done.stdout)
    return answer


def compare(title: str, files: Sequence[Path], names: Sequence[str]) -> dict[str, dict[str, float]]:
    peers = python_with_peers()
    python = {name: peers if name in ("pandas", "openpyxl, read-only") else sys.executable for name in names}
    rounds = [{name: run(name, files, python[name]) for name in names} for _ in range(ROUNDS)]
    figures = {}
    print(title)
    for name in names:
        each = [found for one in rounds if (found := one[name])]
        if not each:
            print(f"  {name}: not installed")
            continue
        figures[name] = {key: median(found[key] for found in each) for key in each[0]}
        print(
            f"  {name}: {figures[name]['seconds']:.2f} s ({figures[name]['processor']:.2f} s of processor), "
            f"{figures[name]['mib']:.0f} MiB at most"
        )
    return figures


def main() -> None:
    if not GOVERNMENT.is_dir():
        print("the released government files are not here: nothing to measure")
        return
    arrests = sorted(GOVERNMENT.glob("ero-arrests-fy*.csv.gz"))
    found = compare("four arrest files, 544,059 rows", arrests, ["polars, bare", "portico", "pandas"])
    mine = found["portico"]
    for key, named in (("seconds", "wall"), ("processor", "processor")):
        print(f"  {named} time beside bare polars {mine[key] / found['polars, bare'][key]:.2f} (at most 2)")
        if "pandas" in found:
            print(f"  {named} time: {found['pandas'][key] / mine[key]:.1f} times as fast as pandas (at least 3)")
    print(f"  memory {mine['mib']:.0f} MiB (under 512)")
    books = sorted(GOVERNMENT.glob("seattle-*.xlsx"))
    found = compare("both workbooks, 123,104 rows", books, ["portico", "openpyxl, read-only"])
    print(f"  {found['portico']['seconds']:.2f} s (at most 4), {found['portico']['mib']:.0f} MiB (under 512)")
    import_kills.main(arrests[:1])


def measured(name: str, out: str, files: Sequence[str]) -> None:
    rows = RUNS[name](files, out)
    seconds, used = time.perf_counter() - BEGAN[0], time.process_time() - BEGAN[1]
    peak = most_mib()
    print(json.dumps({"seconds": seconds, "processor": used, "rows": rows, "mib": peak}))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        measured(sys.argv[1], sys.argv[2], sys.argv[3:])
    else:
        main()
