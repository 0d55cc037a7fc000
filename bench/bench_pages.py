"""Pages of a record of 100,000 incidents, from a browser's request to the last byte: p95 of 100 random ones,
and the mean of the processor time that the server takes for one.

The server is `portico serve` as it is shipped; what is asked is that of `bench_desk_data`, as addresses. Floors in
milliseconds: list 30, ranked search at any word frequency with count 100, date and courthouse with count 100, an
incident 50, numbers by month and state 200. `PORTICO_BENCH_INCIDENTS` and `PORTICO_BENCH_RECORD` as there.
"""

import random
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from urllib.parse import urlencode

from bench.bench_desk_data import CALLS, DAYS, FIRST, INCIDENTS, STATES, courthouses, made, words
from bench.served_desk import ServedDesk, Visitor, served
from portico.counting import definitions
from portico.places import load_gazetteer


def addresses(ids: list[str], chance: random.Random) -> Iterator[tuple[str, int, Callable[[], str]]]:
    """What is asked, its floor, and an address that asks it with other values each time."""
    vocabulary, _ = words()

    def any_word() -> str:
        return vocabulary[min(int(10 ** chance.uniform(0, 4.3)) - 1, len(vocabulary) - 1)]

    def a_month() -> dict[str, str]:
        first = FIRST + timedelta(days=chance.randrange(DAYS))
        return {"since": first.isoformat(), "until": (first + timedelta(days=30)).isoformat()}

    known = load_gazetteer()
    named = [each.name for each in courthouses() if each in known.courthouses]

    def a_court() -> str:
        return chance.choice(named)

    pages = INCIDENTS // 50
    yield "list", 30, lambda: f"/incidents/?page={chance.randint(1, min(20, pages))}"
    yield "search", 100, lambda: f"/search/?{urlencode({'q': any_word()})}"
    yield "search, the ten most frequent words", 100, lambda: f"/search/?q={chance.choice(vocabulary[:10])}"
    yield "date and courthouse", 100, lambda: f"/incidents/?{urlencode({'court': a_court(), **a_month()})}"
    yield "date and state", 100, lambda: f"/incidents/?{urlencode({'court': chance.choice(STATES), **a_month()})}"
    yield "incident", 50, lambda: f"/incidents/{chance.choice(ids)}/"
    names = sorted(definitions())

    def figure(**asked: str) -> str:
        return f"/numbers/?{urlencode({'definition': chance.choice(names), **asked})}"

    yield "numbers by month", 200, lambda: figure(by="month")
    yield "numbers by month of a state", 200, lambda: figure(by="month", state=chance.choice(STATES))
    yield "numbers by month and state", 200, lambda: figure(by="month", and_by="state")
    yield "inbox", 100, lambda: "/inbox/"


def p95(visitor: Visitor, desk: ServedDesk, address: Callable[[], str]) -> tuple[float, float, int]:
    """Milliseconds by the clock, the mean of processor time, and how many answers were not pages."""
    took, wrong, before = [], 0, desk.processor_s()
    for _ in range(CALLS):
        path = address()
        began = time.perf_counter()
        status, _body = visitor.get(path)
        took.append((time.perf_counter() - began) * 1000)
        wrong += status != 200
    return sorted(took)[CALLS * 95 // 100], (desk.processor_s() - before) * 1000 / CALLS, wrong


def main() -> None:
    chance = random.Random(2)
    with made() as record:
        ids = [row.id for row in record.find_incidents(limit=1000, offset=INCIDENTS // 2).rows]
        folder, key_file = record.folder, record.folder.parent / "keys" / "key"
        with served(folder, key_file) as desk:
            visitor = desk.visitor()
            for what, floor, address in addresses(ids, chance):
                for _ in range(4):  # each process has opened the record once
                    visitor.get(address())
                clocked, used, wrong = p95(visitor, desk, address)
                told = f"p95 {clocked:.1f} ms (floor {floor}), of processor time {used:.1f} ms in the mean"
                print(f"{what}: {told}; {wrong} of {CALLS} not a page", flush=True)


if __name__ == "__main__":
    main()
