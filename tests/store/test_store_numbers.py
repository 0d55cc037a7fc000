"""Figures from the columns are those of counting every incident one by one."""

import hashlib
import random
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import date

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portico.counting import CountError, Table, count, definitions, find_definition
from portico.facts import Account, Claim, Reading, Source, Text, Verification
from portico.reading import Document
from portico.record import Consent
from portico.store import Figures, Record, open_record

BY = "person:7f3a"
_LONG = "a county of which a very long name is told " * 30
DATES = ("2018-03-04", "2018-03-21", "2018-03", "2018-04-01", "2018", "2018-04-0X", "XXXX-03-04", "2019-01-01")
FACTS = {
    "kind": ("arrest", "arrest", "arrest", "attempted_arrest", "sighting"),
    "zone": ("hallway", "lobby", "inside_unspecified", "entrance", "outside_unspecified"),
    "agency": ("ice", "hsi", "federal_unspecified", "local_police"),
    "county": ("Kings", "Kings County", "Essex"),
    "state": ("NY", "NJ"),
    "date": DATES,
    "people_arrested": (1, 2, 5),
    "role": ("defendant", "witness"),
}


@pytest.fixture(scope="module", params=["sqlite", "postgresql", "long"])
def filled(request, tmp_path_factory):
    """A record in either database; and one in which a column of the folded incidents cannot hold what is disputed."""
    folder = tmp_path_factory.mktemp("numbers")
    with ExitStack() as stack:
        url = (
            stack.enter_context(request.getfixturevalue("cluster").record()) if request.param == "postgresql" else None
        )
        key_file = folder / "keys" / "key"
        record = stack.enter_context(open_record(folder / "record", key_file=key_file, create=True, database_url=url))
        _fill(record, request.param == "long")
        yield record


def _fill(record: Record, long: bool) -> None:
    """Sixty accounts, each of some facts, a third of them linked with another, some confirmed."""
    chance = random.Random(5)

    def document(number: int) -> tuple[Document, Reading]:
        text = Text(f"Report {number}")
        original = text.content.encode()
        digest = hashlib.sha256(original).hexdigest()
        claims = tuple(
            Claim(
                attribute=name,
                value=_LONG if long and name == "county" and number % 20 == 1 else chance.choice(values),
                spans=(text.span(0, 6),),
                hedge=chance.choice((None,) * 8 + ("denied",)),
            )
            for name, values in FACTS.items()
            if chance.random() < 0.8
        )
        reading = Reading(
            id=text.content,
            source=digest,
            text=text.sha256,
            published_on=None,
            reader="test 1",
            accounts=(Account(claims=claims),),
        )
        source = Source(sha256=digest, media_type="text/plain", size=len(original))
        return Document(id=text.content, source=source, text=text, original=original), reading

    accounts = [each.accounts[0] for each in record.add_all(map(document, range(60)), actor=BY)]
    for one, other in zip(accounts[::3], accounts[1::3], strict=True):
        record.link(one, other, actor=BY)
    for state in record.incidents():
        if chance.random() < 0.7:
            record.set_verification(state.id, chance.choice(list(Verification)), actor=BY)


DIMENSIONS = ("month", "year", "state", "county", "kind", "zone", "agency")
QUESTIONS: list[tuple[tuple[str, ...], dict[str, str | Sequence[str]]]] = [
    ((), {}),
    (("month",), {}),
    (("year",), {"state": "NY"}),
    (("month", "state"), {}),
    (("month", "state"), {"zone": "hallway"}),
    (("month",), {"zone": "inside_unspecified"}),
    (("state",), {"kind": "other_enforcement", "zone": "elevator"}),
    (("state",), {"month": "2018-03"}),
    (("county",), {"agency": ("ice", "hsi")}),
    (("zone",), {"county": "Kings"}),
    (("kind", "agency"), {}),
    (("zone", "month"), {"zone": ("hallway", "lobby"), "kind": "arrest"}),
    (("role",), {}),
    (("month",), {"role": "witness"}),
]


def shown(answer: Table | Figures) -> dict[str, object]:
    """What both say, in one form."""
    plain = msgspec.to_builtins(answer)
    left_open: Counter[str] = Counter()
    for each in plain["open"]:
        name, number = (each["attribute"], len(each["incidents"])) if isinstance(each, dict) else (each[0], each[2])
        left_open[name] += number
    not_told = plain["not_told"]
    if not isinstance(not_told, dict):
        not_told = {each["attribute"]: len(each["incidents"]) for each in not_told}
    rows = {tuple(row["cells"]): (row["lower"], row["upper"]) for row in (plain["total"], *plain["rows"])}
    said = {name: plain[name] for name in ("definition", "version", "unit", "by", "where", "base")}
    return {**said, "rows": rows, "order": list(rows), "open": dict(left_open), "not_told": not_told}


@pytest.mark.parametrize("definition", definitions())
@pytest.mark.parametrize(("by", "where"), QUESTIONS)
def test_figures_are_those_of_counting_one_by_one(sqlite_only, filled, definition, by, where):
    answer = filled.counted(definition, by=by, where=where)
    assert shown(answer) == shown(count(definition, filled.incidents(), by=by, where=where))


@pytest.mark.parametrize("definition", ["arrests-at-courthouses", "inside-only"])
def test_the_incidents_behind_a_cell_are_those_of_its_row(sqlite_only, filled, definition):
    for by, where in QUESTIONS:
        for row in count(definition, filled.incidents(), by=by, where=where).rows:
            asked = dict(zip(by, row.cells, strict=True))
            if asked.keys().isdisjoint(where):
                behind = filled.behind(definition, asked, where=where)
                assert (behind.certain, behind.possible) == (row.certain, row.possible)


def test_a_period_is_kept_to_the_day(sqlite_only, filled):
    for start, before in ((date(2018, 3, 10), None), (None, date(2018, 3, 10)), (date(2018, 3, 4), date(2018, 4, 5))):
        within = msgspec.structs.replace(find_definition("inside-only"), start=start, before=before)
        for by in ((), ("month",), ("state",)):
            assert shown(filled.counted(within, by=by)) == shown(count(within, filled.incidents(), by=by))


@given(
    by=st.lists(st.sampled_from(DIMENSIONS), max_size=3, unique=True),
    where=st.sampled_from([where for _, where in QUESTIONS]),
    definition=st.sampled_from(list(definitions().values())),
    changes=st.fixed_dictionaries(
        {},
        optional={
            "start": st.dates(date(2018, 3, 1), date(2018, 4, 10)),
            "before": st.dates(date(2018, 4, 1), date(2019, 1, 5)),
            "states": st.sampled_from([("NY",), ("NY", "NJ")]),
            "counties": st.just(("Kings, NY",)),
        },
    ),
    refused=st.sets(st.integers(0, 59), max_size=5),
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_asked_and_whoever_refuses(sqlite_only, filled, by, where, definition, changes, refused):
    asked = msgspec.structs.replace(definition, **changes)
    with filled.rehearsal():
        for number in refused:
            source = hashlib.sha256(f"Report {number}".encode()).hexdigest()
            no = Consent(purpose="statistics", answer="refused", on=date(2020, 1, 1))
            filled.record_consent(source, no, actor=BY)
        states = filled.countable()
        assert shown(filled.counted(asked, by=by, where=where)) == shown(count(asked, states, by=by, where=where))


def test_a_dimension_that_is_none_is_refused(sqlite_only, filled):
    with pytest.raises(CountError, match="Nothing was counted"):
        filled.counted("inside-only", by=("weather",))
