"""What the record gives back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from portico.facts import Account, Action, Source, SourcedClaim, Statement, Statistic


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
