"""The words of the record as immutable values: sources, spans, claims, accounts, states, findings. No input or output.

>>> Claim(attribute="zone", value="hallway", spans=(Text("in the hallway").span(7, 14, "hallway"),)).possible
('hallway',)
"""

from portico.facts.claims import (
    Account,
    Action,
    Claim,
    Demand,
    Hedge,
    Reading,
    Statement,
    Statistic,
    Value,
    identify,
    spans_of,
)
from portico.facts.dates import DateError, PartialDate, Precision
from portico.facts.errors import PorticoError
from portico.facts.json import from_json, json_schema, to_json
from portico.facts.refinement import LEFT_OPEN, compatible, covers, left_open
from portico.facts.states import (
    FactState,
    Finding,
    IncidentState,
    Result,
    SourcedClaim,
    Status,
    Verification,
)
from portico.facts.text import Source, Span, SpanError, Text
from portico.facts.truth import Truth, all_true, any_true, same_for_all, truth
from portico.facts.vocabulary import (
    ACTION_KINDS,
    ATTRIBUTES,
    EVENT_ATTRIBUTES,
    HEDGES,
    MASKED,
    PERSON_ATTRIBUTES,
    Attribute,
    DataClass,
    check_value,
)

__all__ = [
    "ACTION_KINDS",
    "ATTRIBUTES",
    "EVENT_ATTRIBUTES",
    "HEDGES",
    "LEFT_OPEN",
    "MASKED",
    "PERSON_ATTRIBUTES",
    "Account",
    "Action",
    "Attribute",
    "Claim",
    "DataClass",
    "DateError",
    "Demand",
    "FactState",
    "Finding",
    "Hedge",
    "IncidentState",
    "PartialDate",
    "PorticoError",
    "Precision",
    "Reading",
    "Result",
    "Source",
    "SourcedClaim",
    "Span",
    "SpanError",
    "Statement",
    "Statistic",
    "Status",
    "Text",
    "Truth",
    "Value",
    "Verification",
    "all_true",
    "any_true",
    "check_value",
    "compatible",
    "covers",
    "from_json",
    "identify",
    "json_schema",
    "left_open",
    "same_for_all",
    "spans_of",
    "to_json",
    "truth",
]
