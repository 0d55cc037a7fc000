"""What answers are made of: the values of `portico.facts` under their own names, and what stands around them.

What says who somebody is is absent: a claim about it has `guarded` and neither value nor words; in words of a source
it is blotted out, character for character, so that spans still count.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Generic, Literal, TypeVar

from portico.facts import Action, Claim, Finding, Source, Statement, Status, Value, Verification
from portico.store import Figure

T = TypeVar("T")
Words = Sequence[Sequence[tuple[str, bool]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[T]):
    """A part of a list, the newest first. next: the `after` of the next part; null when this is the last."""

    rows: tuple[T, ...]
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """How a claim stands that somebody decided.

    decision  "accept", "reject" or "correct"; null when it was undone
    by        their pseudonym in the log
    """

    decision: str | None
    by: str
    at: datetime
    value: Value | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownClaim:
    """A claim of a source.

    guarded  it says who somebody is, or cannot be read without the key: then `claim` is null and there are no words
    claim    as it stands: corrected, if it was
    words    of the document, one for each span
    decided  null while nobody has
    seen     to be sent along with a decision: it says what you saw
    """

    id: str
    account: str
    source: str
    attribute: str
    guarded: bool
    claim: Claim | None
    words: tuple[str, ...]
    decided: Decided | None
    seen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFact:
    """One fact of an incident, folded. claims: every one behind it, those that deny it too."""

    attribute: str
    status: Status
    guarded: bool
    values: tuple[Value, ...]
    claims: tuple[ShownClaim, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSource:
    """A document. locked: private, its words are under a key; erased: they were destroyed; batch: of its import."""

    source: Source
    received_at: datetime
    locked: bool
    erased: bool
    batch: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAccount:
    """One source's telling of one event: every claim that was read, rejected ones too.

    incident  null when the event is closed to the person of the token, by what another document tells of it
    """

    id: str
    source: str
    incident: str | None
    claims: tuple[ShownClaim, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDocument(ShownSource):
    """A document with its words and what was read in it. text: null when it is locked or erased."""

    text: str | None
    accounts: tuple[ShownAccount, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactInList:
    """A fact without the claims behind it."""

    attribute: str
    status: Status
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentInList:
    """An incident in a list: its coded facts and where it was. accounts, sources, undecided claims: how many."""

    id: str
    facts: tuple[FactInList, ...]
    verification: Verification
    accounts: int
    sources: int
    undecided: int
    changed: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """One incident: facts by status, with every source and the words. Lists are in order of arrival."""

    id: str
    accounts: tuple[str, ...]
    sources: tuple[ShownSource, ...]
    facts: tuple[ShownFact, ...]
    verification: Verification


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What each provision in force says of the reported facts. ask_next: legal facts, the most deciding first."""

    certain: tuple[str, ...]
    uncertain: tuple[str, ...]
    findings: tuple[Finding, ...]
    ask_next: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownStatement:
    """What somebody is reported to have said. words: of `statement.spans`."""

    id: str
    source: str
    statement: Statement
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAction:
    """A rally, a suit, a directive.

    words        of `action.spans`
    answered_by  ids of statements, actions and rules that people linked as answers to its demand
    """

    id: str
    source: str
    action: Action
    words: tuple[str, ...]
    answered_by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownProvision:
    id: str
    text: str
    modality: str
    bound_actor: str
    strength: str
    confidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRule:
    """A rule in our words, and where it was read. begins: null = not known; ends: the first day no longer in force.

    period  the same in words, with what is not certain
    """

    id: str
    name: str
    issuing_body: str
    kind: str
    begins: date | None
    ends: date | None
    period: str
    confidence: str
    read_on: date
    citations: tuple[str, ...]
    provisions: tuple[ShownProvision, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesThere:
    """The rules in force at a place on a day. courthouse: id in the gazetteer; null for a court of a county."""

    place: str
    courthouse: str | None
    day: date
    certain: tuple[ShownRule, ...]
    uncertain: tuple[ShownRule, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDefinition:
    id: str
    name: str
    version: str
    meaning: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOpen:
    """What leaves incidents open: settle it, and the two figures come closer."""

    attribute: str
    status: str
    incidents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFigure:
    """A figure by its definition. lower: what counts however the open questions are answered; upper: if all are so.

    as_of     the last day (UTC) of which the record's knowledge is counted; null = now
    base      how many incidents were looked at
    not_told  dimension → of how many incidents nobody tells it
    labels    courthouse id → its name
    """

    definition: ShownDefinition
    by: tuple[str, ...]
    as_of: date | None
    total: Figure
    rows: tuple[Figure, ...]
    base: int
    open: tuple[LeftOpen, ...]
    not_told: dict[str, int]
    labels: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Something that holds the words. title, snippet: pieces, each with whether it is one of the words."""

    kind: Literal["incident", "account", "statement", "document", "place"]
    id: str
    title: tuple[tuple[str, bool], ...]
    snippet: tuple[tuple[str, bool], ...]
    incident: str | None
    document: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits:
    """The best first, places before all. total: how many there are."""

    rows: tuple[Hit, ...]
    total: int
    page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A document that the record holds. new: false when it held it already: then nothing was written."""

    source: str
    accounts: tuple[str, ...]
    new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """incidents: what the accounts belong to now, one for each account; one id when they are one event."""

    incidents: tuple[str, ...] = field(default=())
