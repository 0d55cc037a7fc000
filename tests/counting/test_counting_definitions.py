"""Definitions as files: those that come with Portico, and what is refused in a file of one's own."""

from importlib.resources import files

import pytest

from portico.counting import (
    Definition,
    DefinitionError,
    definitions,
    find_definition,
    load_definition,
    table_definitions,
)
from portico.facts import PorticoError, Verification

SHIPPED = (files("portico.counting") / "definitions" / "inside-only.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "definition", [*definitions().values(), *table_definitions().values()], ids=lambda each: each.id
)
def test_every_definition_says_in_words_what_counts_and_who_counts_so(definition):
    assert definition.meaning.endswith(".")
    assert definition.follows
    assert all(each.publisher == "Portico" or (each.source and each.read_on) for each in definition.follows)
    assert (files("portico.counting") / "definitions" / f"{definition.id}.yaml").is_file()


def test_the_definitions_differ_as_their_publishers_do():
    assert set(definitions()) >= {"arrests-only", "arrests-and-attempts", "with-sightings", "inside-only"}
    assert find_definition("with-sightings").kinds == ("arrest", "attempted_arrest", "sighting")
    assert find_definition("arrests-only").zones == "any"
    assert "entrance" not in find_definition("inside-only").zones
    assert find_definition("inside-only").least_verification is Verification.CORROBORATED


def test_a_name_that_does_not_exist_lists_those_that_do():
    with pytest.raises(DefinitionError) as refused:
        find_definition("arrests")
    assert isinstance(refused.value, PorticoError)
    assert refused.value.exit_status == 2
    assert str(refused.value) == (
        f"arrests: there is no definition of that name. Nothing was counted. There are: {', '.join(definitions())}. "
        f"Of imported tables: {', '.join(table_definitions())}."
    )


def test_a_definition_of_ones_own_is_a_file(tmp_path):
    file = tmp_path / "ours.yaml"
    file.write_text(SHIPPED.replace("unit: events", "unit: events\nfrom: 2019-01-01\nstates: [NY]"), encoding="utf-8")
    loaded = load_definition(file)
    assert isinstance(loaded, Definition)
    assert loaded.states == ("NY",)
    assert str(loaded.start) == "2019-01-01"


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("kinds: [arrest]", "kinds: [raid]", "kinds: 'raid' is none of arrest, attempted_arrest"),
        ("kinds: [arrest]", "kinds: []", "kinds: the list is empty, so nothing could count"),
        ("kinds: [arrest]", "kind: [arrest]", "Object contains unknown field `kind`"),
        ("unit: events", "unit: rows", "Invalid enum value 'rows' - at `$.unit`"),
        ("unit: events", "unit: people", "people_when_not_said: needed with unit people, and only then"),
        ("unit: events", "unit: events\nfrom: last year", "Invalid RFC3339 encoded date - at `$.from`"),
        (
            "unit: events",
            "unit: events\nfrom: 2019-02-01\nbefore: 2019-01-01",
            "before: 2019-01-01 does not come after from: 2019-02-01, so nothing could count",
        ),
        ("least_verification: corroborated", "least_verification: refuted", "refuted is not a degree of confirmation"),
        ("id: inside-only", "id: [", "while parsing a flow"),
    ],
)
def test_a_broken_definition_says_what_and_where(tmp_path, old, new, problem):
    file = tmp_path / "ours.yaml"
    file.write_text(SHIPPED.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DefinitionError) as refused:
        load_definition(file)
    assert str(refused.value).startswith("ours.yaml: ")
    assert problem in str(refused.value)
    assert str(refused.value).endswith("Nothing was counted. Correct the file and count again.")


OF_TABLES = (files("portico.counting") / "definitions" / "court-arrests-floor.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("table: ero-arrests/arrests", "table: ero-arrests", "'ero-arrests' is not written as profile/table"),
        ("[state_local_court, federal_court, immigration_court]", "[]", "where: landmark_class lists no cell"),
        ("day: apprehension_date", "from: 2017-01-01", "from, before: the definition names no column of the day"),
        ("floor: true", "kinds: any", "Object contains unknown field `kinds`"),
        ("floor: true", "from: 2019-02-01\nbefore: 2019-01-01", "so nothing could count"),
    ],
)
def test_a_broken_definition_of_tables_says_what_and_where(tmp_path, old, new, problem):
    file = tmp_path / "ours.yaml"
    file.write_text(OF_TABLES.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DefinitionError) as refused:
        load_definition(file)
    assert problem in str(refused.value)
    assert str(refused.value).endswith("Nothing was counted. Correct the file and count again.")
