"""What the entries of the log say: one dataclass for each type, with what is guarded put under keys.

The clear part is what we count. Who people are goes under the person's key, the words of a private document under the
document's. Without the keys a masked form stands in their place, so that everything else still works.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import Literal

from portico.facts import (
    ATTRIBUTES,
    MASKED,
    Account,
    Action,
    Claim,
    DataClass,
    DateError,
    PartialDate,
    Source,
    Span,
    Statement,
    Statistic,
    Value,
)
from portico.places import Answer, load_gazetteer
from portico.record import Consenting, Purpose
from portico.store.values import TableImport

Decision = Literal["accept", "reject", "correct"]
_TIME = re.compile(r"[0-2]\d:[0-5]\d\Z", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """Words under keys. keys: ids of data keys, all of which are needed; sealed: ciphertext."""

    keys: tuple[str, ...]
    sealed: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentReceived:
    """source_received: a document, and what it tells beside its accounts.

    key   subject of the document's keys if it is private, else empty
    name  the file's name without its ending
    text  sha256 of the text
    box   a `DocumentWords` if private
    """

    batch: str
    source: Source
    reader: str
    key: str = ""
    name: str | None = None
    text: str | None = None
    language: str | None = None
    statements: tuple[Statement, ...] = ()
    actions: tuple[Action, ...] = ()
    statistics: tuple[Statistic, ...] = ()
    box: Box | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentWords:
    """What of a private document is guarded: everything that somebody wrote."""

    source: Source
    name: str | None
    text: str | None
    statements: tuple[Statement, ...]
    actions: tuple[Action, ...]
    statistics: tuple[Statistic, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountProposed:
    """account_proposed: one account, its claims masked where they are guarded.

    position     of the account in the reading
    person       subject of the keys of the person it tells of
    person_box   place among the claims → the whole claim, for who the person is
    words_box    the same for other claims of a private document
    """

    batch: str
    source: str
    position: int
    person: str
    claims: tuple[Claim, ...]
    person_box: Box | None = None
    words_box: Box | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimDecided:
    """claim_accepted, claim_rejected, claim_corrected.

    spans  of a correction that rests on other words; empty = those that were read
    box    a `Given`, for a reason or a guarded value
    """

    batch: str
    claim: str
    account: str
    decision: Decision
    attribute: str
    value: Value | None = None
    box: Box | None = None
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a person typed: a value, a reason."""

    value: Value | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountsLinked:
    """accounts_linked: two accounts tell of one event, and so do those already linked with either."""

    batch: str
    accounts: tuple[str, str]
    box: Box | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountUnlinked:
    """accounts_unlinked: an account tells of an event of its own."""

    batch: str
    account: str
    box: Box | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountsKeptApart:
    """accounts_kept_apart: two accounts tell of different events, so they are not proposed as one again."""

    batch: str
    accounts: tuple[str, str]
    box: Box | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentVerified:
    """incident_verified: how far people have confirmed it."""

    batch: str
    incident: str
    verification: str
    box: Box | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportUndone:
    """import_undone: everything that another batch did no longer holds."""

    batch: str
    undone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonErased:
    """person_erased: whose keys were destroyed, and what went with them. Names nobody.

    persons, documents  subjects of persons; sha256 of private documents
    keys                data keys destroyed beside those of these subjects
    originals           sha256 of documents whose bytes were removed
    printing            sha256 of public documents that still print the name: they are not searched
    replaced            sequence number of an entry whose payload lost words → sha256 of the payload that is left
    """

    batch: str
    persons: tuple[str, ...]
    documents: tuple[str, ...]
    subjects: tuple[str, ...]
    keys: tuple[str, ...] = ()
    originals: tuple[str, ...] = ()
    replaced: Mapping[str, str] = field(default_factory=dict)
    printing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentRecorded:
    """consent_recorded: what a person, or who sent a document, said about one purpose.

    on, until  days, see `portico.record.Consent`
    box        a `Given`: how they said it
    """

    batch: str
    purpose: Purpose
    answer: Consenting
    on: str
    until: str | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TablesImported:
    """tables_imported: files of tables were imported. batch: the import's id, so that it is undone as one."""

    batch: str
    tables: TableImport


@dataclass(frozen=True, slots=True, kw_only=True)
class LandmarkAnswered:
    """landmark_answered: a person said what a landmark of released tables is."""

    batch: str
    answer: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandAnswered:
    """demand_answered: a person said what answers a demand.

    action  id of the action that makes it
    answer  id of a statement, of another action or of a rule
    """

    batch: str
    action: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRead:
    """record_read: guarded words were opened. subjects: ids of what was shown; shown: the page or command that did."""

    batch: str
    subjects: tuple[str, ...]
    shown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessChanged:
    """access_changed: who may do what was changed. what: "invited", "roles"; details: codes and ids, no names."""

    batch: str
    what: str
    details: tuple[str, ...] = ()


Payload = (
    DocumentReceived
    | AccountProposed
    | ClaimDecided
    | AccountsLinked
    | AccountUnlinked
    | AccountsKeptApart
    | IncidentVerified
    | ImportUndone
    | PersonErased
    | ConsentRecorded
    | TablesImported
    | LandmarkAnswered
    | DemandAnswered
    | RecordRead
    | AccessChanged
)

TYPES: Mapping[str, type[Payload]] = {
    "source_received": DocumentReceived,
    "account_proposed": AccountProposed,
    "claim_accepted": ClaimDecided,
    "claim_rejected": ClaimDecided,
    "claim_corrected": ClaimDecided,
    "accounts_linked": AccountsLinked,
    "accounts_unlinked": AccountUnlinked,
    "accounts_kept_apart": AccountsKeptApart,
    "incident_verified": IncidentVerified,
    "import_undone": ImportUndone,
    "person_erased": PersonErased,
    "consent_recorded": ConsentRecorded,
    "tables_imported": TablesImported,
    "landmark_answered": LandmarkAnswered,
    "demand_answered": DemandAnswered,
    "record_read": RecordRead,
    "access_changed": AccessChanged,
}
DECIDED: Mapping[Decision, str] = {
    "accept": "claim_accepted",
    "reject": "claim_rejected",
    "correct": "claim_corrected",
}


GUARDED = frozenset(name for name, each in ATTRIBUTES.items() if each.data_class is not DataClass.CLEAR)
"""The attributes that tell who a person is, in any document."""


def is_guarded(attribute: str) -> bool:
    return attribute in GUARDED


@lru_cache(maxsize=65536)
def is_plain(attribute: str, value: Value) -> bool:
    """Whether a value is one that cannot hold anybody's name: a code, a number, a date, a name of the gazetteer."""
    if ATTRIBUTES[attribute].values or attribute == "date" or isinstance(value, int):
        return True
    if attribute == "time":
        return _TIME.match(value) is not None
    return value in _places().get(attribute, frozenset())


@cache
def _places() -> Mapping[str, frozenset[str]]:
    rows = load_gazetteer().courthouses
    return {
        "courthouse_id": frozenset(row.id for row in rows),
        "courthouse": frozenset(name for row in rows for name in row.spellings),
        "county": frozenset(row.county for row in rows),
        "city": frozenset(row.city for row in rows if row.city),
        "state": frozenset(row.state for row in rows),
    }


def masked_claim(claim: Claim, *, private: bool) -> Claim:
    """The claim without what is guarded; the claim itself if nothing is.

    A coded guarded value becomes "one of all", any other `MASKED`. The spans stay: they say where, not what.
    """
    if claim.attribute in GUARDED:
        return hidden(claim)
    if not private:
        return claim
    for value in claim.any_of or (claim.value,):
        if value is not None and not is_plain(claim.attribute, value):
            return hidden(claim)
    if claim.asserted_by is None and claim.cue is None:
        return claim  # rows of a sheet: nothing is hidden, so that nothing of it needs a box
    return replace(claim, asserted_by=_mask(claim.asserted_by), cue=None)


def hidden(claim: Claim) -> Claim:
    """The claim with its value and who says so hidden, whatever they are."""
    codes = ATTRIBUTES[claim.attribute].values
    return Claim(
        attribute=claim.attribute,
        value=None if codes else MASKED,
        any_of=codes,
        spans=claim.spans,
        asserted_by=_mask(claim.asserted_by),
        hedge=claim.hedge,
        origin=claim.origin,
    )


def _mask(words: str | None) -> str | None:
    return None if words is None else MASKED


def is_masked(claim: Claim) -> bool:
    """Whether the claim's value is hidden."""
    return MASKED in claim.possible or (is_guarded(claim.attribute) and claim.any_of == _codes(claim.attribute) != ())


def _codes(attribute: str) -> tuple[Value, ...]:
    return tuple(ATTRIBUTES[attribute].values)


def masked_source(source: Source) -> Source:
    return replace(source, title=None, byline=None, publisher=None, url=None)


def masked_statement(statement: Statement) -> Statement:
    return replace(statement, speaker=None, organisation=None, role=None, about=None)


def masked_action(action: Action) -> Action:
    return Action(
        kind=action.kind,
        spans=action.spans,
        date=action.date if action.date and _is_date(action.date) else None,
        time=action.time if action.time and _TIME.match(action.time) else None,
    )


def masked_statistic(statistic: Statistic) -> Statistic:
    return Statistic(value=statistic.value, spans=statistic.spans)


def _is_date(text: str) -> bool:
    try:
        PartialDate(text)
    except DateError:
        return False
    return True


def with_claims(account: Account, whole: Mapping[int, Claim]) -> Account:
    """The account with masked claims replaced by the whole ones, by their place."""
    return Account(claims=tuple(whole.get(place, claim) for place, claim in enumerate(account.claims)))
