"""The record: entries appended in one batch, beside bare SQLite; kills, flipped bits and a search for names.

Floors: 10,000 entries a second in one batch; of 100 kills no acknowledged document lost, none half-written; of 10,000
flipped bits every one found; of 1,000 names none found in any file without the key, and with encryption off all.
`PORTICO_KILL_ROUNDS`, `PORTICO_BIT_FLIPS` and `PORTICO_CANARIES` make it shorter. The rounds are the tests of
`tests/store`, at full length.
"""

import importlib.util
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from statistics import median
from types import ModuleType

import pysqlite3

from portico.facts import Account, Claim, Reading
from portico.reading import Document
from portico.store import Record, open_record

TESTS = Path(__file__).parents[1] / "tests" / "store"
Invented = tuple[Document, Reading]
ROUNDS = 5
ROUNDS_OF = {"PORTICO_KILL_ROUNDS": "100", "PORTICO_BIT_FLIPS": "10000", "PORTICO_CANARIES": "1000"}
LONG_TESTS = (
    ("kills", "test_store_crash.py::test_killing_loses_nothing_acknowledged_and_leaves_nothing_half_written"),
    ("flipped bits of entries", "test_store_tampering.py::test_every_flipped_bit_of_an_entry_is_found"),
    ("flipped bits of the file", "test_store_tampering.py::test_every_flipped_bit_of_the_file_under_an_entry_is_found"),
    ("names", "test_store_erasure.py::test_no_file_holds_a_name_and_after_erasing_not_even_the_key_finds_it"),
    ("names, encryption off", "test_store_erasure.py::test_with_encryption_off_the_search_finds_every_name"),
)


def main() -> None:
    _append()
    environment = ROUNDS_OF | dict(os.environ)
    print({name: environment[name] for name in ROUNDS_OF})
    for what, test in LONG_TESTS:
        began = time.perf_counter()
        command = [sys.executable, "-m", "pytest", "-q", "--no-header", str(TESTS / test)]
        ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        said = "all held" if ran.returncode == 0 else f"FAILED\n{ran.stdout}"
        print(f"{what}: {said} ({time.perf_counter() - began:.0f} s)", flush=True)


def _append() -> None:
    """Two kinds of batches of 10,000 entries, on the disk at the end of their time: tables whose rows are accounts of
    nine claims, two of them guarded; and articles of nine accounts, four of whose nine claims are guarded. The peer
    writes rows of the same sizes with executemany: no hashes, keys, files or projections.
    """
    invent = _invented().invent
    kinds: dict[str, Callable[[int], list[Invented]]] = {
        "tables": lambda turn: [_table(invent(number=turn * 100 + n)) for n in range(10)],
        "articles": lambda turn: [invent(number=turn * 10**6 + n, accounts=9) for n in range(1000)],
    }
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for kind, documents in kinds.items():
            with open_record(folder / kind, key_file=folder / "keys" / "key", create=True) as record:
                list(record.add_all([invent(number=-1)], actor="person:bench"))
                figures = [_entries_a_second(record, documents(turn)) for turn in range(ROUNDS)]
            clock, processor, whole, used = (median(column) for column in zip(*figures, strict=True))
            best = max(by_clock for by_clock, *_ in figures)
            print(f"{kind}: {clock:,.0f} entries a second, best {best:,.0f}; {processor:,.0f} of processor time")
            print(f"    until lists and the search have them too: {whole:,.0f}; {used:,.0f} of processor time")
        bare = median(_bare(folder / "tables" / "record.sqlite3", folder / f"bare{turn}") for turn in range(3))
        print(f"floor 10,000; bare SQLite {bare:,.0f}", flush=True)


def _entries_a_second(record: Record, documents: list[Invented]) -> tuple[float, float, float, float]:
    """By the clock, and of processor time (this machine's other work left out); then both up to the end of the first
    list, which folds and indexes what a large batch leaves for later.
    """
    size, began, busy = record.size, time.perf_counter(), time.process_time()
    added = list(record.add_all(documents, actor="person:bench", at_once=len(documents)))
    took, used = time.perf_counter() - began, time.process_time() - busy
    assert all(each.new for each in added)
    record.find_incidents(limit=1)
    until, used_until = time.perf_counter() - began, time.process_time() - busy
    entries = record.size - size
    return entries / took, entries / used, entries / until, entries / used_until


def _table(invented: Invented) -> Invented:
    """A document whose reading has a thousand rows of a government table."""
    document, reading = invented
    spans = reading.accounts[0].claims[0].spans

    def row(number: int) -> Account:
        values: tuple[tuple[str, str | int], ...] = (
            *(
                ("kind", "arrest"),
                ("date", f"2025-{number % 12 + 1:02d}-{number % 28 + 1:02d}"),
                ("people_arrested", 1),
            ),
            *(("courthouse_id", "nyc-60-centre"), ("county", "New York"), ("state", "NY"), ("agency", "ice")),
            *(("gender", "male"), ("age", number % 80)),
        )
        return Account(claims=tuple(Claim(attribute=name, value=value, spans=spans) for name, value in values))

    return document, replace(reading, accounts=tuple(map(row, range(1000))))


def invented_tables(number: int) -> Iterator[Invented]:
    """So many documents of a thousand rows each."""
    invent = _invented().invent
    return (_table(invent(number=each)) for each in range(number))


def _bare(record: Path, other: Path) -> float:
    """Rows a second of the same entries into a bare table with the same durability."""
    with closing(pysqlite3.connect(record)) as full, closing(pysqlite3.connect(other)) as bare:
        rows = full.execute("SELECT * FROM store_entry LIMIT 10000").fetchall()
        bare.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE entry (a,b,c,d,e,f,g,h)")
        began = time.perf_counter()
        bare.executemany("INSERT INTO entry VALUES (?,?,?,?,?,?,?,?)", rows)
        bare.commit()
        return len(rows) / (time.perf_counter() - began)


def _invented() -> ModuleType:
    """The tests' inventor of documents."""
    spec = importlib.util.spec_from_file_location("invented", TESTS / "conftest.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main()
