"""What is left out for who may not know of it is in no list, search or figure; and it costs no question for each."""

from contextlib import ExitStack
from datetime import date
from itertools import product

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from portico.counting import count, find_definition
from portico.record import Consent
from portico.store import Figures, Page
from portico.store.searching import KINDS

BY = "person:7f3a"
NO = Consent(purpose="statistics", answer="refused", on=date(2026, 4, 2))


@pytest.fixture
def told(record, telling):
    """Twelve accounts of eleven incidents, two of them with one event."""
    added = [
        record.add(
            *telling(
                f"Lathe {number}.",
                kind="arrest",
                zone=("lobby", "hallway")[number % 2],
                state=("NY", "NJ")[number % 3 == 0],
                county="Kings",
                date=f"2026-03-{number + 1:02}",
            ),
            actor=BY,
        )
        for number in range(12)
    ]
    accounts = [each.accounts[0] for each in added]
    record.link(accounts[0], accounts[1], actor=BY)
    return accounts


def kept(record, without):
    return [each for each in record.incidents() if set(each.accounts).isdisjoint(without)]


@pytest.fixture(params=[(), (1,), (1, 5, 11)], ids=["nothing", "one of two accounts", "several"])
def closed(request, told):
    return [told[number] for number in request.param]


def test_a_list_leaves_out_the_incidents_of_accounts_whoever_else_tells_of_them(record, closed):
    page = record.find_incidents(order="arrival", newest_first=False, without=closed, limit=5)
    left = [each.id for each in kept(record, closed)]
    assert [each.id for each in page.rows] == left[:5]
    assert page.total == len(left)


def test_a_search_leaves_out_their_incidents_and_documents(record, told, closed):
    found = record.search("lathe", without=closed, limit=50)
    sources = {each.source for name, each in record.accounts().items() if name in closed}
    incidents = {each.id for each in kept(record, closed)}
    every = record.search("lathe", limit=50)
    known = [each for each in every.rows if each.incident is None or each.incident in incidents]
    left = {(each.kind, each.id) for each in known if each.document not in sources}
    assert {(each.kind, each.id) for each in found.rows} == left
    assert found.total == len(left)


@pytest.mark.parametrize("kinds", [KINDS, ("document",)])
def test_nothing_of_what_is_left_out_is_counted_or_paged(record, told, kinds):
    every, none = (record.search("lathe", kinds=kinds, without=each, limit=50) for each in ((), told))
    assert every.total == len(every.rows) > 0
    assert none == Page(rows=(), total=0)


def test_a_figure_is_that_of_the_others(record, told, closed):
    record.record_consent(record.account(told[3]).source, NO, actor=BY)
    known = [each for each in record.countable() if set(each.accounts).isdisjoint(closed)]
    definition = find_definition("arrests-and-attempts")
    asked = product(
        [(), ("month",), ("zone", "state"), ("role",)],
        [{}, {"state": "ny"}, {"county": "kings, NY"}, {"month": "2026-03"}],
    )
    for by, where in asked:
        expected = Figures.of(count(definition, known, by=by, where=where))
        assert record.counted(definition, by=by, where=where, without=closed) == expected
        for row in expected.rows[:2]:
            behind = record.behind(definition, dict(zip(by, row.cells, strict=True)), where=where, without=closed)
            assert (len(behind.certain), len(behind.certain) + len(behind.possible)) == (row.lower, row.upper)


def test_statements_and_actions_of_some_documents_are_those_of_all(record, invented):
    for number in range(3):
        record.add(*invented(number=number), actor=BY)
    some = [each.source for each in record.statements()][:2]
    assert record.statements(of=some) == tuple(each for each in record.statements() if each.source in some)
    assert record.actions(of=some) == tuple(each for each in record.actions() if each.source in some)
    assert record.statements(of=[]) == ()


def questions(record, ask) -> int:
    """How many queries an answer takes."""
    with ExitStack() as stack:
        seen = [stack.enter_context(CaptureQueriesContext(connections[each])) for each in record.aliases]
        ask()
    return sum(map(len, seen))


@pytest.mark.parametrize(
    "ask",
    [
        lambda record, without, limit: record.find_incidents(order="date", without=without, limit=limit),
        lambda record, without, limit: record.search("lathe", without=without, limit=limit),
        lambda record, without, limit: record.counted("arrests-only", by=("month",), without=without),
    ],
    ids=["list", "search", "figure"],
)
def test_an_answer_takes_as_many_questions_however_much_is_shown_or_left_out(record, told, ask):
    few = questions(record, lambda: ask(record, told[:2], 2))
    assert questions(record, lambda: ask(record, told[:6], 12)) <= few + 1


def test_a_figure_takes_as_many_questions_however_many_refuse(record, told):
    def refuse(numbers):
        for number in numbers:
            record.record_consent(record.account(told[number]).source, NO, actor=BY)

    def ask():
        record.counted("arrests-only", by=("month",))

    refuse([2])
    few = questions(record, ask)
    refuse(range(3, 12))
    assert questions(record, ask) == few
