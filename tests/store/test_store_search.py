"""Searching: what is found by which words, in which order, with the words marked; and what is never found."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portico.facts import Statement, Verification
from portico.places import load_gazetteer
from portico.store import IncidentFilter, Record

BY = "person:7f3a"


def found(record: Record, text: str, **more) -> list[tuple[str, str]]:
    return [(hit.kind, hit.id) for hit in record.search(text, **more).rows]


@pytest.fixture
def incident(record, telling) -> str:
    added = record.add(
        *telling("Agents waited; the usher was not told.", kind="arrest", zone="hallway", date="2026-03-01"), actor=BY
    )
    return f"i-{added.accounts[0][2:]}"


@pytest.mark.parametrize(
    "typed",
    [
        "usher",
        "USHERS",  # by its stem
        "waiting agent",
        "ush*",
        '"not told"',
        '"usher was not told',  # a quotation that nobody ended
        "usher -rally",
        "hallway 2026-03-01",  # coded facts too
        "report",  # the document's title
    ],
)
def test_an_incident_is_found_by_words_of_its_document(record, incident, typed):
    assert found(record, typed) == [("incident", incident)]


@pytest.mark.parametrize(
    "typed", ["lawyer", "usher -agents", "usher AND agents", '"told not"', "ush", "-usher", "", '"', "*'():^{", "\0"]
)
def test_what_does_not_hold_the_words_is_not_found(record, incident, typed):
    page = record.search(typed, kinds=("incident", "account", "statement", "document"))
    assert (page.rows, page.total) == ((), 0)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=40) | st.text(alphabet="ab\"*-()'^:{}+ANDORNOT \\%_,;|&!<>", max_size=40))
def test_nothing_that_is_typed_is_wrong(record, typed):
    assert record.search(typed).total >= 0


def test_the_words_are_marked_where_they_stand(record, incident):
    (hit,) = record.search("ushers hallway").rows
    assert (hit.kind, hit.id, hit.incident) == ("incident", incident, incident)
    assert ("usher", True) in hit.snippet
    assert ("hallway", True) in hit.title
    assert "".join(words for words, _ in hit.snippet).startswith("Agents waited; the usher was not told.")
    assert not any("\x02" in words or "\x03" in words for words, _ in (*hit.title, *hit.snippet))


def test_what_holds_a_word_in_its_title_or_more_often_comes_first(record, telling):
    texts = ("mill " * 2 + "a " * 80, "mill " * 30 + "a " * 50, "mill " + "a " * 80)
    added = [record.add(*telling(text, kind="arrest"), actor=BY) for text in texts]
    hits = record.search("mill").rows
    assert [hit.id[2:] for hit in hits] == [added[number].accounts[0][2:] for number in (1, 0, 2)]
    assert [hit.rank for hit in hits] == sorted((hit.rank for hit in hits), reverse=True)
    page = record.search("mill", offset=1, limit=1)
    assert ([hit.id for hit in page.rows], page.total) == ([hits[1].id], 3)


def test_an_accent_makes_no_difference(record, telling):
    record.add(*telling("The café near Ñuñoa", kind="arrest"), actor=BY)
    for typed in ("cafe", "CAFÉ", "nunoa", "Ñuñoa"):
        assert record.search(typed).total == 1, typed


def test_documents_statements_and_accounts_are_found_as_themselves(record, telling):
    document, reading = telling("Nothing happened, said the clerk of the mill.")
    span = document.text.span(0, 16)
    said = Statement(speaker="Ilka Sorrow", organisation="Mill Union", role=None, kind="indirect", spans=(span,))
    source = record.add(document, type(reading)(**_fields(reading), statements=(said,)), actor=BY).source
    assert found(record, "clerk") == [("document", source)]
    (statement,) = record.statements()
    assert found(record, "sorrow") == [("statement", statement.id)]
    assert set(found(record, "nothing")) == {("document", source), ("statement", statement.id)}
    assert found(record, "nothing", kinds=("statement",)) == [("statement", statement.id)]

    one, two = (record.add(*telling(f"Lathe {n}.", kind="arrest"), actor=BY) for n in range(2))
    assert found(record, "lathe", kinds=("document",)) == [("document", one.source), ("document", two.source)]
    incident = record.link(one.accounts[0], two.accounts[0], actor=BY)
    hits = record.search("lathe").rows
    assert {(hit.kind, hit.id) for hit in hits if hit.kind != "document"} == {
        ("incident", incident),
        *(("account", each.accounts[0]) for each in (one, two)),
    }
    assert {hit.incident for hit in hits} == {incident, None}
    assert {hit.id for hit in hits if hit.kind == "document"} == {one.source, two.source}
    record.unlink(two.accounts[0], actor=BY)
    assert {kind for kind, _ in found(record, "lathe")} == {"incident"}


def _fields(reading) -> dict[str, object]:
    names = ("id", "source", "text", "published_on", "reader", "language", "accounts", "actions", "statistics")
    return {name: getattr(reading, name) for name in names}


def test_a_courthouse_of_the_gazetteer_is_found_by_any_of_its_names(record):
    row = load_gazetteer().courthouses[0]
    for name in row.spellings:
        hits = record.search(name, limit=100).rows
        assert row.id in {hit.id for hit in hits if hit.kind == "place"}, name
    assert record.search(row.name, kinds=("place",), where=IncidentFilter(state=("ZZ",))).total == 0
    assert record.search(row.name, kinds=("incident",)).total == 0


def test_a_search_is_narrowed_by_what_the_incidents_are(record, telling):
    facts = [
        {"state": "NY", "county": "Kings", "courthouse_id": "x-one", "date": "2026-03-01"},
        {"state": "NJ", "county": "Essex", "courthouse_id": "x-two", "date": "2026-03"},
        {"state": "NY", "county": "Queens"},
    ]
    added = [record.add(*telling("Lathe.", **each), actor=BY) for each in facts]
    record.add(*telling("A lathe, and nobody."), actor=BY)
    names = {f"i-{each.accounts[0][2:]}": number for number, each in enumerate(added)}
    record.set_verification(next(iter(names)), Verification.VERIFIED, actor=BY)
    for asked, expected in (
        (IncidentFilter(state=("NY",)), {0, 2}),
        (IncidentFilter(county=("Essex County",)), {1}),
        (IncidentFilter(courthouse=("x-one", "x-two")), {0, 1}),
        (IncidentFilter(verification=("verified",)), {0}),
        (IncidentFilter(since=date(2026, 3, 5), until=date(2026, 3, 6)), {1}),
    ):
        page = record.search("lathe", where=asked)
        assert {names[hit.id] for hit in page.rows if hit.kind == "incident"} == expected
        assert page.total == len(expected)
    published = record.search("lathe", where=IncidentFilter(since=date(2026, 4, 2)))
    assert [hit.kind for hit in published.rows] == ["document"]


def test_what_is_taken_back_is_not_found(record, incident, telling):
    added = record.add(*telling("A lathe.", kind="arrest"), actor=BY)
    record.undo(added.batch, actor=BY)
    assert record.search("lathe").total == 0
    assert record.search("usher").total == 1


def test_of_a_word_that_very_many_hold_the_newest_are_ranked_and_the_others_follow(record, telling, monkeypatch):
    from portico.store import fts5, tsvector

    for module in (fts5, tsvector):
        monkeypatch.setattr(module, "MOST_RANKED", 4)
    added = [record.add(*telling(f"Lathe {'lathe ' * (9 - n)}", kind="arrest"), actor=BY) for n in range(8)]
    newest_first = [each.source for each in reversed(added)]
    found = [record.search("lathe", kinds=("document",), offset=offset, limit=2) for offset in (0, 2, 4, 6)]
    assert {page.total for page in found} == {8}
    ranked, others = (tuple(hit.id for page in part for hit in page.rows) for part in (found[:2], found[2:]))
    assert set(ranked) == set(newest_first[:4])
    assert list(others) == newest_first[4:]
    ranks = [hit.rank for page in found[:2] for hit in page.rows]
    assert ranks == sorted(ranks, reverse=True)
