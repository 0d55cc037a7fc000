"""What is published of the facts is what the code says: the schema, and the class of every attribute."""

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from portico.facts import (
    ATTRIBUTES,
    EVENT_ATTRIBUTES,
    Account,
    Claim,
    DataClass,
    Reading,
    Span,
    json_schema,
    to_json,
)

ROOT = Path(__file__).parents[2]


def test_the_published_schema_is_current():
    published = ROOT / "docs" / "schema" / "facts.schema.json"
    assert json.loads(published.read_text("utf-8")) == json.loads(json.dumps(json_schema())), "run `make docs`"


def test_a_reading_fits_the_schema():
    claim = Claim(attribute="zone", value="hallway", spans=(Span(0, 4),))
    reading = Reading(
        id="x", source="0" * 64, text="0" * 64, published_on=None, reader="r", accounts=(Account(claims=(claim,)),)
    )
    schema = json_schema() | {"$ref": "#/$defs/Reading"}
    jsonschema.validate(json.loads(to_json(reading)), schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"id": 1}, schema)


def test_every_attribute_declares_its_class():
    assert all(isinstance(each.data_class, DataClass) for each in ATTRIBUTES.values())


@pytest.mark.parametrize("name", ["name", "alias", "age", "gender", "nationality", "language", "a_number", "contact"])
def test_who_people_are_is_guarded(name):
    assert ATTRIBUTES[name].data_class is DataClass.GUARDED


def test_facts_of_an_event_are_never_guarded():
    assert {ATTRIBUTES[name].data_class for name in EVENT_ATTRIBUTES} == {DataClass.CLEAR}


def test_the_published_codebook_is_current():
    made = subprocess.run([sys.executable, ROOT / "tools" / "codebook.py"], capture_output=True, check=True).stdout
    assert (ROOT / "docs" / "vocabulary.md").read_bytes() == made, "run `make docs`"
