"""Counting: 100,000 folded incidents beside a plain loop, and the rows of government tables, 1 to 100 times as many.

Of incidents no floor; the ratio is the figure. The peer reads the same facts of the same incidents into one `Counter`,
as a script would: no bounds, no incidents behind the figure, and an event of which a fact is disputed or not told is
left out.

Of tables: the four released arrest files, 544,059 rows, by class of landmark, state and year. Floor: the whole question
in at most 0.3 seconds once they are imported and placed; from 1 to 100 times the rows, made by repetition with later
days, time grows no faster than they do and peak memory stays flat. Each size is counted in a process of its own; the
time to load libraries is not counted there, and is in that of the whole command.
"""

import json
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median

from bench.watched import most_mib
from portico.counting import StoredRows, count, find_definition, table_definitions
from portico.facts import EVENT_ATTRIBUTES, FactState, IncidentState, Status, Value, Verification

INCIDENTS = 100_000
ROUNDS = 3
GOVERNMENT = Path(__file__).parents[1].parent / "shared" / "data" / "government"
BY = ("landmark_class", "state", "year")
TIMES = (1, 10, 100)
ASKED = 5
_AGREED, _DISPUTED, _UNKNOWN = Status.AGREED, Status.DISPUTED, Status.UNKNOWN


def incidents() -> list[IncidentState]:
    """Invented states: three in ten disputed or not told in each fact that is counted, always the same ones."""
    chance = random.Random(20171128)
    choices: dict[str, list[tuple[Value, ...]]] = {
        "kind": [("arrest",)] * 6 + [("sighting",), ("arrest", "attempted_arrest")],
        "agency": [("ice",)] * 7 + [("federal_unspecified",), ()],
        "zone": [("hallway",)] * 4 + [("entrance",), ("inside_unspecified",), ("hallway", "lobby"), ()],
        "date": [(f"20{year}-{month:02d}-10",) for year in (17, 18, 19) for month in range(1, 13)] + [("2018",), ()],
        "role": [("defendant",)] * 5 + [("witness",), ("victim", "witness"), ()],
    }
    places: list[tuple[Value, ...]] = [(f"County {number}",) for number in range(62)]
    unsaid = [FactState(attribute=name, status=_UNKNOWN) for name in EVENT_ATTRIBUTES if name not in choices]
    made = []
    for number in range(INCIDENTS):
        told = {name: chance.choice(each) for name, each in choices.items()}
        told |= {"county": chance.choice(places), "state": ("NY",)}
        facts = [FactState(attribute=name, status=_status(each), values=each) for name, each in told.items()]
        made.append(
            IncidentState(
                id=f"i{number}",
                accounts=(),
                sources=(),
                facts=(*facts, *unsaid),
                verification=chance.choice((Verification.REPORTED, Verification.CORROBORATED, Verification.VERIFIED)),
            )
        )
    return made


def _status(values: tuple[Value, ...]) -> Status:
    return _DISPUTED if len(values) > 1 else _AGREED if values else _UNKNOWN


def plain(states: list[IncidentState], key: str) -> Counter[Value]:
    """What a script would do: one value or none, counted."""
    found: Counter[Value] = Counter()
    for state in states:
        told = {fact.attribute: fact.values for fact in state.facts}
        if told["kind"] == ("arrest",) and told["zone"] and told["agency"] and len(told.get(key, ())) == 1:
            found[told[key][0]] += 1
    return found


def seconds(run: Callable[[], object], rounds: int = ROUNDS) -> float:
    return median(seconds_once(run) for _ in range(rounds))


def seconds_once(run: Callable[[], object]) -> float:
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


def of_incidents() -> None:
    states = incidents()
    definition = find_definition("arrests-at-courthouses")
    for by, key in (((), "role"), (("month",), "date"), (("county",), "county"), (("zone", "role"), "role")):
        peer = seconds(lambda key=key: plain(states, key))  # type: ignore[misc]
        ours = seconds(lambda by=by: count(definition, states, by=by))  # type: ignore[misc]
        named = ", ".join(by) or "nothing"
        print(f"{INCIDENTS:,} incidents by {named}: {ours:.2f} s; a plain loop {peer:.2f} s; ratio {ours / peer:.1f}")


def of_tables(folder: Path) -> None:
    from portico.engines.placed import placed
    from portico.engines.tabulated import count_tables, stored_rows
    from portico.tables import import_table

    tables = folder / "tables"
    import_table(sorted(GOVERNMENT.glob("ero-arrests-fy*.csv.gz")), "ero-arrests", tables)
    definition = table_definitions()["ero-arrests"]
    first = seconds_once(lambda: count_tables(tables, definition, by=BY))
    used = time.process_time()
    asked = seconds(lambda: count_tables(tables, definition, by=BY), ASKED)
    processor = (time.process_time() - used) / ASKED
    command = [
        str(Path(sys.executable).with_name("portico")),
        "count",
        definition.id,
        "--record",
        str(folder),
        "--quiet",
    ]
    words = [word for name in BY for word in ("--by", name)]
    whole = seconds(lambda: subprocess.run([*command, *words], capture_output=True, check=True))
    print(f"544,059 rows by {', '.join(BY)}: {asked:.3f} s (at most 0.3), {processor:.3f} s of processor")
    print(f"  the whole command: {whole:.2f} s")
    print(f"  the first time, with the landmarks placed: {first:.1f} s")
    stored = stored_rows(tables, definition)
    assert definition.landmark
    growth(folder / "repeated", replace(stored, places=placed(tables, stored.rows, definition.landmark, {})))


def growth(folder: Path, stored: StoredRows) -> None:
    """The same question over ever more rows."""
    found = {}
    for times in TIMES:
        repeat(stored, folder, times)
        rows = sorted(folder.glob("*.parquet"))
        named = json.dumps({"rows": [str(path) for path in rows], "places": [str(path) for path in stored.places]})
        done = subprocess.run(
            [sys.executable, "-m", "bench.bench_counting", "counted", named], capture_output=True, text=True, check=True
        )
        found[times] = json.loads(done.stdout)
        each = found[times]
        print(
            f"  {each['rows']:,} rows: {each['seconds']:.2f} s ({each['processor']:.2f} s of processor), "
            f"{each['mib']:.0f} MiB at most"
        )
    for kind in ("seconds", "processor"):
        grown = found[TIMES[-1]][kind] / found[1][kind]
        print(f"  {TIMES[-1]} times the rows: {grown:.0f} times the {kind} (at most {TIMES[-1]})")


def repeat(stored: StoredRows, folder: Path, times: int) -> None:
    """Write the rows so many times, each a week later than the one before, a file for each."""
    import polars as pl

    folder.mkdir(exist_ok=True)
    for number in range(len(list(folder.glob("*.parquet"))), times):
        rows = pl.concat([pl.read_parquet(path) for path in stored.rows])
        later = rows.with_columns(pl.col("day", "apprehension_date") + pl.duration(days=7 * number))
        later.write_parquet(folder / f"{number:04d}.parquet", compression="zstd", compression_level=1, statistics=False)


def counted(named: str) -> None:
    """One size in this process: the middle of some askings, processor time, peak memory."""
    from portico.counting.tabulate import tabulate

    paths = {kind: tuple(map(Path, each)) for kind, each in json.loads(named).items()}
    definition, stored = table_definitions()["ero-arrests"], StoredRows(**paths)
    made = []
    used = time.process_time()
    asked = seconds(lambda: made.append(tabulate(definition, stored, by=BY)))
    processor = (time.process_time() - used) / ROUNDS
    peak = most_mib()
    print(json.dumps({"rows": made[0].total.count, "seconds": asked, "processor": processor, "mib": peak}))


def main() -> None:
    of_incidents()
    if not GOVERNMENT.is_dir():
        print("the released government files are not here: no tables to count")
        return
    with tempfile.TemporaryDirectory() as folder:
        of_tables(Path(folder))


if __name__ == "__main__":
    if len(sys.argv) > 2:
        counted(sys.argv[2])
    else:
        main()
