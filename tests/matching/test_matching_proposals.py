"""Proposals: which accounts may tell of one event, and why."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portico.facts import ATTRIBUTES, Account, Claim, DataClass
from portico.matching import propose, propose_all, shipped_weights


def account(**told):
    """An account; a tuple leaves open which."""
    return Account(
        claims=tuple(
            Claim(
                attribute=name,
                value=None if isinstance(value, tuple) else value,
                any_of=value if isinstance(value, tuple) else (),
                spans=(),
                origin="person:1",
            )
            for name, value in told.items()
        )
    )


BASE = {
    "kind": "arrest",
    "date": "2019-05-14",
    "courthouse": "Ferry Street Criminal Court",
    "courthouse_id": "x-1",
    "county": "Kings",
    "state": "NY",
}


def changed(**told):
    """The base account with other values; None takes one away."""
    return account(**{name: value for name, value in (BASE | told).items() if value is not None})


def score(**told):
    (found,) = propose(account(**BASE), {"other": changed(**told)}, least=0)
    return found.score


def codes(**told):
    (found,) = propose(account(**BASE), {"other": changed(**told)}, least=0)
    return {reason.code: reason.supports for reason in found.reasons}


@pytest.mark.parametrize(
    ("told", "code", "supports"),
    [
        ({}, "same_courthouse", True),
        ({"courthouse_id": ("x-1", "x-2")}, "may_be_same_courthouse", True),
        ({"courthouse_id": "x-2"}, "other_courthouse", False),
        ({"courthouse_id": None}, "same_courthouse_name", True),
        ({"courthouse_id": None, "courthouse": "the Ferry courthouse on Dock Lane"}, "similar_courthouse_name", True),
        ({"courthouse_id": None, "courthouse": "Pier Courthouse"}, "other_courthouse_name", False),
        ({"courthouse_id": None, "courthouse": None}, "same_county", True),
        ({"courthouse_id": None, "courthouse": None, "county": "Kings County"}, "same_county", True),
        ({"courthouse_id": None, "courthouse": None, "county": "Queens"}, "other_county", False),
        ({"state": "OR"}, "other_state", False),
        ({}, "same_day", True),
        ({"date": "2019-05"}, "dates_may_agree", True),
        ({"date": "XXXX-05-14"}, "dates_may_agree", True),
        ({"date": "2019"}, "years_may_agree", True),
        ({"date": "2019-05-15"}, "next_day", False),
        ({"date": "2019-05-20"}, "other_date", False),
        ({"date": "2019-06"}, "other_date", False),
        ({"date": ("2019-05-20", "2019-05-14")}, "same_day", True),
        ({"kind": "attempted_arrest"}, "differs_kind", False),
    ],
)
def test_a_reason_speaks(told, code, supports):
    assert codes(**told).get(code) is supports


@pytest.mark.parametrize(
    ("mine", "its", "code"),
    [
        ({"zone": "inside_unspecified"}, {"zone": "hallway"}, "fits_zone"),
        ({"zone": "lobby"}, {"zone": "hallway"}, "differs_zone"),
        ({"name": "Ferrand"}, {"name": "Oda Ferrand"}, "fits_name"),
        ({"name": "Ilya Ferrand"}, {"name": "Oda Ferrand"}, "differs_name"),
        ({"gender": "female"}, {"gender": "male"}, "differs_gender"),
        ({"age": 34}, {"age": "34"}, "same_age"),
        ({"people_arrested": 1}, {"people_arrested": 3}, "differs_people_arrested"),
        ({"zone": ("hallway", "lobby")}, {"zone": ("hallway", "lobby")}, "fits_zone"),
    ],
)
def test_facts_compare_as_same_as_fitting_or_as_different(mine, its, code):
    (found,) = propose(changed(**mine), {"other": changed(**its)}, least=0)
    assert code in {reason.code for reason in found.reasons}


def test_what_one_does_not_tell_speaks_neither_way():
    assert score(date=None) < score()
    assert not any("date" in code or "day" in code for code in codes(date=None))


def test_how_many_were_taken_does_not_count_again_when_the_kinds_differ():
    (found,) = propose(
        changed(people_arrested=1), {"other": changed(kind="attempted_arrest", people_arrested=0)}, least=0
    )
    assert "differs_people_arrested" not in {reason.code for reason in found.reasons}


def test_one_event_told_twice_is_proposed_and_another_day_is_not():
    others = {"same": changed(zone="lobby"), "later": changed(date="2019-05-20"), "elsewhere": changed(state="OR")}
    assert [each.other for each in propose(account(**BASE), others)] == ["same"]


def test_the_best_comes_first_and_what_a_person_keeps_apart_does_not_come_back():
    others = {"month": changed(date="2019-05"), "day": changed()}
    assert [each.other for each in propose(account(**BASE), others)] == ["day", "month"]
    assert [each.other for each in propose(account(**BASE), others, apart={"day"})] == ["month"]


@pytest.mark.parametrize("name", [each.name for each in ATTRIBUTES.values() if each.data_class is not DataClass.CLEAR])
def test_no_reason_quotes_a_guarded_value(name):
    codes_of = ATTRIBUTES[name].values
    mine, its = (codes_of[0], codes_of[1]) if codes_of else ("zzsecretone", "zzsecrettwo")
    for other in (mine, its):
        (found,) = propose(changed(**{name: mine}), {"other": changed(**{name: other})}, least=0)
        sentences = " ".join(reason.sentence for reason in found.reasons)
        assert "zzsecret" not in sentences
        assert not codes_of or f"say {mine}" not in sentences


DAYS = st.integers(0, 70).map(lambda n: (date(2019, 4, 20) + timedelta(n)).isoformat())
DATES = st.one_of(DAYS, st.sampled_from(("2019-05", "2019-06", "2019", "XXXX-05-14")))
ACCOUNTS = st.lists(
    st.fixed_dictionaries(
        {"kind": st.sampled_from(("arrest", "sighting")), "county": st.sampled_from(("Kings", "Queens"))},
        optional={
            "date": DATES,
            "courthouse_id": st.sampled_from(("x-1", "x-2", "y-1")),
            "name": st.sampled_from(("Oda Ferrand", "Ferrand", "Ilya Dorn")),
            "zone": st.sampled_from(("hallway", "inside_unspecified")),
        },
    ),
    max_size=7,
).map(lambda told: {f"a{i}": account(**each) for i, each in enumerate(told)})


@settings(max_examples=60, deadline=None)
@given(ACCOUNTS)
def test_looking_in_blocks_finds_what_comparing_all_finds(accounts):
    found = {(each.one, each.other): each.score for each in propose_all(accounts)}
    ids = list(accounts)
    for i, other in enumerate(ids):
        for each in propose(accounts[other], {one: accounts[one] for one in ids[:i]}):
            assert found[each.other, other] == pytest.approx(each.score)
    assert len(found) == sum(
        len(propose(accounts[ids[i]], {one: accounts[one] for one in ids[:i]})) for i in range(len(ids))
    )


@settings(max_examples=60, deadline=None)
@given(ACCOUNTS.filter(lambda accounts: len(accounts) > 1))
def test_two_accounts_score_the_same_from_either_side(accounts):
    (a, one), (b, other), *_ = accounts.items()
    (there,) = propose(one, {b: other}, least=0)
    (back,) = propose(other, {a: one}, least=0)
    assert there.score == pytest.approx(back.score)
    assert 0 <= there.score <= 1
    assert {reason.code for reason in there.reasons} == {reason.code for reason in back.reasons}


def test_accounts_of_one_document_and_pairs_kept_apart_are_not_paired():
    accounts = {"a": account(**BASE), "b": changed(zone="lobby"), "c": changed()}
    pairs = {(each.one, each.other) for each in propose_all(accounts, sources={"a": "doc", "b": "doc", "c": "note"})}
    assert pairs == {("a", "c"), ("b", "c")}
    pairs = {(each.one, each.other) for each in propose_all(accounts, apart=[frozenset("ac"), frozenset("bc")])}
    assert pairs == {("a", "b")}


def test_who_tells_no_place_meets_by_month_and_who_tells_neither_by_name():
    nowhere = account(kind="arrest", date="2019-05-14", name="Oda Ferrand")
    never = account(kind="arrest", name="Ferrand", age=34)
    known = changed(name="Oda Ferrand", age=34)
    pairs = {(each.one, each.other) for each in propose_all({"nowhere": nowhere, "known": known, "never": never})}
    assert pairs == {("nowhere", "known"), ("known", "never"), ("nowhere", "never")}


def test_the_first_and_last_day_of_the_calendar_can_be_matched():
    for day in ("0001-01-01", "9999-12-31"):
        assert len(propose_all({"a": changed(date=day), "b": changed(date=day)})) == 1


def test_many_accounts_are_compared_within_their_blocks_only():
    accounts = {
        f"{court}-{day}": changed(
            courthouse_id=f"x-{court}", courthouse=None, county=f"county{court}", date=f"2019-05-{day:02d}"
        )
        for court in range(100)
        for day in range(1, 21, 5)
    }
    assert propose_all(accounts) == ()


def test_a_stricter_threshold_proposes_fewer():
    accounts = {"a": account(**BASE), "b": changed(date="2019"), "c": changed()}
    strict = replace(shipped_weights(), propose_at=0.95)
    assert len(propose_all(accounts, weights=strict)) < len(propose_all(accounts))
