"""An addition, and an incident, cost as many questions in a large record as in a small one."""

from contextlib import ExitStack

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from portico.store import plain
from portico.store.models import Received, Told

BY = "person:7f3a"


def questions(record, ask) -> int:
    """How many queries something takes, of the record and its keyring."""
    with ExitStack() as stack:
        seen = [stack.enter_context(CaptureQueriesContext(connections[each])) for each in record.aliases]
        ask()
    return sum(map(len, seen))


@pytest.mark.parametrize("facts", [{}, {"kind": "arrest", "state": "NY", "date": "2026-03-01"}], ids=["none", "arrest"])
def test_an_addition_takes_as_many_questions_however_large_the_record_is(record, telling, facts):
    record.add(*telling("Lathe.", **facts), actor=BY)
    few = questions(record, lambda: record.add(*telling("Bobbin.", **facts), actor=BY))
    for number in range(12):
        record.add(*telling(f"Spindle {number}.", **facts), actor=BY)
    assert questions(record, lambda: record.add(*telling("Shuttle.", **facts), actor=BY)) == few
    assert few <= 45


def test_an_incident_is_read_with_as_many_questions_however_large_the_record_is(record, telling):
    added = record.add(*telling("Lathe.", kind="arrest"), actor=BY)
    incident = f"i-{added.accounts[0][2:]}"
    few = questions(record, lambda: record.incident(incident))
    for number in range(12):
        record.add(*telling(f"Spindle {number}.", kind="arrest"), actor=BY)
    assert questions(record, lambda: record.incident(incident)) == few <= 9


@pytest.mark.parametrize(
    "where",
    [
        {},
        {"kind": "account"},
        {"until": None},
        {"since__lt": 5},
        {"since__gte": 5},
        {"kind__not": "account"},
        {"entry__in": list(range(1000))},
        {"entry__in": [], "kind": "account"},
        {"erased": False, "kind__in": ["account", "statement"]},
    ],
)
def test_plain_sql_finds_what_django_finds(record, invented, where):
    for number in range(4):
        record.add(*invented(number=number), actor=BY)
    alias, _ = record.aliases
    asked = Told.objects.using(alias)
    for name, value in where.items():
        left_out = name.endswith("__not")
        asked = asked.exclude(kind=value) if left_out else asked.filter(**{name: value})
    columns = ("told", "since", "until", "erased")
    assert sorted(map(repr, plain.select(alias, Told, columns, **where))) == sorted(
        map(repr, asked.values_list(*columns))
    )
    assert {each.pk for each in plain.instances(alias, Told, **where)} == {each.pk for each in asked}


def test_rows_are_counted_and_taken_out_by_the_same_words(record, invented):
    *_, newest = [record.add(*invented(number=number), actor=BY).source for number in range(3)]
    alias, _ = record.aliases
    assert plain.count(alias, Received) == Received.objects.using(alias).count() == 3
    source = plain.column(alias, Received, "source")[0]
    assert plain.counts(alias, Received, "source", source=source) == {source: 1}
    with record.rehearsal():
        plain.delete(alias, Received, source__in=[source])
        assert source not in plain.column(alias, Received, "source")
    assert plain.last(alias, Received, "source", by="entry") == newest
