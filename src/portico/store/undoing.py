"""Undoing a batch: only what it touched is folded again, from the entries about that which are left standing.

What an entry says reaches no further than its documents and persons, its accounts, and those that people ever linked
with them or kept apart from them. These are folded anew together; the rest of the record is not looked at.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from portico.store import log, said
from portico.store.ids import earliest_of, incident_id
from portico.store.log import Logged
from portico.store.many import columns_of, in_parts, rows_of
from portico.store.models import Apart, Confirmed, Consented, Decided, Held, Linked, Received, Told
from portico.store.payloads import (
    AccountProposed,
    AccountsKeptApart,
    AccountsLinked,
    AccountUnlinked,
    ClaimDecided,
    ConsentRecorded,
    DocumentReceived,
    ImportUndone,
    IncidentVerified,
    PersonErased,
)

_TOGETHER = ("accounts_linked", "accounts_kept_apart")
AT_ONCE = 5000
"""Accounts that are folded again together."""


@dataclass(slots=True)
class Reach:
    """What an undoing may change. subjects: documents and persons, of whom consents are."""

    sources: set[str] = field(default_factory=set)
    accounts: set[str] = field(default_factory=set)
    subjects: set[str] = field(default_factory=set)

    def note(self, entry: Logged) -> None:
        match entry.payload:
            case DocumentReceived(source=source):
                self.sources.add(source.sha256)
            case AccountProposed():
                self.accounts.add(entry.subject)
            case ClaimDecided(account=account) | AccountUnlinked(account=account):
                self.accounts.add(account)
            case AccountsLinked(accounts=accounts) | AccountsKeptApart(accounts=accounts):
                self.accounts.update(accounts)
            case IncidentVerified(incident=incident):
                self.accounts.add(earliest_of(incident))
            case ConsentRecorded():
                (self.subjects if entry.subject.startswith("p-") else self.sources).add(entry.subject)
            case _:
                pass


def reaches(alias: str, undoing: Logged) -> Iterator[Reach]:
    """What an undoing may change: of its batch, and where that undid others, of those. Some thousand accounts at a
    time, so that taking a million back needs no more memory; what is linked is together in one of them.
    """
    found, batches, seen = Reach(), [_undone(undoing)], set[str]()
    while batches:
        batch = batches.pop()
        if batch in seen:
            continue
        seen.add(batch)
        for entry in said.entries_of_batch(alias, batch, undoing.sequence):
            if len(found.accounts) >= AT_ONCE and isinstance(entry.payload, DocumentReceived):
                yield _whole(alias, found, undoing)
                found = Reach()
            found.note(entry)
            if isinstance(entry.payload, ImportUndone):
                batches.append(entry.payload.undone)
    yield _whole(alias, found, undoing)


def _whole(alias: str, found: Reach, undoing: Logged) -> Reach:
    """With all that belongs to what was found."""
    told = Told.objects.using(alias).filter(kind="account")
    found.accounts.update(columns_of(told, "source", found.sources, "told"))
    _widen(alias, found, undoing.sequence)
    found.subjects.update(found.sources, columns_of(told, "told", found.accounts, "person"))
    found.subjects.discard("")
    return found


def _undone(entry: Logged) -> str:
    assert isinstance(entry.payload, ImportUndone)
    return entry.payload.undone


def _widen(alias: str, found: Reach, before: int) -> None:
    """With the accounts that were ever linked with these, or kept apart from them."""
    new = set(found.accounts)
    while new:
        numbers = said.numbers_about(alias, new, before, _TOGETHER)
        known = set(found.accounts)
        for entry in log.some(alias, numbers).values():
            found.note(entry)
        new = found.accounts - known


def standing_about(alias: str, found: Reach, undoing: Logged) -> list[Logged]:
    """The entries about these that stand after the undoing, in the order of the log."""
    things, size = {*found.accounts, *map(incident_id, found.accounts), *found.subjects}, undoing.sequence + 1
    numbers = said.numbers_about(alias, things, size)
    # Most are of the batch itself: that they stand no longer is known without reading them.
    entries = log.some(alias, numbers - said.undone_of_batch(alias, _undone(undoing), undoing.sequence, numbers))
    undone = said.Undone(alias, size)
    undone.look_up(entry.payload.batch for entry in entries.values())
    return [
        entry
        for number, entry in sorted(entries.items())
        if isinstance(entry.payload, PersonErased) or undone.stands(number, entry.payload.batch)
    ]


def current(alias: str, found: Reach) -> Iterator[Held]:
    """The rows that are held now of all this."""
    incidents = set(map(incident_id, found.accounts))
    asked: tuple[tuple[type[Held], str, Collection[str]], ...] = (
        (Received, "source", found.sources),
        (Told, "source", found.sources),
        (Told, "told", found.accounts),
        (Decided, "account", found.accounts),
        (Linked, "account", found.accounts),
        (Apart, "one", found.accounts),
        (Apart, "other", found.accounts),
        (Confirmed, "incident", incidents),
        (Consented, "subject", found.subjects),
    )
    seen: set[tuple[type[Held], int]] = set()
    for kind, column, values in asked:
        for row in rows_of(kind.objects.using(alias).filter(until=None), column, values):
            if (kind, row.pk) not in seen:
                seen.add((kind, row.pk))
                yield row


def end(alias: str, rows: Iterable[Held], at: int) -> None:
    """These rows are held no longer from an entry on."""
    numbers: dict[type[Held], list[int]] = {}
    for row in rows:
        numbers.setdefault(type(row), []).append(row.pk)
    for kind, some in numbers.items():
        for part in in_parts(some):
            kind.objects.using(alias).filter(pk__in=part).update(until=at)
