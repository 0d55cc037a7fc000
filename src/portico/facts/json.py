"""Facts as JSON and back: canonical bytes, and the published schema."""

from typing import Any, TypeVar

import msgspec

from portico.facts.claims import Reading
from portico.facts.states import Finding, IncidentState
from portico.facts.text import Source

T = TypeVar("T")

SCHEMA_VERSION = 1


def to_json(fact: object) -> bytes:
    """Canonical JSON: keys sorted, UTF-8, no spaces. Equal facts give equal bytes."""
    return msgspec.json.encode(fact, order="sorted")


def from_json(encoded: bytes | str, kind: type[T]) -> T:
    """The fact again. Raises msgspec.ValidationError, naming the path, when it is not of that kind."""
    return msgspec.json.decode(encoded, type=kind)


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of everything that leaves or enters as JSON, under `$defs`."""
    _, definitions = msgspec.json.schema_components(
        [Source, Reading, IncidentState, Finding], ref_template="#/$defs/{name}"
    )
    return {
        "$comment": "Made from portico.facts by `make docs`; do not edit.",
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Portico facts, version {SCHEMA_VERSION}",
        "$defs": dict(sorted(definitions.items())),
    }
