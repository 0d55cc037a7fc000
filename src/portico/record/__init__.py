"""The record: what the claims about one event fold to, how far it is confirmed, and what we knew when.

>>> from portico.facts import Claim, SourcedClaim
>>> def says(source, value):
...     claim = Claim(attribute="zone", value=value, spans=(), origin="person:1")
...     return SourcedClaim(id=f"{source} {value}", account=source, source=source, claim=claim)
>>> told = [says("paper", "hallway"), says("union", "inside_unspecified"), says("agency", "lobby")]
>>> fold(told, id="incident-1").fact("zone").status.value, fold(told, id="incident-1").values("zone")
('disputed', ('hallway', 'lobby'))
>>> fold(told[:2], id="incident-1").fact("zone").status.value, fold(told[:2], id="incident-1").values("zone")
('agreed', ('hallway',))
"""

from portico.record.clocks import Held, as_of
from portico.record.consent import ANSWERS, NAMING, PURPOSES, Consent, Consenting, Purpose, allows, due_since
from portico.record.demands import answered, demands, may_answer, unanswered
from portico.record.fold import fold
from portico.record.ledger import Positions, SourcedStatement, ledger, may_be, said_since
from portico.record.position import Origin, by_source
from portico.record.verification import (
    Suggestion,
    VerificationDecision,
    VerificationError,
    decide,
    may_follow,
    suggest_verification,
    verification_of,
    why_not,
)
from portico.record.witnesses import Witness, witnesses

__all__ = [
    "ANSWERS",
    "NAMING",
    "PURPOSES",
    "Consent",
    "Consenting",
    "Held",
    "Origin",
    "Positions",
    "Purpose",
    "SourcedStatement",
    "Suggestion",
    "VerificationDecision",
    "VerificationError",
    "Witness",
    "allows",
    "answered",
    "as_of",
    "by_source",
    "decide",
    "demands",
    "due_since",
    "fold",
    "ledger",
    "may_answer",
    "may_be",
    "may_follow",
    "said_since",
    "suggest_verification",
    "unanswered",
    "verification_of",
    "why_not",
    "witnesses",
]
