"""The answer about a case: its JSON, its kind, the confidence it has, what closes what is open."""

import json
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from portico.facts import PartialDate, Result
from portico.policy import (
    CaseError,
    Kind,
    Place,
    answer_text,
    ask_next,
    case_of,
    each_answer,
    evaluate,
    findings,
    load_cases,
    load_rules,
    rule,
    rules_at,
    rules_in_force,
)

DEVELOPMENT = load_cases(Path(__file__).parent / "cases" / "development.yaml")
KINGS = {"date": "2019-05-14", "state": "NY", "county": "Kings", "court_system": "ny_ucs"}
HALLWAY = {
    "arrest_kind": "civil_immigration",
    "action": "arrest",
    "agency": "ice_ero",
    "location_zone": "public_interior",
}
DENVER: dict[str, dict[str, object]] = {
    "place": {"date": "2021-09-14", "state": "CO", "county": "Denver", "court_system": "state_or_local"},
    "facts": {
        "arrest_kind": "civil_immigration",
        "action": "arrest",
        "agency": "ice_ero",
        "warrant_kind": "administrative",
        "location_zone": {"any_of": ["public_interior", "grounds"]},
        "journey": "returning_from",
        "person_roles": ["witness"],
        "agents_identified_to_court_staff": "yes",
    },
}
FIVE = ["national_security", "imminent_harm", "hot_pursuit", "evidence_destruction", "no_safe_alternative_and_approved"]


def denver(place: dict[str, str] | None = None, **facts: str) -> dict[str, str]:
    case = case_of({"place": {**DENVER["place"], **(place or {})}, "facts": {**DENVER["facts"], **facts}})
    return {finding.provision: finding.result.value for finding in evaluate(case).findings}


def test_the_worked_example_of_the_readme():
    answer: Any = evaluate(case_of(DENVER, "denver")).to_json()
    assert answer["id"] == "denver"
    assert answer["rules_in_force"] == {"certain": ["co-crs-13-1-403", "us-dhs-2021-courthouse-memo"], "uncertain": []}
    common = {"strength": "hard", "presumptions": [], "facts_missing": []}
    results = answer["results"]
    assert results["us-dhs-2021.P1-four-exceptions"] == {
        "result": "inconsistent",
        "without_presumptions": "not_enough_known",
        "facts_used": ["arrest_kind", "action", "agency", "location_zone"],
        "facts_missing": [],
        "presumptions": FIVE,
        "bound_actor": "ICE and CBP agents",
        "strength": "hard",
        "confidence": "high",
    }
    assert results["co-13-1-403.P1"] == {
        **common,
        "result": "inconsistent",
        "without_presumptions": "inconsistent",
        "facts_used": ["arrest_kind", "action", "warrant_kind", "location_zone", "journey"],
        "bound_actor": "anyone making a civil arrest",
        "confidence": "high",
    }
    assert results["co-13-1-403.P2-credentials"] == {
        **common,
        "result": "not_enough_known",
        "without_presumptions": "not_enough_known",
        "facts_used": ["agency", "location_zone", "agents_identified_to_court_staff"],
        "facts_missing": ["agents_stated_purpose"],
        "bound_actor": "visiting law enforcement",
        "confidence": "high",
    }
    assert results["co-13-1-403.P3-record"]["facts_missing"] == ["visit_recorded_by_court_staff"]
    assert results["co-13-1-403.P3-record"]["result"] == "not_enough_known"
    assert json.loads(json.dumps(answer)) == answer


def test_the_worked_example_varied_as_the_readme_varies_it():
    assert denver(agents_stated_purpose="no")["co-13-1-403.P2-credentials"] == "not_enough_known"
    on_the_steps = denver(location_zone="grounds")
    assert on_the_steps["co-13-1-403.P2-credentials"] == on_the_steps["co-13-1-403.P3-record"] == "not_applicable"
    assert denver(warrant_kind="judicial_federal")["co-13-1-403.P1"] == "consistent"
    first_day = denver({"date": "2020-03-23"})
    assert first_day["co-13-1-403.P1"] == "not_enough_known"
    assert "us-ice-11072.1.P4-nonpublic-area" in first_day
    assert "us-dhs-2021.P1-four-exceptions" not in first_day


def test_an_open_fact_is_marked_among_those_used():
    found = {each.provision: each for each in evaluate(case_of(DENVER)).findings}
    assert found["co-13-1-403.P3-record"].facts_open == ("location_zone",)
    assert dict(found["us-dhs-2021.P1-four-exceptions"].presumptions) == dict.fromkeys(FIVE, "no")


@pytest.mark.parametrize(
    ("place", "facts", "kind", "words"),
    [
        ({"date": "2013-05-01", "state": "TX"}, {}, Kind.NO_RULE_FOUND, "no rule found for this date and place"),
        (
            {**KINGS, "date": "2017-11-28"},
            {"agency": "local_officer", "location_zone": "elsewhere", "action": "sighting", "arrest_kind": "criminal"},
            Kind.NONE_REACHES,
            "no rule in force reaches these facts",
        ),
        (
            {"date": "2025-01-22", "state": "TX", "court_system": "eoir"},
            {},
            Kind.FINDINGS,
            "findings, one for each provision",
        ),
    ],
)
def test_no_rule_is_an_answer_of_its_own(place, facts, kind, words):
    answer = evaluate(case_of({"place": place, "facts": facts}))
    assert (answer.kind, answer_text(answer)) == (kind, words)
    assert "consistent" not in answer_text(answer)


def test_rules_of_which_nothing_can_be_evaluated_are_neither():
    answer = evaluate(case_of({"place": KINGS}))
    only = replace(answer.in_force, certain=(rule("ny-poca-jud-4a"),), uncertain=())
    bare = replace(answer, in_force=only, findings=())
    assert bare.kind is Kind.NOTHING_EVALUABLE
    assert answer_text(bare) == "rules are in force, but none of their provisions turns on coded facts"


@pytest.mark.parametrize(
    ("provision", "place", "facts", "confidence"),
    [
        # An exception of low confidence counts only where it decides.
        ("us-sequen-2026.P1", {}, {"no_safe_alternative_and_approved": "yes"}, "low"),
        ("us-sequen-2026.P1", {}, {"hot_pursuit": "yes", "no_safe_alternative_and_approved": "yes"}, "medium"),
        ("us-sequen-2026.P1", {}, {"hot_pursuit": "yes"}, "medium"),
        ("us-sequen-2026.P1", {}, {}, "medium"),
        ("us-sequen-2026.P1", {}, {"no_safe_alternative_and_approved": {"any_of": ["yes", "no"]}}, "low"),
        (
            "us-dhs-2021.P1-four-exceptions",
            {"date": "2023-06-01"},
            {"no_safe_alternative_and_approved": "yes"},
            "medium",
        ),
        ("us-dhs-2021.P1-four-exceptions", {"date": "2023-06-01"}, {"imminent_harm": "yes"}, "high"),
        # The rule of medium confidence lowers its provision's high.
        ("us-ny-v-ice-2020.P1-premises", {"date": "2020-09-01", "court_system": "ny_ucs"}, {}, "medium"),
    ],
)
def test_a_result_is_no_surer_than_what_it_rests_on(provision, place, facts, confidence):
    where = {"date": "2026-07-01", "state": "NY", "county": "New York", "court_system": "eoir", **place}
    found = evaluate(case_of({"place": where, "facts": {**HALLWAY, **facts}})).findings
    assert next(each.confidence for each in found if each.provision == provision) == confidence


def test_what_closes_an_open_finding():
    asking = ask_next(HALLWAY, Place(state="NY", county="Kings", court_system="ny_ucs"), PartialDate("2019-05-14"))
    closing = asking.closing["us-ice-11072.1.P1-target"]
    assert closing.possibly == (("target_status",), ("target_categories",))  # a bystander; or a listed person
    assert closing.surely == (("target_status", "target_categories"),)
    assert asking.closing["ny-oca-1-2019.P7-report"].surely == (("report_filed",),)
    # A judge's warrant that does not say which judge leaves it open, so no set surely closes it.
    assert asking.closing["ny-oca-1-2019.P1-judicial-warrant"].surely == ()
    assert asking.closing["ny-oca-1-2019.P1-judicial-warrant"].possibly == (("warrant_kind",),)
    # Whom they came for closes one finding surely and half of another; the warrant most of one and some of another.
    assert asking.facts[:2] == ("target_status", "warrant_kind")


def test_a_vague_word_may_be_asked_again():
    told = {**HALLWAY, "warrant_kind": "judicial_unspecified"}
    closing = evaluate(case_of({"place": KINGS, "facts": told})).asking.closing["ny-oca-1-2019.P1-judicial-warrant"]
    assert closing.surely == (("warrant_kind",),)


def test_a_friend_may_turn_out_to_live_with_the_party():
    closing = evaluate(DEVELOPMENT[7]).asking.closing["ny-poca-cvr-28.P1-privilege"]
    assert (closing.possibly, closing.surely) == ((("person_roles",),), ())


def test_naming_the_building_and_the_agency_would_settle_philadelphia():
    answer = evaluate(DEVELOPMENT[8])
    assert answer.asking.closing["pa-phl-2025.P1-no-arrest"].surely == (("agency", "building"),)
    assert answer.ask_next[:2] == ("agency", "building")


def test_local_law_may_be_closed_by_what_the_state_forbids():
    place = {"date": "2025-03-04", "state": "CO", "county": "Weld", "court_system": "state_or_local"}
    closing = evaluate(case_of({"place": place, "facts": HALLWAY})).asking.closing["us-ice-11072.3.P2-local-law"]
    assert closing.surely == (("warrant_kind",),)


def test_where_the_law_itself_is_open_there_is_nothing_to_ask():
    answer = evaluate(DEVELOPMENT[1])
    assert answer.asking.closing["wa-rcw-2.28.330.P1"].possibly == ()
    assert answer.ask_next == ()


@pytest.mark.parametrize("number", range(len(DEVELOPMENT)), ids=lambda n: DEVELOPMENT[n].id)
def test_the_sets_do_what_they_promise(number):
    case, book = DEVELOPMENT[number], load_rules()
    for provision, closing in evaluate(case).asking.closing.items():
        for names in {*closing.surely, *closing.possibly}:
            if not set(names) <= set(book.vocabulary.facts):
                continue
            closed = []
            for values in product(*(_values(name, case.facts.known.get(name, ())) for name in names)):
                told = {**case.facts.known, **dict(zip(names, values, strict=True))}
                result = {each.provision: each.result for each in findings(told, case.place)}[provision]
                closed.append(result is not Result.NOT_ENOUGH_KNOWN)
            assert any(closed), (provision, names)
            assert all(closed) is (names in closing.surely), (provision, names)


def _values(name: str, reported: tuple[object, ...]) -> list[object]:
    fact = load_rules().vocabulary.facts[name]
    if len(reported) == 1 and isinstance(reported[0], frozenset):
        more = [each for value in reported[0] for each in fact.vague.get(value, ())]
        return [reported[0], *(reported[0] | {each} for each in more)]
    if len(reported) == 1:
        return list(fact.vague[str(reported[0])])
    return list(reported) or [[value] if fact.several else value for value in fact.values]


def test_what_each_answer_would_give():
    told = {**HALLWAY, "person_roles": ["party", "defendant"]}
    place = Place(date=PartialDate("2019-05-14"), state="NY", county="Kings", court_system="ny_ucs")
    given = each_answer(told, place, "warrant_kind")
    first, second = "ny-oca-1-2019.P1-judicial-warrant", "ny-oca-1-2019.P2-review"
    assert given["administrative"] == {first: Result.INCONSISTENT, second: Result.NOT_APPLICABLE}
    assert given["judicial_federal"] == {first: Result.CONSISTENT}
    assert given["judicial_unspecified"] == {}
    with pytest.raises(CaseError, match="colour"):
        each_answer(told, place, "colour")


def test_another_day_can_be_asked_for():
    place = Place(date=PartialDate("2019-05-14"), state="NY", county="Kings", court_system="ny_ucs")
    assert [each.id for each in rules_in_force(place, PartialDate("2017-11-28")).certain] == ["ny-oca-2017-protocol"]
    assert {each.rule for each in findings({}, place, PartialDate("2019-05-14").day)} == {
        "ny-oca-directive-1-2019",
        "us-ice-11072.1",
    }


def test_the_rules_at_a_place_on_any_day():
    found = [each.id for each in rules_at(Place(state="VT", court_system="state_or_local"))]
    assert found[0] == "us-ice-2014-guidance"
    assert "vt-12-vsa-3577" in found
    assert not [each for each in found if each.startswith(("ny-", "co-", "us-ryan"))]


def test_a_rule_can_be_read_with_its_citations():
    found = rule("ny-oca-2017-protocol")
    assert (
        found.citations[0].url
        == "https://longislandwins.com/news/national/ny-state-courts-seek-block-ice-arrests-court/"
    )
    assert len(found.provisions) == 6
    assert found.provisions[3].text.startswith("No law-enforcement action in a courtroom")
    assert (found.period.first, found.period.begins) == (date(2017, 2, 1), date(2017, 4, 27))


def test_what_goes_with_the_rules():
    book = load_rules()
    assert (len(book.rules), sum(len(each.provisions) for each in book.rules)) == (36, 94)
    assert sum(len(each.evaluable) for each in book.rules) == 79
    assert len([fact for fact in book.vocabulary.facts.values() if fact.tested]) == 39
    assert book.searched is not None
    assert "MD" in book.searched.states
    assert len(book.related) == 8
    assert not {each.id for each in book.related} & {each.id for each in book.rules}
    assert load_rules() is book
