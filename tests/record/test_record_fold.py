"""Folding: what the claims about one event leave agreed, disputed, told once or unsaid."""

from itertools import count, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portico.facts import (
    ATTRIBUTES,
    EVENT_ATTRIBUTES,
    LEFT_OPEN,
    Claim,
    SourcedClaim,
    Span,
    Status,
    Verification,
    compatible,
)
from portico.record import fold, witnesses

HERE, THERE = (Span(0, 5),), (Span(10, 15),)


def say(source, attribute, *values, by=None, hedge=None, spans=HERE):
    """A claim of one document, which is its one account. Several values: it leaves open which."""
    claim = Claim(
        attribute=attribute,
        value=values[0] if len(values) == 1 else None,
        any_of=values if len(values) > 1 else (),
        spans=spans,
        asserted_by=by,
        hedge=hedge,
    )
    return SourcedClaim(id=f"{source}/{attribute}/{values}/{by}/{hedge}", account=source, source=source, claim=claim)


def deny(source, attribute, *values, by="the agency"):
    return say(source, attribute, *values, by=by, hedge="denied")


def folded(*claims):
    return fold(claims, id="incident-1")


@pytest.mark.parametrize(
    ("claims", "status", "values"),
    [
        # Two witnesses on one value, one witness, two that differ, nobody.
        ([say("a", "zone", "hallway"), say("b", "zone", "hallway")], "agreed", ("hallway",)),
        ([say("a", "zone", "hallway")], "single_source", ("hallway",)),
        ([say("a", "zone", "hallway"), say("b", "zone", "lobby")], "disputed", ("hallway", "lobby")),
        ([say("a", "date", "2019-05-14")], "unknown", ()),
        # Nobody outvotes anybody.
        (
            [say("a", "zone", "lobby"), *(say(each, "zone", "hallway") for each in "bcd")],
            "disputed",
            ("lobby", "hallway"),
        ),
        # Less exact words fit more exact ones.
        ([say("a", "zone", "inside_unspecified"), say("b", "zone", "hallway")], "agreed", ("hallway",)),
        ([say("a", "zone", "inside_unspecified"), say("b", "zone", "entrance")], "disputed", None),
        (
            [say("a", "zone", "inside_unspecified"), say("b", "zone", "hallway"), say("c", "zone", "lobby")],
            "disputed",
            ("hallway", "lobby"),
        ),
        # Several left open are narrowed by who says which.
        ([say("a", "zone", "hallway", "lobby")], "single_source", ("hallway", "lobby")),
        ([say("a", "zone", "hallway", "lobby"), say("b", "zone", "lobby")], "agreed", ("lobby",)),
        ([say("a", "zone", "hallway", "lobby"), say("b", "zone", "entrance")], "disputed", None),
        # One document may hold both sides.
        (
            [say("a", "warrant", "none_shown", by="counsel"), say("a", "warrant", "administrative", by="the agency")],
            "disputed",
            ("none_shown", "administrative"),
        ),
        # A denial disputes, and leaves what it leaves.
        ([say("a", "zone", "hallway"), deny("b", "zone", "lobby")], "single_source", ("hallway",)),
        (
            [say("a", "counsel_access", "denied"), deny("b", "counsel_access", "denied")],
            "disputed",
            ("denied", "given", "interrupted"),
        ),
        ([say("a", "zone", "hallway", "lobby"), deny("b", "zone", "lobby")], "single_source", ("hallway",)),
        ([say("a", "zone", "inside_unspecified"), deny("b", "zone", "hallway")], "single_source", None),
        ([say("a", "zone", "hallway"), deny("b", "zone", "inside_unspecified")], "disputed", None),
        # A denied yes is a no.
        ([say("a", "force_used", "no"), deny("b", "force_used", "yes")], "agreed", ("no",)),
        ([deny("b", "force_used", "yes")], "single_source", ("no",)),
        ([say("a", "force_used", "yes"), deny("b", "force_used", "yes")], "disputed", ("yes", "no")),
        # Counts are numbers.
        ([say("a", "people_arrested", 2), say("b", "people_arrested", 3)], "disputed", (2, 3)),
    ],
)
def test_a_fact_is(claims, status, values):
    fact = folded(*claims).fact(claims[0].claim.attribute if status != "unknown" else "zone")
    assert fact.status is Status(status)
    assert values is None or fact.values == values


@pytest.mark.parametrize(
    ("one", "other", "status", "values"),
    [
        ("2019-05", "2019-05-14", "agreed", ("2019-05-14",)),
        ("2019", "2019-05", "agreed", ("2019-05",)),
        ("XXXX-05-14", "2019", "agreed", ("2019-05-14",)),  # together they say the day
        ("2019-05-14", "2019-05-15", "disputed", ("2019-05-14", "2019-05-15")),
        ("2019-05", "2019-06-14", "disputed", ("2019-05", "2019-06-14")),
        ("XXXX-02-29", "2019", "disputed", ("XXXX-02-29", "2019")),  # no such day
    ],
)
def test_a_coarser_date_fits_a_finer_one(one, other, status, values):
    fact = folded(say("a", "date", one), say("b", "date", other)).fact("date")
    assert (fact.status, fact.values) == (Status(status), values)


@pytest.mark.parametrize(
    ("attribute", "one", "other", "status"),
    [
        ("agency", "federal_unspecified", "ice", "agreed"),
        ("agency", "hsi", "ice", "agreed"),
        ("agency", "cbp", "ice", "disputed"),
        ("county", "Kings", "Kings County", "agreed"),
        ("county", "Kings", "Queens", "disputed"),
        ("name", "Ferrand", "Oda Ferrand", "agreed"),
        ("people_arrested", 2, "2", "agreed"),  # as read, and as a person typed it
        ("age", "34", 34, "agreed"),
        ("age", 34, 35, "disputed"),
        ("name", "Ilya Ferrand", "Oda Ferrand", "disputed"),
    ],
)
def test_two_wordings_of_one_thing_agree(attribute, one, other, status):
    assert folded(say("a", attribute, one), say("b", attribute, other)).fact(attribute).status is Status(status)


@pytest.mark.parametrize(
    ("one", "other", "status", "values"),
    [
        (("Brooklyn court", "x-1"), ("Ferry Street Criminal Court", "x-1"), "agreed", ("Ferry Street Criminal Court",)),
        (("the Ferry courthouse", "x-1", "x-2"), ("Ferry Criminal", "x-1"), "agreed", ("Ferry Criminal",)),
        (("the Ferry courthouse", "x-1", "x-2"), ("Dock Street Court", "x-2", "x-3"), "agreed", None),
        (("Ferry Criminal Court", "x-1"), ("Ferry Criminal Court", "x-2"), "disputed", None),
        (("Ferry Court",), ("Ferry Criminal Court", "x-1"), "agreed", ("Ferry Criminal Court",)),
        (("Dock Court",), ("Ferry Criminal Court",), "disputed", ("Dock Court", "Ferry Criminal Court")),
    ],
)
def test_courthouses_compare_by_the_buildings_they_may_be(one, other, status, values):
    claims = [
        claim
        for source, (name, *ids) in (("a", one), ("b", other))
        for claim in (say(source, "courthouse", name), *([say(source, "courthouse_id", *ids)] if ids else []))
    ]
    fact = folded(*claims).fact("courthouse")
    assert fact.status is Status(status)
    assert values is None or fact.values == values


def test_an_account_with_two_courthouses_reads_each_with_its_own_words():
    fact = folded(
        say("a", "courthouse", "Ferry Court"),
        say("a", "courthouse_id", "x-1"),
        say("a", "courthouse", "Dock Court", spans=THERE),
        say("a", "courthouse_id", "x-2", spans=THERE),
        say("b", "courthouse", "the court on the dock"),
        say("b", "courthouse_id", "x-2"),
    ).fact("courthouse")
    assert fact.status is Status.DISPUTED
    assert len(fact.values) == 2


def test_documents_of_one_origin_are_one_witness():
    reprint = [say("paper", "zone", "hallway"), say("wire", "zone", "hallway")]
    state = fold(reprint, id="incident-1", origin=lambda claim: "the wire")
    assert state.fact("zone").status is Status.SINGLE_SOURCE
    assert state.sources == ("paper", "wire")


def test_what_an_event_has_several_of_stands_side_by_side():
    state = folded(say("a", "asserted_by", "counsel"), say("b", "asserted_by", "the union"))
    assert state.fact("asserted_by").status is Status.SINGLE_SOURCE
    assert state.values("asserted_by") == ("counsel", "the union")
    assert folded(*(say(each, "asserted_by", "counsel") for each in "ab")).fact("asserted_by").status is Status.AGREED
    said, denied = say("a", "outcome", "put in a van"), deny("b", "outcome", "put in a van")
    assert folded(said, denied).fact("outcome").status is Status.DISPUTED
    assert folded(denied).fact("outcome").status is Status.UNKNOWN


def test_a_state_shows_every_event_attribute_in_the_order_of_the_vocabulary():
    state = fold((), id="incident-1", verification=Verification.VERIFIED)
    assert tuple(fact.attribute for fact in state.facts) == EVENT_ATTRIBUTES
    assert state.verification is Verification.VERIFIED
    more = folded(say("a", "county", "Kings"))
    assert [fact.attribute for fact in more.facts] == [
        name for name in ATTRIBUTES if name in EVENT_ATTRIBUTES or name == "county"
    ]


def test_a_denied_free_value_stays_disputed_with_its_one_value():
    fact = folded(say("a", "date", "2019-05-14"), deny("b", "date", "2019-05-14")).fact("date")
    assert (fact.status, fact.values) == (Status.DISPUTED, ("2019-05-14",))
    assert folded(deny("b", "date", "2019-05-14")).fact("date").status is Status.UNKNOWN


VALUES = {
    "zone": st.sampled_from(ATTRIBUTES["zone"].values),
    "agency": st.sampled_from(ATTRIBUTES["agency"].values),
    "warrant": st.sampled_from(ATTRIBUTES["warrant"].values),
    "force_used": st.sampled_from(("yes", "no")),
    "people_arrested": st.integers(0, 3),
    "date": st.sampled_from(("2019-05-14", "2019-05-15", "2019-05", "2019", "XXXX-05-14", "XXXX-05", "201X", "2018")),
    "name": st.sampled_from(("Oda", "Ferrand", "Oda Ferrand", "Ilya Ferrand")),
}


@st.composite
def told(draw, attribute):
    numbers = count()

    def claim(source, values, by, hedge):
        return SourcedClaim(
            id=f"c{next(numbers)}",
            account=source,
            source=source,
            claim=say(source, attribute, *values, by=by, hedge=hedge).claim,
        )

    values = st.lists(VALUES[attribute], min_size=1, max_size=2, unique=True)
    hedges = st.sampled_from((None, None, None, "alleged", "denied"))
    one = st.builds(claim, st.sampled_from("abc"), values, st.sampled_from((None, "counsel")), hedges)
    return draw(st.lists(one, max_size=5))


CASES = st.sampled_from(sorted(VALUES)).flatmap(lambda name: st.tuples(st.just(name), told(name)))


@settings(max_examples=80, deadline=None)
@given(CASES, st.randoms(use_true_random=False))
def test_neither_order_nor_repetition_changes_what_a_fact_is(case, random):
    attribute, claims = case
    shuffled = [*claims, *claims]
    random.shuffle(shuffled)
    one, other = fold(claims, id="x").fact(attribute), fold(shuffled, id="x").fact(attribute)
    assert (one.status, set(one.values), set(one.claims)) == (other.status, set(other.values), set(other.claims))


@settings(max_examples=80, deadline=None)
@given(CASES)
def test_no_claim_disappears_and_no_value_comes_from_nowhere(case):
    attribute, claims = case
    fact = fold(claims, id="x").fact(attribute)
    assert fact.claims == tuple(claims)
    assert len(set(fact.values)) == len(fact.values)
    assert fact.status is not Status.UNKNOWN or not fact.values
    assert bool(fact.values) or all(each.claim.hedge == "denied" for each in claims)


@settings(max_examples=80, deadline=None)
@given(CASES, st.data())
def test_more_claims_never_settle_a_dispute(case, data):
    attribute, claims = case
    some = claims[: data.draw(st.integers(0, len(claims)))]
    before, after = fold(some, id="x").fact(attribute), fold(claims, id="x").fact(attribute)
    assert before.status is not Status.DISPUTED or after.status is Status.DISPUTED
    assert len(after.claims) >= len(before.claims)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abcd"), VALUES["zone"]), min_size=1, max_size=5))
def test_a_code_is_disputed_exactly_when_two_reports_cannot_both_be_right(reports):
    fact = folded(*(say(source, "zone", value) for source, value in reports)).fact("zone")
    differ = any(not compatible("zone", one, other) for (_, one), (_, other) in permutations(reports, 2))
    assert (fact.status is Status.DISPUTED) is differ
    # The exact codes that anybody reports all stay possible.
    assert {value for _, value in reports if value not in LEFT_OPEN["zone"]} <= set(fact.values)


def test_who_says_so():
    claims = [
        say("a", "counsel_access", "denied", by="counsel"),
        deny("a", "counsel_access", "denied"),
        say("b", "counsel_access", "denied"),
        deny("d", "counsel_access", "denied"),
        say("c", "zone", "hallway"),
        say("a", "zone", "inside_unspecified"),
        say("d", "zone", "lobby"),
    ]
    state = folded(*claims)
    told_so, not_so = witnesses(state, "counsel_access")
    assert (told_so.value, told_so.denied, told_so.says, told_so.otherwise) == ("denied", False, ("a", "b"), ("d",))
    assert (not_so.value, not_so.denied, not_so.says, not_so.otherwise) == ("denied", True, ("a", "d"), ("b",))
    assert told_so.silent == not_so.silent == ("c",)
    assert [each.source for each in told_so.claims] == ["a", "b"]
    hallway, lobby = witnesses(state, "zone")
    assert (hallway.says, hallway.less_exactly, hallway.otherwise) == (("c",), ("a",), ("d",))
    assert (lobby.says, lobby.less_exactly, lobby.silent) == (("d",), ("a",), ("b",))
    assert witnesses(state, "warrant") == ()


def test_a_courthouse_that_may_be_two_says_it_less_exactly():
    state = folded(
        say("a", "courthouse", "Ferry Criminal Court"),
        say("a", "courthouse_id", "x-1"),
        say("d", "courthouse", "the Ferry County courthouse"),
        say("d", "courthouse_id", "x-1", "x-2"),
    )
    (row,) = witnesses(state, "courthouse")
    assert (row.value, row.says, row.less_exactly) == ("Ferry Criminal Court", ("a",), ("d",))
