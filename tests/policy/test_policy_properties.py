"""What must hold for every case: less knowledge never accuses, and order, repetition and vagueness do not either.

"Removing a fact never turns a result into inconsistent" holds without presumptions for every fact, and with them for
every fact that nothing is presumed of, or that was reported as presumed. Removing a reported exception ("hot pursuit:
yes") brings the presumption ("no") back: that is what a presumption is. What holds even then:
the answer without presumptions, shown beside it, is not inconsistent.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from portico.facts import Finding, Result
from portico.policy import Case, PartialDate, case_of, evaluate, findings, load_cases, load_rules

BOOK = load_rules()
FACTS = {name: fact for name, fact in BOOK.vocabulary.facts.items() if fact.tested}
LIKELY = {
    "arrest_kind": "civil_immigration",
    "action": "arrest",
    "agency": "ice_ero",
    "location_zone": "public_interior",
    "journey": "present",
    "warrant_kind": "none",
    "person_roles": ["party"],
}
PLACES = [
    {"state": "NY", "county": "Kings", "court_system": "ny_ucs"},
    {"state": "NY", "county": "New York", "court_system": "eoir", "building": "nyc-201-varick"},
    {"state": "WA", "county": "King", "court_system": "state_or_local"},
    {"state": "CO", "county": "Denver", "court_system": "state_or_local"},
    {"state": "NJ", "county": "Essex", "court_system": "state_or_local"},
    {"state": "CT", "county": "Hartford", "court_system": "state_or_local"},
    {"state": "PA", "county": "Philadelphia", "court_system": "state_or_local", "building": "phl-city-hall"},
]
DAYS = sorted({day + timedelta(days=n) for day in BOOK.turns for n in (-1, 0)} | {date(2019, 5, 14), date(2023, 6, 1)})


def one(name: str) -> st.SearchStrategy[object]:
    fact = FACTS[name]
    if fact.is_number:
        return st.sampled_from([10, 1609, 1610, 5000])
    code = st.sampled_from(fact.values)
    return st.lists(code, min_size=1, max_size=3, unique=True) if fact.several else code


def value(name: str) -> st.SearchStrategy[object]:
    several = st.lists(one(name), min_size=1, max_size=3).map(lambda values: {"any_of": values})
    likely = st.just(LIKELY[name]) if name in LIKELY else one(name)
    return st.one_of(likely, likely, one(name), several)


facts = st.fixed_dictionaries(
    {},
    optional={name: value(name) for name in FACTS},
).map(lambda chosen: {name: value for name, value in chosen.items() if value is not None})
places = st.builds(
    lambda place, day: {**place, "date": day.isoformat()}, st.sampled_from(PLACES), st.sampled_from(DAYS)
)


def answers(place: Mapping[str, object], told: Mapping[str, object]) -> dict[str, Finding]:
    case = case_of({"place": place, "facts": told})
    return {finding.provision: finding for finding in findings(case.facts, case.place)}


def accused(found: Mapping[str, Finding], *, plain: bool) -> set[str]:
    """The provisions found inconsistent, without presumptions (plain) or with them."""
    results = {name: each.without_presumptions if plain else each.result for name, each in found.items()}
    return {name for name, result in results.items() if result is Result.INCONSISTENT}


@settings(max_examples=120, deadline=None)
@given(place=places, told=facts, chance=st.data())
def test_knowing_one_fact_less_never_accuses(place, told, chance):
    assume(told)
    name = chance.draw(st.sampled_from(sorted(told)))
    before, after = answers(place, told), answers(place, {key: told[key] for key in told if key != name})
    assert accused(after, plain=True) <= accused(before, plain=True)
    if FACTS[name].presume in (None, told[name]):
        assert accused(after, plain=False) <= accused(before, plain=False)
    for provision in accused(after, plain=False) - accused(before, plain=False):
        assert after[provision].without_presumptions is not Result.INCONSISTENT
        imported = BOOK.provision(provision).reads_local_law
        assert imported or after[provision].presumptions[name] == FACTS[name].presume


@settings(max_examples=80, deadline=None)
@given(place=places, told=facts, chance=st.data())
def test_knowing_less_of_the_place_or_day_never_accuses(place, told, chance):
    name = chance.draw(st.sampled_from(sorted(place)))
    before, after = answers(place, told), answers({key: place[key] for key in place if key != name}, told)
    for plain in (True, False):
        assert accused(after, plain=plain) <= accused(before, plain=plain)


@settings(max_examples=80, deadline=None)
@given(place=places, told=facts, chance=st.data())
def test_a_vaguer_report_never_accuses(place, told, chance):
    assume(told)
    name = chance.draw(st.sampled_from(sorted(told)))
    held = told[name]["any_of"] if isinstance(told[name], dict) else [told[name]]
    vaguer = {**told, name: {"any_of": [*held, chance.draw(one(name))]}}
    before, after = answers(place, told), answers(place, vaguer)
    for plain in (True, False):
        assert accused(after, plain=plain) <= accused(before, plain=plain)


@settings(max_examples=60, deadline=None)
@given(place=places, told=facts, other=st.sampled_from(DAYS))
def test_one_of_two_days_accuses_only_what_both_do(place, told, other):
    both = answers({**place, "date": {"any_of": [place["date"], other.isoformat()]}}, told)
    first, second = answers(place, told), answers({**place, "date": other.isoformat()}, told)
    for plain in (True, False):
        assert accused(both, plain=plain) == accused(first, plain=plain) & accused(second, plain=plain)
    assert not accused(answers({**place, "date": "unknown"}, told), plain=False)


@settings(max_examples=60, deadline=None)
@given(place=places, told=facts)
def test_presumptions_only_add_to_what_is_known(place, told):
    found = answers(place, told)
    assert accused(found, plain=True) <= accused(found, plain=False)
    for finding in found.values():
        shown = [*finding.facts_used, *finding.facts_missing, *finding.presumptions]
        assert sorted(shown) == sorted(BOOK.provision(finding.provision).facts_needed)
        assert set(finding.facts_open) <= set(finding.facts_used)


@settings(max_examples=60, deadline=None)
@given(place=places, told=facts)
def test_two_runs_and_any_order_of_the_possible_values_give_one_answer(place, told):
    turned = {
        name: {"any_of": value["any_of"][::-1]} if isinstance(value, dict) else value
        for name, value in reversed(told.items())
    }
    case = {"place": place, "facts": told}
    assert evaluate(case_of(case)).to_json() == evaluate(case_of(case)).to_json()
    assert evaluate(case_of({**case, "facts": turned})).to_json() == evaluate(case_of(case)).to_json()


@settings(max_examples=60, deadline=None)
@given(first=st.dates(date(2013, 1, 1), date(2027, 1, 1)), length=st.integers(1, 40))
def test_a_month_and_its_days_are_one_thing(first, length):
    month = f"{first:%Y-%m}"
    days = [day.isoformat() for day in PartialDate(month).days()]
    place = PLACES[length % len(PLACES)]
    whole, listed = (case_of({"place": {**place, "date": when}}) for when in (month, {"any_of": days}))
    assert evaluate(whole).in_force == evaluate(listed).in_force


DEVELOPMENT = load_cases(Path(__file__).parent / "cases" / "development.yaml")


@pytest.mark.parametrize("case", DEVELOPMENT, ids=lambda case: case.id)
def test_no_fact_taken_from_a_development_case_accuses_anyone(case: Case):
    before = {finding.provision: finding for finding in evaluate(case).findings}
    for name in case.facts.known:
        less = {fact: known for fact, known in case.facts.known.items() if fact != name}
        after = {finding.provision: finding for finding in findings(less, case.place)}
        assert accused(after, plain=True) <= accused(before, plain=True), name
        if FACTS[name].presume is None:
            assert accused(after, plain=False) <= accused(before, plain=False), name
