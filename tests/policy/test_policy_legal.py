"""From reported codes to legal facts: never more than the sources say, each traced to the claims it rests on."""

from collections.abc import Mapping

import pytest

from portico.facts import ATTRIBUTES, Claim, FactState, IncidentState, PartialDate, Result, SourcedClaim, Status
from portico.policy import Place, case_of_incident, evaluate, legal_facts, load_rules, place_of


def claim(attribute: str, value: str, source: str, hedge: str | None = None) -> SourcedClaim:
    told = Claim(attribute=attribute, value=value, spans=(), origin="person:1", hedge=hedge)  # type: ignore[arg-type]
    return SourcedClaim(id=f"{source}-{attribute}-{value}", account=f"account-{source}", source=source, claim=told)


def incident(**told: str | list[str]) -> IncidentState:
    """Each fact told by source a, the second value by b, and so on; `!value` is denied by its source."""
    facts = []
    for attribute, one_or_several in told.items():
        said = [one_or_several] if isinstance(one_or_several, str) else one_or_several
        claims = tuple(
            claim(attribute, value.lstrip("!"), source, "denied" if value.startswith("!") else None)
            for value, source in zip(said, "abcd", strict=False)
        )
        values = tuple(dict.fromkeys(value for value in said if not value.startswith("!")))
        status = Status.DISPUTED if len(said) > 1 else Status.SINGLE_SOURCE
        facts.append(FactState(attribute=attribute, status=status, values=values, claims=claims))
    return IncidentState(id="i-1", accounts=("account-a",), sources=("a",), facts=tuple(facts))


def known(**told: str | list[str]) -> Mapping[str, object]:
    return legal_facts(incident(**told)).known


@pytest.mark.parametrize(
    ("attribute", "code", "fact", "allowed"),
    [
        ("kind", "arrest", "action", ("arrest",)),
        ("kind", "attempted_arrest", "action", ("attempted_arrest",)),
        ("kind", "sighting", "action", ("sighting",)),
        ("kind", "other_enforcement", "action", None),
        ("zone", "courtroom", "location_zone", ("courtroom",)),
        ("zone", "hallway", "location_zone", ("public_interior",)),
        ("zone", "lobby", "location_zone", ("public_interior",)),
        ("zone", "elevator", "location_zone", ("public_interior",)),
        ("zone", "nonpublic_area", "location_zone", ("nonpublic_interior",)),
        ("zone", "inside_unspecified", "location_zone", ("courtroom", "public_interior", "nonpublic_interior")),
        ("zone", "entrance", "location_zone", ("entrance",)),
        ("zone", "parking", "location_zone", ("grounds",)),
        ("zone", "street_vicinity", "location_zone", ("adjacent_street", "farther_public_way")),
        (
            *("zone", "outside_unspecified", "location_zone"),
            ("entrance", "grounds", "adjacent_street", "farther_public_way"),
        ),
        ("agency", "ice", "agency", ("ice_unspecified",)),
        ("agency", "hsi", "agency", ("ice_hsi",)),
        ("agency", "cbp", "agency", ("cbp",)),
        ("agency", "federal_unspecified", "agency", ("federal_unspecified",)),
        ("agency", "local_police", "agency", ("local_officer",)),
        ("agency", "other", "agency", ("other_federal",)),
        ("role", "defendant", "person_roles", (frozenset({"party", "defendant"}),)),
        ("role", "victim", "person_roles", (frozenset({"victim_complainant"}),)),
        ("role", "witness", "person_roles", (frozenset({"witness"}),)),
        ("role", "family", "person_roles", (frozenset({"family_or_household"}),)),
        ("role", "litigant", "person_roles", (frozenset({"party"}),)),
        ("role", "attorney", "person_roles", (frozenset({"attorney"}),)),
        ("role", "bystander", "person_roles", (frozenset({"bystander"}),)),
        ("warrant", "judicial", "warrant_kind", ("judicial_unspecified",)),
        ("warrant", "administrative", "warrant_kind", ("administrative",)),
        ("warrant", "none_shown", "warrant_kind", None),  # not shown is not none
        ("court_staff", "assisted", "staff_conduct", ("assisted",)),
        ("court_staff", "obstructed", "staff_conduct", ("obstructed",)),
        ("court_staff", "neither", "staff_conduct", ("neither",)),
        ("court_staff", "informed", "staff_conduct", None),  # they knew; what they did stays open
        ("identified", "yes", "agents_identified_to_person", ("yes",)),
        ("identified", "yes", "agents_identified_to_court_staff", None),
        ("judge_informed", "no", "judge_informed", ("no",)),
        ("report_filed", "yes", "report_filed", ("yes",)),
        ("visit_recorded", "yes", "visit_recorded_by_court_staff", ("yes",)),
        ("purpose_stated", "yes", "agents_stated_purpose", ("yes",)),
        ("administration_told", "no", "court_administration_notified", ("no",)),
        ("face_covered", "yes", "face_covered", ("yes",)),
    ],
)
def test_a_reported_code_allows(attribute, code, fact, allowed):
    assert known(**{attribute: code}).get(fact) == allowed


@pytest.mark.parametrize(
    ("told", "fact", "allowed"),
    [
        ({"zone": ["hallway", "lobby"]}, "location_zone", ("public_interior",)),
        ({"zone": ["hallway", "entrance"]}, "location_zone", ("public_interior", "entrance")),
        ({"warrant": ["administrative", "none_shown"]}, "warrant_kind", None),
        ({"warrant": ["administrative", "judicial"]}, "warrant_kind", ("administrative", "judicial_unspecified")),
        ({"court_staff": ["assisted", "neither", "informed"]}, "staff_conduct", None),
        ({"role": ["witness", "victim"]}, "person_roles", (frozenset({"witness"}), frozenset({"victim_complainant"}))),
        ({"judge_informed": ["yes", "!yes"]}, "judge_informed", ("yes", "no")),  # denied: nobody outvotes anybody
        ({"judge_informed": ["yes", "yes", "!yes"]}, "judge_informed", ("yes", "no")),
        ({"judge_informed": ["!yes"]}, "judge_informed", None),
    ],
)
def test_a_dispute_leaves_every_reported_value_open(told, fact, allowed):
    assert known(**told).get(fact) == allowed


@pytest.mark.parametrize(
    ("told", "allowed"),
    [
        ({"kind": "arrest", "agency": "ice"}, ("civil_immigration",)),
        ({"kind": "sighting", "agency": "cbp"}, ("civil_immigration",)),
        ({"kind": "arrest", "agency": ["ice", "hsi"]}, ("civil_immigration",)),
        ({"kind": "arrest", "agency": "ice", "warrant": "administrative"}, ("civil_immigration",)),
        ({"kind": "arrest", "agency": "ice", "warrant": "none_shown"}, ("civil_immigration",)),
        ({"kind": "arrest", "agency": "ice", "warrant": "judicial"}, None),  # may be a criminal warrant
        ({"kind": "arrest", "agency": "ice", "warrant": ["administrative", "judicial"]}, None),
        ({"kind": "arrest", "agency": ["ice", "local_police"]}, None),
        ({"kind": "arrest", "agency": "federal_unspecified"}, None),
        ({"kind": "arrest"}, None),
        ({"agency": "ice"}, None),
        ({"kind": "other_enforcement", "agency": "ice"}, None),
    ],
)
def test_an_arrest_is_civil_when_an_immigration_agency_acts_and_no_judges_warrant_is_reported(told, allowed):
    assert known(**told).get("arrest_kind") == allowed


@pytest.mark.parametrize(
    ("told", "allowed"),
    [
        ({"proceeding": "criminal", "court_kind": "criminal"}, ("criminal",)),
        ({"proceeding": "domestic_violence", "court_kind": "criminal"}, ("criminal",)),
        ({"proceeding": "family", "court_kind": "family"}, ("non_criminal",)),
        ({"proceeding": "civil", "court_kind": "civil"}, ("non_criminal",)),
        ({"proceeding": "criminal", "court_kind": "mixed"}, None),
        ({"proceeding": "family", "court_kind": "criminal"}, None),
        ({"proceeding": "criminal"}, None),
        ({"court_kind": "criminal"}, None),
        ({"proceeding": ["criminal", "domestic_violence"], "court_kind": "criminal"}, ("criminal",)),
        ({"proceeding": ["criminal", "family"], "court_kind": "criminal"}, None),
        ({"proceeding": "criminal", "courthouse_id": "nyc-120-schermerhorn"}, ("criminal",)),  # by the gazetteer
        ({"proceeding": "criminal", "courthouse_id": ["nyc-120-schermerhorn", "nyc-60-centre"]}, None),
        ({"proceeding": "criminal", "courthouse_id": "no-such-court"}, None),
    ],
)
def test_the_use_of_the_area_follows_only_where_the_whole_courthouse_is_of_that_kind(told, allowed):
    assert known(**told).get("area_use") == allowed


def test_a_sources_telling_of_nothing_is_known_as_nothing():
    assert known() == {}
    assert place_of(incident()) == Place()


def test_a_legal_fact_keeps_the_claims_it_rests_on():
    facts = legal_facts(incident(kind="arrest", agency=["ice", "hsi"], zone=["hallway", "lobby"], warrant="none_shown"))
    by = {fact: [each.id for each in claims] for fact, claims in facts.claims.items()}
    assert by["location_zone"] == ["a-zone-hallway", "b-zone-lobby"]
    assert by["arrest_kind"] == ["a-kind-arrest", "a-agency-ice", "b-agency-hsi", "a-warrant-none_shown"]
    assert set(by) == set(facts.known)


def test_the_courthouse_looked_up_is_among_the_claims():
    facts = legal_facts(incident(proceeding="criminal", courthouse_id="nyc-120-schermerhorn"))
    assert [each.claim.attribute for each in facts.claims["area_use"]] == ["proceeding", "courthouse_id"]


def test_a_finding_can_be_traced_to_the_claims_of_the_sources():
    state = incident(
        date="2019-05-14",
        courthouse_id="nyc-120-schermerhorn",
        kind="arrest",
        agency="ice",
        zone=["hallway", "lobby"],
        warrant=["administrative", "none_shown"],
        role="defendant",
        proceeding="criminal",
        judge_informed="yes",
        purpose_stated="yes",
        court_staff=["assisted", "neither", "informed"],
        identified=["no", "yes"],
    )
    answer = evaluate(case_of_incident(state))
    assert answer.id == "i-1"
    assert [rule.id for rule in answer.in_force.certain] == ["ny-oca-directive-1-2019", "us-ice-11072.1"]
    found = {finding.provision: finding for finding in answer.findings}
    expected = {
        "ny-oca-1-2019.P1-judicial-warrant": Result.NOT_ENOUGH_KNOWN,
        "ny-oca-1-2019.P2-review": Result.NOT_ENOUGH_KNOWN,
        "ny-oca-1-2019.P3-courtroom": Result.NOT_APPLICABLE,
        "ny-oca-1-2019.P4-identify": Result.NOT_ENOUGH_KNOWN,
        "ny-oca-1-2019.P5-purpose": Result.CONSISTENT,
        "ny-oca-1-2019.P6-judge-informed": Result.CONSISTENT,
        "ny-oca-1-2019.P7-report": Result.NOT_ENOUGH_KNOWN,
        "us-ice-11072.1.P3-non-criminal-area": Result.NOT_APPLICABLE,
        "us-ice-11072.1.P4-nonpublic-area": Result.INCONSISTENT,
        "us-ice-11072.1.P5-court-security": Result.NOT_ENOUGH_KNOWN,
    }
    assert {provision: found[provision].result for provision in expected} == expected
    rests_on = answer.rests_on(found["us-ice-11072.1.P4-nonpublic-area"])
    assert list(rests_on) == ["arrest_kind", "action", "agency", "location_zone"]
    assert {each.source for each in rests_on["location_zone"]} == {"a", "b"}
    assert answer.ask_next[:2] == ("target_status", "warrant_kind")


def test_the_courthouse_decides_the_place():
    place = place_of(incident(date="2019-05-14", courthouse_id="nyc-120-schermerhorn", county="Queens", state="NJ"))
    assert place.dates == (PartialDate("2019-05-14"),)
    assert [place.possible(name) for name in ("building", "county", "state", "court_system")] == [
        *(("nyc-120-schermerhorn",), ("Kings",), ("NY",), ("ny_ucs",))
    ]


def test_several_possible_courthouses_leave_several_places():
    place = place_of(incident(courthouse_id=["nyc-120-schermerhorn", "nyc-201-varick"]))
    assert place.possible("county") == ("Kings", "New York")
    assert place.possible("state") == ("NY",)
    assert place.possible("court_system") == ("ny_ucs", "eoir")
    assert place.possible("building") == ("nyc-120-schermerhorn", "nyc-201-varick")


def test_without_a_courthouse_the_claims_about_county_and_state_stand():
    place = place_of(incident(county="Kings County", state="NY", date=["2019-05", "2019-06-01"]))
    assert (place.possible("county"), place.possible("state")) == (("Kings",), ("NY",))
    assert (place.possible("court_system"), place.possible("building")) == ((), ())
    assert place.dates == (PartialDate("2019-05"), PartialDate("2019-06-01"))


def test_every_building_that_a_rule_names_is_in_the_gazetteer():
    for building in load_rules().buildings.values():
        assert place_of(incident(courthouse_id=building.id)).possible("state"), building.id


def test_every_coded_event_attribute_is_translated_or_tested_by_no_rule():
    translated = {name for each in load_rules().reported.translations for name in each.reads}
    coded = {name for name, attribute in ATTRIBUTES.items() if attribute.of_event and attribute.values}
    assert coded - translated == {"plain_clothes", "force_used", "counsel_access", "attorney_told", "custody_outcome"}
