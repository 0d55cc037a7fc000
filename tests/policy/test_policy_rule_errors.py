"""A rule book with one wrong line is refused whole, and the message says where, what and what may stand there."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from portico.policy import RuleError, UnknownRuleError, load_rules, rule

DATA = Path(__file__).parents[2] / "src" / "portico" / "policy" / "data"
CO, OCA, ICE = "rules/co-crs-13-1-403.yaml", "rules/ny-oca-2017-protocol.yaml", "rules/us-ice-11072.1.yaml"

# file, what stands there, what is put instead, key of the message, words of the message
BROKEN = [
    (
        CO,
        "fact: agents_stated_purpose",
        "fact: agents_said_why",
        "provisions[1].satisfied_if.all[1].fact",
        "one of arrest",
    ),
    (
        CO,
        "in: ['yes']}\n    - {fact: agents_stated",
        "in: [sure]}\n    - {fact: agents_stated",
        "in[0]",
        "one of yes, no",
    ),
    (CO, "ref: environs", "ref: surroundings", "provisions[0].applies_if.all[1].any[0].ref", "one of civil_arrest"),
    (CO, "{ref: judicial_warrant_any}", "{refers: judicial_warrant_any}", "provisions[0].satisfied_if", "a condition"),
    (CO, "{ref: judicial_warrant_any}", "{ref: environs, x: 1}", "provisions[0].satisfied_if.x", "a comma starts"),
    (CO, "{ref: judicial_warrant_any}", "{all: []}", "provisions[0].satisfied_if.all", "at least one condition"),
    (CO, "{ref: judicial_warrant_any}", "{local_law: kept}", "satisfied_if.local_law", "none_inconsistent"),
    (CO, "{ref: judicial_warrant_any}", "{const: perhaps}", "satisfied_if.const", "one of true, false"),
    (CO, "{ref: judicial_warrant_any}", "{fact: warrant_kind}", "satisfied_if", "the key in for the fact warrant_kind"),
    (CO, "{ref: judicial_warrant_any}", "{fact: distance_m, lte: near}", "satisfied_if.lte", "a number"),
    (CO, "{ref: judicial_warrant_any}", "{fact: counsel_access, in: [given]}", "satisfied_if.fact", "only recorded"),
    (CO, "{ref: judicial_warrant_any}", "{fact: person_roles, in: [party]}", "satisfied_if", "the key has_any"),
    (
        CO,
        "[agency, location_zone, visit_recorded_by_court_staff]",
        "[agency, location_zone]",
        "facts_needed",
        "exactly",
    ),
    (CO, "[agency, location_zone, visit", "[agency, agency, location_zone, visit", "facts_needed", "each once"),
    (CO, "id: co-crs-13-1-403", "id: co-crs-13", "id", "as the file is named"),
    (CO, "kind: statute", "kind: law", "kind", "one of statute, court_rule"),
    (CO, "modality: requires", "modality: asks", "provisions[1].modality", "one of forbids"),
    (CO, "strength: hard", "strength: firm", "provisions[0].strength", "one of hard, soft"),
    (CO, "bound_actor: courthouse security", "bound_actor:", "provisions[2].bound_actor", "some words"),
    (CO, "confidence: high\nverified", "confidence: fair\nverified", "confidence", "one of high, medium, low"),
    (CO, "in_force_from: 2020-03-23", "in_force_from: 2020-02-30", "in_force_from", "a day that can be"),
    (CO, "in_force_from: 2020-03-23", "in_force_from: null", "in_force_from", "in_force_from_earliest"),
    (CO, "in_force_to: null", "in_force_to: 2020-03-01", "in_force_to", "after the first day in force"),
    (
        CO,
        "in_force_to: null",
        "in_force_from_earliest: 2021-01-01\nin_force_to: null",
        "in_force_from_earliest",
        "before",
    ),
    (
        CO,
        "in_force_to: null",
        "may_be_in_force_again_after: 2026-01-01",
        "may_be_in_force_again_after",
        "after in_force_to",
    ),
    (CO, "from_boundary_uncertain: true", "from_boundary_unsure: true", "from_boundary_unsure", "a key of the README"),
    (
        CO,
        "court_systems: [state_or_local]",
        "court_systems: [county_court]",
        "jurisdiction.court_systems",
        "one of ny_ucs",
    ),
    (CO, "court_systems: [state_or_local]", "court_systems: []", "jurisdiction.court_systems", "at least one value"),
    (
        CO,
        "court_systems: [state_or_local]",
        "disputed_court_systems: [eoir]",
        "jurisdiction.court_systems",
        "surely reaches",
    ),
    (CO, "state: CO", "state: CO\n  states: [CO]", "jurisdiction.states", "one key for the state"),
    (CO, "state: CO", "buildings: [some-court]", "jurisdiction.buildings", "an id of buildings.yaml"),
    (CO, "country: US", "country: CA", "jurisdiction.country", "one of US"),
    (
        CO,
        "url: https://leg.colorado.gov/bills/sb25-276",
        "precision: page",
        "citations[2].precision",
        "one of site, none",
    ),
    (CO, "- url: https://leg.colorado.gov/bills/sb25-276\n  note", "- note", "citations[2]", "the address of the page"),
    (CO, "read_on: 2026-11-24", "read_on: lately", "read_on", "a day that can be"),
    (CO, "where: [", "where: {", "line", "YAML"),
    (CO, "kind: statute", "kind: statute\nkind: statute", "line 1", "a key stands twice"),
    (CO, "id: co-13-1-403.P3-record", "id: co-13-1-403.P1", "provisions[2].id", "no other provision"),
    (
        OCA,
        "superseded_by: [ny-oca-directive-1-2019]",
        "superseded_by: [ny-gone]",
        "superseded_by[0]",
        "the id of a rule",
    ),
    (OCA, "superseded_by: [ny-oca-directive-1-2019]\n", "", "supersedes[0]", "links agree both ways"),
    (
        OCA,
        "in_force_to: 2019-04-17",
        "in_force_to: 2019-06-01",
        "superseded_by",
        "not certain while its predecessor is",
    ),
    (OCA, "  satisfied_if: {const: false}\n", "", "provisions[3].satisfied_if", "evaluable: false"),
    (OCA, "when: {fact", "whenever: {fact", "provisions[3].exceptions[0].when", "a block of keys"),
    ("named_conditions.yaml", "arrest_kind, in", "arrest_sort, in", "civil_arrest.all[0].fact", "one of arrest_kind"),
    ("vocabulary.yaml", "presume: 'yes'", "presume: perhaps", "facts.attending_good_faith.presume", "one of yes, no"),
    (
        "vocabulary.yaml",
        "values: [before, during",
        "values: [before, before",
        "facts.proceeding_stage.values",
        "each once",
    ),
    (
        "vocabulary.yaml",
        "values: [before, during",
        "values: [unknown, during",
        "facts.proceeding_stage.values",
        "without `unknown`",
    ),
    ("vocabulary.yaml", "  ice_aor:\n", "  ice_area:\n", "place.ice_area", "one of country, date"),
    ("vague.yaml", "agency:", "agent:", "agent", "one of arrest_kind"),
    ("vague.yaml", "federal_unspecified:", "some_federal:", "agency.some_federal", "one of ice_ero"),
    ("buildings.yaml", "name: New York Varick", "title: New York Varick", "nyc-201-varick.name", "some words"),
    ("related.yaml", "from: 2011-10-24", "from: long ago", "[0].from", "a day that can be"),
    ("watchlist.yaml", "status: proposed", "state: proposed", "[0].status", "some words"),
    ("litigation.yaml", "- case:", "case:", "line", "YAML"),
    ("not_found.yaml", "notes: >-", "note: >-", "notes", "some words"),
    ("reported_to_legal.yaml", "reported: zone", "reported: spot", "facts[1].reported", "one of kind"),
    ("reported_to_legal.yaml", "legal: location_zone", "legal: zone", "facts[1].legal", "one of arrest_kind"),
    ("reported_to_legal.yaml", "    hallway: [public_interior]\n", "", "facts[1].values", "every code of zone"),
    (
        "reported_to_legal.yaml",
        "hallway: [public_interior]",
        "hallway: [hall]",
        "facts[1].values.hallway[0]",
        "one of courtroom",
    ),
    ("reported_to_legal.yaml", "agency: [ice, hsi", "agency: [dhs, hsi", "together[0].when.agency[0]", "one of ice"),
    ("reported_to_legal.yaml", "legal: arrest_kind", "legal: action", "together[0].value", "one of arrest"),
    (
        *("reported_to_legal.yaml", "- legal: arrest_kind"),
        "- {legal: action, value: arrest, when: {kind: [arrest]}}\n- legal: arrest_kind",
        *("", "one way for each legal fact"),
    ),
    (
        *(
            "reported_to_legal.yaml",
            "- legal: arrest_kind",
            "- {legal: area_use, value: mixed, when: {}}\n- legal: arrest_kind",
        ),
        *("together[0].when", "the reported codes"),
    ),
    ("reported_to_legal.yaml", "hallway: [public_interior]", "hallway: public_interior", "values.hallway", "a list"),
    ("watchlist.yaml", "- place: MI", "place: MI", "line", "YAML"),
    ("related.yaml", "- id: us-ice-10029.2", "us-ice-10029.2:\n- id: us-ice-10029.2", "", "a list"),
    (CO, "\ncitations:", "\ncitations: []\nold:", "old", "a key of the README"),
    ("reported_to_legal.yaml", "legal: action", "legal: area_use", "facts[0].values.arrest[0]", "one of criminal"),
    (
        "reported_to_legal.yaml",
        "legal: area_use  # only",
        "legal: warrant_kind  # only",
        "together[1].value",
        "one of judicial",
    ),
]


@pytest.fixture
def copy(tmp_path: Path) -> Callable[[str, str, str], Path]:
    """A rule book with one text put in the place of another."""

    def broken(file: str, old: str, new: str) -> Path:
        folder = shutil.copytree(DATA, tmp_path / "data")
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text, f"{file} does not say {old!r}"
        (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
        return folder

    return broken


@pytest.mark.parametrize(
    ("file", "old", "new", "key", "wanted"), BROKEN, ids=lambda text: re.sub(r"\s+", " ", text)[:30]
)
def test_a_broken_file_is_refused_with_its_place(copy, file, old, new, key, wanted):
    with pytest.raises(RuleError) as refused:
        load_rules(copy(file, old, new))
    error = refused.value
    # A link that one side has dropped is found in the file that still has it.
    assert error.file.name == (file.split("/")[-1] if key != "supersedes[0]" else "ny-oca-directive-1-2019.yaml")
    assert key in error.key
    assert wanted in f"{error.found} {error.wanted}"
    message = str(error)
    assert message.startswith(f"{error.file.name}, {error.key or 'the whole file'}: ")
    assert "No rule was loaded" in message
    assert "the record is unchanged" in message
    assert "Correct the file" in message
    assert error.exit_status == 3


def test_the_data_that_comes_with_portico_loads_from_a_copy_too(copy):
    folder = copy(CO, "kind: statute", "kind: statute")
    assert [each.id for each in load_rules(folder).rules] == [each.id for each in load_rules().rules]


def test_a_file_that_is_gone_not_text_or_empty_is_refused(copy):
    folder = copy(CO, "kind: statute", "kind: statute")
    (folder / CO).write_bytes(b"id: \xff\xfe")
    with pytest.raises(RuleError, match=r"co-crs-13-1-403.yaml, byte 4: .* not UTF-8"):
        load_rules(folder)
    (folder / CO).write_bytes(b"")
    with pytest.raises(RuleError, match=r"co-crs-13-1-403.yaml, the whole file: nothing .* a block of keys"):
        load_rules(folder)
    (folder / "vocabulary.yaml").unlink()
    with pytest.raises(RuleError, match=r"vocabulary.yaml, the whole file: No such file"):
        load_rules(folder)


def test_a_book_without_rules_is_no_book(copy):
    folder = copy(CO, "kind: statute", "kind: statute")
    shutil.rmtree(folder / "rules")
    with pytest.raises(RuleError, match=r"rules, the whole file: no file .* at least one rule"):
        load_rules(folder)


def test_a_rule_that_is_not_there_is_named_with_those_like_it():
    with pytest.raises(
        UnknownRuleError, match=r"no rule 'us-ice-11072'.*Did you mean us-ice-11072.*Nothing|us-ice-11072"
    ):
        rule("us-ice-11072")
    with pytest.raises(UnknownRuleError, match="`portico rules` lists"):
        rule("???")
    with pytest.raises(UnknownRuleError):
        load_rules().provision("nothing")
