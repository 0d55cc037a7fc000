"""Each form of condition answers true, false or unknown as the README of the data says."""

from itertools import product
from pathlib import Path

import pytest

from portico.facts import Truth
from portico.policy import known_facts, load_rules
from portico.policy.compiling import Compiler
from portico.policy.conditions import Condition, World
from portico.policy.errors import At
from portico.policy.yaml_text import read_yaml

BOOK = load_rules()
T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
CONST = {T: "{const: true}", F: "{const: false}", U: "{fact: hot_pursuit, in: ['yes']}"}


def compiled(text: str) -> Condition:
    compiler = Compiler(vocabulary=BOOK.vocabulary, named=BOOK.named_conditions)
    return compiler.condition(read_yaml(text), At(Path("test.yaml")))


ZONE = "{fact: location_zone, in: [courtroom, public_interior], maybe: [entrance]}"
ROLES = "{fact: person_roles, has_any: [party, witness], maybe_any: [victim_complainant]}"
NEAR = "{fact: distance_m, lte: 1609}"
NEVER = "{fact: warrant_kind, in: [], maybe: [judicial_federal]}"
ALL_VALUES = "{fact: judge_informed, in: ['yes', 'no']}"


@pytest.mark.parametrize(
    ("condition", "facts", "answer"),
    [
        (ZONE, {}, U),
        (ZONE, {"location_zone": "unknown"}, U),
        (ZONE, {"location_zone": "courtroom"}, T),
        (ZONE, {"location_zone": "entrance"}, U),
        (ZONE, {"location_zone": "grounds"}, F),
        (ZONE, {"location_zone": {"any_of": ["courtroom", "public_interior"]}}, T),
        (ZONE, {"location_zone": {"any_of": ["grounds", "elsewhere"]}}, F),
        (ZONE, {"location_zone": {"any_of": ["courtroom", "grounds"]}}, U),
        (ZONE, {"location_zone": {"any_of": ["courtroom", "entrance"]}}, U),
        (ZONE, {"location_zone": {"any_of": ["courtroom"]}}, T),
        (ROLES, {}, U),
        (ROLES, {"person_roles": ["juror", "witness"]}, T),
        (ROLES, {"person_roles": ["juror", "victim_complainant"]}, U),
        (ROLES, {"person_roles": ["party", "victim_complainant"]}, T),
        (ROLES, {"person_roles": ["juror"]}, F),
        (ROLES, {"person_roles": {"any_of": [["juror", "party"], "witness"]}}, T),
        (ROLES, {"person_roles": {"any_of": ["juror", ["party"]]}}, U),
        (NEAR, {}, U),
        (NEAR, {"distance_m": 1609}, T),
        (NEAR, {"distance_m": "1609.5"}, F),
        (NEAR, {"distance_m": {"any_of": [1, 2000]}}, U),
        (NEVER, {"warrant_kind": "judicial_federal"}, U),
        (NEVER, {"warrant_kind": "none"}, F),
        (ALL_VALUES, {}, U),  # even where the lists name every value
        (ALL_VALUES, {"judge_informed": {"any_of": ["yes", "no"]}}, T),
        ("{ref: inside}", {"location_zone": "courtroom"}, T),
        ("{ref: inside}", {}, U),
        ("{not: {ref: inside}}", {"location_zone": "grounds"}, T),
    ],
)
def test_a_test_of_a_fact(condition, facts, answer):
    assert compiled(condition).holds(World(known_facts(facts))) is answer


@pytest.mark.parametrize(("one", "other"), list(product(CONST, CONST)), ids=lambda truth: truth.value)
def test_all_any_and_not_are_kleenes(one, other):
    both, either = (compiled(f"{{{form}: [{CONST[one]}, {CONST[other]}]}}").holds(World({})) for form in ("all", "any"))
    negated = compiled(f"{{not: {{any: [{CONST[one]}, {CONST[other]}]}}}}").holds(World({}))
    rank = [F, U, T]
    assert both is min(one, other, key=rank.index)
    assert either is max(one, other, key=rank.index)
    assert negated is rank[2 - rank.index(either)]


@pytest.mark.parametrize("law", [T, F, U])
def test_local_law_is_what_the_other_provisions_say(law):
    assert compiled("{local_law: none_inconsistent}").holds(World({}, law)) is law


def test_a_condition_names_the_facts_it_reads_each_once_in_reading_order():
    condition = compiled(
        "{any: [{ref: civil_arrest}, {not: {ref: inside}}, {fact: action, in: [search]}, {const: true}]}"
    )
    assert condition.facts == ("arrest_kind", "action", "location_zone")
