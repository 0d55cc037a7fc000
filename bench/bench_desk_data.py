"""What a desk asks of a record of 100,000 incidents: lists, search, filters, one incident, numbers. p95 of 100 calls.

Each incident is one public document of 120 words whose frequencies fall as those of English do, at one of 500
courthouses, ten in each of 50 states: those of the gazetteer, and invented ones where it has fewer. In one of twenty a
fact is disputed in the document, or not told. Floors, for the data of a
page: list 30 ms, ranked search at any word frequency with count 100 ms, date and courthouse with count 100 ms, an
incident 50 ms, numbers by month and state 200 ms. `PORTICO_BENCH_INCIDENTS` makes it smaller; `PORTICO_BENCH_RECORD`
keeps the record in a folder, and takes it from there when it is there.
"""

import hashlib
import itertools
import os
import random
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from portico.counting import definitions
from portico.facts import Account, Claim, Reading, Source, Text, Value
from portico.places import Courthouse, load_gazetteer
from portico.reading import Document
from portico.store import IncidentFilter, Record, open_record

INCIDENTS = int(os.environ.get("PORTICO_BENCH_INCIDENTS", "100000"))
CALLS = 100
AT_ONCE = 1000
DAYS = 3000
FIRST = date(2017, 1, 1)
STATES = tuple(
    re.findall(
        "..",
        "ALAKAZARCACOCTDEFLGAHIIDILINIAKSKYLAMEMDMAMIMNMSMOMTNENVNHNJNMNYNCNDOHOKORPARISCSDTNTXUTVTVAWAWVWIWY",
    )
)
_COMMON = re.findall(
    r"\w+",
    "the of and to in a was court he by that for agents his said her arrest officers with who at judge from they had "
    "were on when hallway after before attorney case immigration law county room criminal people hearing told taken",
)
_ZONES = ("hallway", "lobby", "entrance", "courtroom", "inside_unspecified", "street_vicinity")
_SYLLABLES = ("ba", "re", "ti", "lo", "mun", "ser", "ka", "den", "pro", "vil", "con", "ster")


@cache
def courthouses() -> tuple[Courthouse, ...]:
    """Ten of each state."""
    known: dict[str, list[Courthouse]] = {state: [] for state in STATES}
    for each in load_gazetteer().courthouses:
        known.get(each.state, []).append(each)
    for state, some in known.items():
        some += [_invented(state, number) for number in range(len(some), 10)]
    return tuple(each for some in known.values() for each in some[:10])


def _invented(state: str, number: int) -> Courthouse:
    return Courthouse(
        id=f"x-{state}-{number}",
        name=f"Millwater Court {number} of {state}",
        county=f"Millwater {number % 2}",
        state=state,
        court_system="state_or_local",
    )


def words() -> tuple[list[str], list[float]]:
    """A vocabulary of 20,000 words and how often each is used, by Zipf's law as Mandelbrot has it."""
    made = ("".join(parts) for parts in itertools.product(_SYLLABLES, repeat=4))
    vocabulary = [*_COMMON, *itertools.islice(made, 20_000 - len(_COMMON))]
    return vocabulary, list(itertools.accumulate(1 / (rank + 2.7) for rank in range(1, len(vocabulary) + 1)))


def documents(chance: random.Random) -> Iterator[tuple[Document, Reading]]:
    vocabulary, weights = words()
    for number in range(INCIDENTS):
        yield _document(number, " ".join(chance.choices(vocabulary, cum_weights=weights, k=120)), chance)


def _document(number: int, told: str, chance: random.Random) -> tuple[Document, Reading]:
    text = Text(f"{number} {told}")
    original = text.content.encode()
    source = Source(
        sha256=hashlib.sha256(original).hexdigest(),
        media_type="text/plain",
        size=len(original),
        title=f"Report {number}",
        publisher="The Mill Post",
        published_on="2026-01-02",
    )
    span = (text.span(0, 20),)
    claims = tuple(Claim(attribute=name, value=value, spans=span) for name, value in _facts(chance))
    reading = Reading(
        id=f"report-{number}",
        source=source.sha256,
        text=text.sha256,
        published_on="2026-01-02",
        reader="bench 1",
        accounts=(Account(claims=claims),),
    )
    return Document(id=reading.id, source=source, text=text, original=original), reading


def _facts(chance: random.Random) -> Iterator[tuple[str, Value]]:
    court = chance.choice(courthouses())
    yield "kind", chance.choices(("arrest", "attempted_arrest", "sighting"), (8, 1, 1))[0]
    day = FIRST + timedelta(days=chance.randrange(DAYS))
    if chance.random() < 0.97:
        yield "date", day.isoformat() if chance.random() < 0.98 else f"{day:%Y}"
    yield "courthouse_id", court.id
    yield "courthouse", court.name
    yield "county", court.county
    yield "state", court.state
    if chance.random() < 0.9:
        yield "zone", chance.choice(_ZONES)
    if chance.random() < 0.05:
        yield "zone", chance.choice(_ZONES)
    yield "agency", chance.choices(("ice", "hsi", "federal_unspecified"), (7, 1, 2))[0]
    if chance.random() < 0.5:
        yield "people_arrested", chance.randint(1, 3)
    yield "role", chance.choice(("defendant", "witness", "victim"))


@contextmanager
def made() -> Iterator[Record]:
    kept = os.environ.get("PORTICO_BENCH_RECORD")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(kept or place)
        with open_record(folder / "record", key_file=folder / "keys" / "key", create=True) as record:
            if not record.size:
                _fill(record)
            yield record


def _fill(record: Record) -> None:
    began, busy = time.perf_counter(), time.process_time()
    for number, _ in enumerate(record.add_all(documents(random.Random(1)), actor="person:bench", at_once=AT_ONCE)):
        if number % 10_000 == 9_999:
            print(f"{number + 1:,} added, {time.perf_counter() - began:.0f} s", flush=True)
    took, used = time.perf_counter() - began, time.process_time() - busy
    print(f"{record.size:,} entries: {record.size / took:,.0f} a second, {record.size / used:,.0f} of processor time")


def calls(record: Record, chance: random.Random) -> Iterator[tuple[str, int, Callable[[], object]]]:
    """What is asked, the floor in milliseconds, and one call of it with other values each time."""
    vocabulary, _ = words()

    def any_word() -> str:
        """Of any frequency: as likely among the ten most frequent as among the next hundred or thousand."""
        return vocabulary[min(int(10 ** chance.uniform(0, 4.3)) - 1, len(vocabulary) - 1)]

    def a_month(where: IncidentFilter) -> IncidentFilter:
        first = FIRST + timedelta(days=chance.randrange(DAYS))
        return replace(where, since=first, until=first + timedelta(days=30))

    def a_court() -> IncidentFilter:
        return IncidentFilter(courthouse=(chance.choice(courthouses()).id,))

    def a_state() -> IncidentFilter:
        return IncidentFilter(state=(chance.choice(STATES),))

    ids = [row.id for row in record.find_incidents(limit=1000, offset=INCIDENTS // 2).rows]
    frequent = iter(itertools.cycle(vocabulary[:10]))
    yield "list", 30, lambda: record.find_incidents(offset=50 * chance.randrange(20))
    yield "list by day", 30, lambda: record.find_incidents(order="date", offset=50 * chance.randrange(20))
    yield "search", 100, lambda: record.search(any_word())
    yield "search, the ten most frequent words", 100, lambda: record.search(next(frequent))
    yield "search, two words", 100, lambda: record.search(f"{any_word()} {any_word()}")
    yield "search in a state", 100, lambda: record.search(any_word(), where=a_state())
    yield "date and courthouse", 100, lambda: record.find_incidents(a_month(a_court()))
    yield "date and state", 100, lambda: record.find_incidents(a_month(a_state()))
    yield "state", 100, lambda: record.find_incidents(a_state())
    yield "incident", 50, lambda: record.incident(chance.choice(ids))
    names = sorted(definitions())
    yield "numbers by month and state", 200, lambda: record.counted(chance.choice(names), by=("month", "state"))
    yield (
        "numbers by month of a zone",
        200,
        lambda: record.counted(chance.choice(names), by=("month",), where={"zone": chance.choice(_ZONES)}),
    )


def p95(call: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds by the clock, and of processor time (this machine's other work left out)."""
    clocked, used = [], []
    for _ in range(CALLS):
        began, busy = time.perf_counter(), time.process_time()
        call()
        clocked.append((time.perf_counter() - began) * 1000)
        used.append((time.process_time() - busy) * 1000)
    return sorted(clocked)[CALLS * 95 // 100], sorted(used)[CALLS * 95 // 100]


def main() -> None:
    with made() as record:
        for what, floor, call in calls(record, random.Random(2)):
            clocked, used = p95(call)
            print(f"{what}: p95 {clocked:.1f} ms, of processor time {used:.1f} ms (floor {floor})", flush=True)


if __name__ == "__main__":
    main()
