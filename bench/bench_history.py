"""The history of one thing, and taking a batch back, in a record of 100,000 entries: p95 of 100 calls, floor 100 ms.

`PORTICO_BENCH_ENTRIES` makes it smaller. The record has accounts of nine claims, as tables have them; what is asked
for, decided, linked and taken back are accounts of any of its documents.
"""

import os
import random
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.bench_desk_data import p95
from bench.bench_store import invented_tables
from portico.store import Record, open_record

ENTRIES = int(os.environ.get("PORTICO_BENCH_ENTRIES", "100000"))
FLOOR = 100
BY = "person:bench"


def calls(record: Record, accounts: list[str], chance: random.Random) -> Iterator[tuple[str, Callable[[], object]]]:
    def any_account() -> str:
        return chance.choice(accounts)

    def decided() -> str:
        claim = f"c-{any_account()[2:]}.{chance.randrange(7)}"
        record.decide(claim, "reject", actor=BY)
        return record.history(claim)[-1].batch

    def linked() -> str:
        one = any_account()
        record.link(one, any_account(), actor=BY)
        return record.history(one)[-1].batch

    done = [decided() for _ in range(100)] + [linked() for _ in range(100)]
    again = iter(done)
    yield "history of an account", lambda: record.history(any_account())
    yield "history of an incident", lambda: record.history(f"i-{any_account()[2:]}")
    yield "history of a claim", lambda: record.history(f"c-{any_account()[2:]}.3")
    yield "history of a small batch", lambda: record.history(chance.choice(done))
    yield "undo of a decision", lambda: record.undo(next(again))
    yield "undo of a link", lambda: record.undo(next(again))


def main() -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        with open_record(folder / "record", key_file=folder / "keys" / "key", create=True) as record:
            added = list(record.add_all(invented_tables(ENTRIES // 1000), actor=BY, at_once=10))
            accounts = [account for each in added for account in each.accounts]
            record.find_incidents(limit=1)
            print(f"{record.size:,} entries")
            for what, call in calls(record, accounts, random.Random(3)):
                clocked, used = p95(call)
                print(f"{what}: p95 {clocked:.1f} ms, of processor time {used:.1f} ms (floor {FLOOR})", flush=True)


if __name__ == "__main__":
    main()
