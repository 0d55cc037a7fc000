"""What the record gives back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Generic, Literal, TypeVar

from portico.facts import (
    Account,
    Action,
    FactState,
    Source,
    SourcedClaim,
    Span,
    Statement,
    Statistic,
    Status,
    Value,
    Verification,
)
from portico.record import Consent
from portico.store.ids import claim_id

if TYPE_CHECKING:  # which takes longer to load than most answers of the record take
    from portico.counting import Row, Table

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What adding a document did; it is on the disk when you have this.

    source    sha256 of the document
    accounts  ids of its accounts, in the order of its text
    new       False if the record held it already: then nothing was written
    batch     names this import, for `undo`; that of a document held already is `StoredDocument.batch`
    """

    source: str
    accounts: tuple[str, ...]
    new: bool
    batch: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAccount:
    """An account as the record holds it.

    account   as decided: rejected claims left out, corrected ones replaced
    proposed  as it was read; claim number n of it has the id at place n of `claims`
    claims    the claims of `account` with their ids
    since     when the record came to hold it
    person    id of the person it tells of; says nothing about them
    incident  the event it belongs to
    decided   claim id → "accept", "reject" or "correct"
    erased    the person's keys were destroyed
    """

    id: str
    source: str
    account: Account
    proposed: Account
    claims: tuple[SourcedClaim, ...]
    since: datetime
    person: str
    incident: str
    decided: Mapping[str, str]
    erased: bool

    @property
    def told(self) -> tuple[SourcedClaim, ...]:
        """Every claim as it was read, with its id; rejected ones too."""
        return tuple(
            SourcedClaim(id=claim_id(self.id, place), account=self.id, source=self.source, claim=claim)
            for place, claim in enumerate(self.proposed.claims)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What somebody decides about one claim.

    value  for "correct": what holds
    spans  for "correct": the words that it rests on; empty = those that were read
    seen   `StoredDecision.changed` when they looked, 0 if nobody had decided; None = whatever others did meanwhile
    """

    claim: str
    decision: Literal["accept", "reject", "correct"]
    value: Value | None = None
    reason: str | None = None
    spans: tuple[Span, ...] = ()
    seen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDecision:
    """How a claim stands that somebody has decided.

    decision  "accept", "reject" or "correct"; None when that was undone
    value     of a correction, and `reason`: what was typed; None where it is locked
    together  how many decisions its batch made, as far as can be told at a glance: undoing it undoes them all
    changed   grows with every change: two that are equal have seen the same
    """

    claim: str
    decision: str | None
    actor: str
    at: datetime
    batch: str
    changed: int
    value: Value | None = None
    reason: str | None = None
    together: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDocument:
    """A document as the record holds it.

    source       what is known of it; of a private one without its key, only what names nobody
    text         None when it is locked, or was removed
    received_at  UTC instant
    reading      id of its reading: the file's name without its ending; None when locked
    locked       it is private, and its key is not here or was destroyed
    erased       its key was destroyed, or its original removed: what is left is its hash and the coded facts
    """

    source: Source
    text: str | None
    received_at: datetime
    reading: str | None
    locked: bool
    erased: bool
    batch: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredStatement:
    """A statement with its id and its source."""

    id: str
    source: str
    statement: Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAction:
    """An action with its id and its source."""

    id: str
    source: str
    action: Action


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredStatistic:
    """A statistic with its id and its source."""

    id: str
    source: str
    statistic: Statistic


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPerson:
    """A person of an account. name: as the source writes it; None when it gives none."""

    id: str
    name: str | None
    account: str
    source: str
    incident: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredConsent:
    """What a person, or who sent a document, last said about a purpose.

    subject  id of the person, sha256 of the document
    actor    who recorded it, and `at` when
    how      how they said it; None where nothing was typed, or it is locked
    """

    subject: str
    consent: Consent
    actor: str
    at: datetime
    how: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A person or document that nothing keeps: a person decides whether it is erased. since: the first such day."""

    subject: str
    since: date
    consents: tuple[StoredConsent, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableImport:
    """One import of tables, by numbers and hashes: it names no file and quotes no cell.

    id           of the import, which names its batch too
    fingerprint  of the profile; importer: what read the files, with its version
    files        sha256 of each; report: sha256 of the row report that lies beside the rows
    altered      cells whose value is not what is written
    """

    id: str
    profile: str
    version: int
    fingerprint: str
    importer: str
    files: tuple[str, ...]
    report: str
    rows_in: int
    rows_stored: int
    rows_rejected: int
    altered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredImport:
    """An import that stands, and who made it when. at: UTC instant."""

    tables: TableImport
    at: datetime
    actor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry:
    """One line of a history. details: what the entry says, in words where the key is there."""

    sequence: int
    at: datetime
    actor: str
    type: str
    subject: str
    batch: str
    details: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """What an id, or the beginning of one, names.

    kind  document, account, claim, incident, statement, action, statistic, person or batch
    """

    kind: str
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """What an erasure did, or would do.

    persons           ids of the persons whose keys were destroyed
    documents         sha256 of private documents that printed the name: now tombstones, their coded facts remain
    keys              how many data keys were destroyed
    still_printing    sha256 of public originals that still print the name
    removed           sha256 of public originals whose bytes were removed
    entries           numbers of entries whose payload lost words of the person
    pending           an old copy is still in a write-ahead log that another process reads; it goes when that one closes
    """

    persons: tuple[str, ...]
    documents: tuple[str, ...]
    keys: int
    still_printing: tuple[str, ...]
    removed: tuple[str, ...]
    entries: tuple[int, ...]
    dry_run: bool
    pending: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """The projections made again from the log. equal: byte for byte; digest: sha256 of their canonical form."""

    equal: bool
    entries: int
    rows: int
    digest: str
    differing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[T]):
    """A part of a list. offset: how many come before it; total: how many there are in all."""

    rows: tuple[T, ...]
    total: int
    offset: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentFilter:
    """Which incidents are asked for; each must hold, of several cells any will do, and none asks for nothing.

    courthouse    gazetteer ids
    county        with or without the word "County"
    state         USPS codes
    verification  "reported", …
    since, until  local days, which count too: what may have happened on one of them
    undecided     True: with claims that nobody has decided; False: without

    An incident of which a fact is disputed is found by each of its values.
    """

    courthouse: tuple[str, ...] = ()
    county: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    zone: tuple[str, ...] = ()
    agency: tuple[str, ...] = ()
    verification: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    undecided: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRow:
    """An incident in a list: its coded facts without the claims behind them, and how it stands.

    facts      those that somebody tells, in the order of the vocabulary; of the claims only those that deny a fact
    accounts, sources  how many accounts and documents tell of it
    undecided  how many of its claims nobody has decided
    changed    UTC instant of the last entry that changed it
    """

    id: str
    facts: tuple[FactState, ...]
    verification: Verification
    accounts: int
    sources: int
    undecided: int
    changed: datetime

    def fact(self, attribute: str) -> FactState:
        """The fact; of status unknown when nobody tells of it."""
        told = next((fact for fact in self.facts if fact.attribute == attribute), None)
        return told or FactState(attribute=attribute, status=Status.UNKNOWN)

    def values(self, attribute: str) -> tuple[Value, ...]:
        return self.fact(attribute).values


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxItem:
    """An incident that needs a person.

    documents    sha256 of those that tell of it, in order of arrival
    received_at  when the last of them came in, UTC
    near         ids of incidents on the same day in the same building or county, at most five: compare them
    """

    incident: IncidentRow
    documents: tuple[str, ...]
    received_at: datetime
    near: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox(Page[InboxItem]):
    """A page of what needs a person; the numbers are of all of it, not of the page.

    total   incidents with claims that nobody has decided
    claims  those claims
    alike   incidents of the whole record that share their one day and county with another
    """

    claims: int
    alike: int


Kind = Literal["incident", "account", "statement", "document", "place"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """Something that holds what was searched for.

    id        of the incident, account, statement, document (sha256) or courthouse
    title     its words in short, and
    snippet   where the words stand: pieces, each with whether it is one of the words
    incident  of an incident or an account
    document  sha256 of the document, where the words are of one alone
    rank      higher is better; only ranks of one search compare
    """

    kind: Kind
    id: str
    title: tuple[tuple[str, bool], ...]
    snippet: tuple[tuple[str, bool], ...]
    incident: str | None
    document: str | None
    rank: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A lower and an upper figure, as of a `portico.counting.Row`, without the incidents behind them."""

    cells: tuple[str, ...]
    lower: int
    upper: int

    @classmethod
    def of(cls, row: "Row") -> "Figure":
        return cls(cells=row.cells, lower=row.lower, upper=row.upper)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """A `portico.counting.Table` with numbers in place of the incidents.

    open      (attribute, status, how many incidents it leaves open), the most frequent first
    not_told  dimension → of how many incidents nobody tells it
    """

    definition: str
    version: str
    name: str
    meaning: str
    unit: Literal["events", "people"]
    by: tuple[str, ...]
    where: Mapping[str, tuple[str, ...]]
    total: Figure
    rows: tuple[Figure, ...]
    base: int
    open: tuple[tuple[str, str, int], ...]
    not_told: Mapping[str, int]
    labels: Mapping[str, str]

    @classmethod
    def of(cls, table: "Table") -> "Figures":
        """The numbers of a count, without the incidents behind them."""
        return cls(
            definition=table.definition,
            version=table.version,
            name=table.name,
            meaning=table.meaning,
            unit=table.unit,
            by=table.by,
            where=table.where,
            total=Figure.of(table.total),
            rows=tuple(map(Figure.of, table.rows)),
            base=table.base,
            open=tuple((each.attribute, each.status, len(each.incidents)) for each in table.open),
            not_told={each.attribute: len(each.incidents) for each in table.not_told},
            labels=table.labels,
        )
