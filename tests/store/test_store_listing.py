"""Lists of incidents: found by what they may be, counted, in order, as the record stands now."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portico.facts import ATTRIBUTES, Claim, DataClass, SourcedClaim, Status, Verification
from portico.record import fold
from portico.store import IncidentFilter, Record, folding, open_record

BY = "person:7f3a"


def add(record: Record, told) -> str:
    """The account that a document tells."""
    return record.add(*told, actor=BY).accounts[0]


@pytest.fixture
def names(record, telling) -> dict[str, str]:
    """Five accounts of four incidents, by a name for each incident."""
    one = add(record, telling(kind="arrest", date="2026-03-01", state="NY", county="Kings County", zone="lobby"))
    month = add(record, telling(kind="arrest", date="2026-03", state="NY", county="Queens", zone="hallway"))
    undated = add(record, telling(kind="sighting", state="NJ", courthouse_id="x-essex", agency="ice"))
    disputed = add(record, telling(kind="arrest", date="2026-05-02", state="NY", county="Kings", zone="entrance"))
    record.link(disputed, add(record, telling(date="2026-05-09", county="Queens", zone="hallway")), actor=BY)
    accounts = {"one": one, "month": month, "undated": undated, "disputed": disputed}
    return {f"i-{account[2:]}": name for name, account in accounts.items()}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (IncidentFilter(), {"one", "month", "undated", "disputed"}),
        (IncidentFilter(state=("NY",)), {"one", "month", "disputed"}),
        (IncidentFilter(state=("NY", "NJ")), {"one", "month", "undated", "disputed"}),
        (IncidentFilter(county=("Kings",)), {"one", "disputed"}),  # with and without the word "County"
        (IncidentFilter(county=("Queens County",)), {"month", "disputed"}),  # a disputed fact is each of its values
        (IncidentFilter(zone=("hallway",)), {"month", "disputed"}),
        (IncidentFilter(courthouse=("x-essex",)), {"undated"}),
        (IncidentFilter(agency=("ice",), kind=("arrest",)), set()),
        (IncidentFilter(since=date(2026, 3, 1), until=date(2026, 3, 1)), {"one", "month"}),
        (IncidentFilter(since=date(2026, 3, 31)), {"month", "disputed"}),
        (IncidentFilter(until=date(2026, 5, 1)), {"one", "month"}),
        (IncidentFilter(since=date(2026, 5, 5), until=date(2026, 5, 6)), {"disputed"}),  # between its two days
        (IncidentFilter(verification=("reported",)), {"one", "month", "undated", "disputed"}),
        (IncidentFilter(verification=("verified",)), set()),
        (IncidentFilter(undecided=False), set()),
    ],
)
def test_incidents_are_found_by_what_they_may_be(record, names, asked, expected):
    page = record.find_incidents(asked)
    assert {names[row.id] for row in page.rows} == expected
    assert page.total == len(expected)
    assert record.find_incidents(asked, offset=1, limit=1).total == len(expected)


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("arrival", ["one", "month", "undated", "disputed"]),
        ("date", ["one", "month", "disputed", "undated"]),  # without a day: last
        ("changed", ["month", "undated", "disputed", "one"]),
    ],
)
def test_a_page_is_in_the_order_that_was_asked_for(record, names, order, expected):
    first = next(name for name, each in names.items() if each == "one")
    record.set_verification(first, Verification.VERIFIED, actor=BY)
    page = record.find_incidents(order=order, newest_first=False)
    assert [names[row.id] for row in page.rows] == expected
    second = record.find_incidents(order=order, newest_first=False, offset=2, limit=1)
    assert [names[row.id] for row in second.rows] == expected[2:3]
    assert record.find_incidents(IncidentFilter(state=("NY",)), order=order).total == 3


def test_a_list_goes_on_where_it_was_left_whatever_changed_meanwhile(record, names, telling):
    def after(incident: str) -> list[str]:
        page = record.find_incidents(order="arrival", older_than=incident)
        return [names.get(row.id, "new") for row in page.rows]

    one, month, undated, disputed = names
    assert after(disputed) == ["undated", "month", "one"]
    coming = record.add(*telling(kind="sighting"), actor=BY)
    record.link(undated, one, actor=BY)
    assert after(disputed) == ["month", "one"]
    assert after(undated) == ["month", "one"]
    record.undo(coming.batch, actor=BY)
    assert after(f"i-{coming.accounts[0][2:]}") == ["disputed", "month", "one"]
    assert after("i-nothing") == []
    assert record.find_incidents(IncidentFilter(zone=("lobby",)), order="arrival", older_than=month).total == 1


def test_a_row_says_how_an_incident_stands(record, names, clock):
    disputed = next(name for name, each in names.items() if each == "disputed")
    (row,) = record.find_incidents(IncidentFilter(zone=("entrance",))).rows
    assert (row.id, row.accounts, row.sources, row.undecided) == (disputed, 2, 2, 8)
    assert row.fact("zone").status is Status.DISPUTED
    assert row.values("zone") == ("entrance", "hallway")
    assert row.fact("agency").status is Status.UNKNOWN
    assert row.changed == clock.now
    record.decide(f"c-{disputed[2:]}.4", "reject", actor=BY)
    (row,) = record.find_incidents(IncidentFilter(undecided=True, kind=("arrest",)), limit=1).rows
    assert (row.id, row.values("zone"), row.undecided) == (disputed, ("hallway",), 7)
    assert record.find_incidents(IncidentFilter(zone=("entrance",))).total == 0
    assert record.incident(disputed).values("zone") == ("hallway",)


def test_what_is_guarded_is_in_no_row(record, invented, folder):
    add(record, invented(private=True))
    (row,) = record.find_incidents().rows
    assert row.values("zone") == ("hallway",)
    assert row.values("courthouse") == ()
    assert {fact.attribute for fact in row.facts} == {"kind", "date", "zone", "people_arrested"}


def test_what_is_taken_back_is_in_no_list_and_comes_back(record, names, telling):
    added = record.add(*telling(kind="arrest", state="TX"), actor=BY)
    asked = IncidentFilter(state=("TX",))
    assert record.find_incidents(asked).total == 1
    record.undo(added.batch, actor=BY)
    assert record.find_incidents(asked).total == 0
    record.undo(record.history(added.batch)[-1].batch, actor=BY)
    assert [row.id for row in record.find_incidents(asked).rows] == [f"i-{added.accounts[0][2:]}"]


def test_a_record_of_before_is_folded_by_the_first_question(folder, key_file, names):
    from portico.store.models import Folded, Head, Passage

    with open_record(folder, key_file=key_file) as record:
        before = record.find_incidents()
        Folded.objects.using(record.aliases[0]).all().delete()
        Head.objects.using(record.aliases[0]).update(followed=None)
    with open_record(folder, key_file=key_file) as record:
        assert record.find_incidents() == before
        assert record.rebuild().equal
        assert Passage.objects.using(record.aliases[0]).count()


CODED = [name for name in folding.KEPT if ATTRIBUTES[name].values]


FREE: dict[str, tuple[str | int, ...]] = {
    "county": ("Kings", "Kings County", "[guarded]"),
    "date": ("2026-01-02", "2026-01"),
    "people_arrested": (1, 2),
    "name": ("Ozren", "Ulf"),
}


@st.composite
def claims(draw) -> tuple[Claim, ...]:
    """Claims as an account has them: some deny, some leave open, some speak of one fact twice."""
    made = []
    for name in draw(st.lists(st.sampled_from([*CODED, *FREE]), max_size=6)):
        some = ATTRIBUTES[name].values or FREE[name]
        several = draw(st.booleans()) and draw(st.booleans())
        value = draw(st.sampled_from(some))
        made.append(
            Claim(
                attribute=name,
                value=None if several else value,
                any_of=some[:2] if several else (),
                spans=(),
                hedge=draw(st.sampled_from((None, None, None, "alleged", "denied"))),
                origin="person:1",
            )
        )
    return tuple(made)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=claims())
def test_the_short_way_of_folding_one_account_ends_where_the_long_one_does(sqlite_only, told):
    briefly = folding.decoded(folding.encoded(folding.of_one_account("a-1", "s", told)))
    sourced = [
        SourcedClaim(id=f"c-1.{place}", account="a-1", source="s", claim=claim)
        for place, claim in enumerate(told)
        if "[guarded]" not in claim.possible
    ]
    whole = {fact.attribute: fact for fact in fold(sourced, id="").facts if fact.values}
    kept = {name: fact for name, fact in whole.items() if ATTRIBUTES[name].data_class is DataClass.CLEAR}
    assert [(fact.attribute, fact.status, fact.values) for fact in briefly] == [
        (fact.attribute, fact.status, fact.values) for fact in kept.values()
    ]
    for fact in briefly:
        assert all(each.claim.hedge == "denied" for each in fact.claims)


def test_the_inbox_has_what_nobody_decided_the_newest_first(record, names, telling, clock):
    by_name = {name: id_ for id_, name in names.items()}
    other = record.add(*telling(kind="arrest", date="2026-03-01", county="Kings County", state="NY"), actor=BY)
    page = record.inbox()
    assert [names.get(each.incident.id, "other") for each in page.rows] == [
        *("other", "disputed", "undated", "month", "one"),
    ]
    assert (page.total, page.claims, page.alike) == (5, 4 + 8 + 4 + 5 + 5, 2)
    newest, disputed, *_, oldest = page.rows
    assert (newest.documents, newest.received_at) == ((other.source,), clock.now)
    assert newest.near == (by_name["one"],)
    assert oldest.near == (f"i-{other.accounts[0][2:]}",)
    assert len(disputed.documents) == 2
    for place in range(4):
        record.decide(f"c-{other.accounts[0][2:]}.{place}", "accept", actor=BY)
    assert record.inbox(limit=2).total == 4
    assert record.inbox(IncidentFilter(state=("NJ",))).rows[0].incident.id == by_name["undated"]
