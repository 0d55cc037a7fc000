"""The log: entries appended in one transaction with what they change, and read again."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from portico.custody import Entry, Frontier, make_entry, new_salt, utc_text
from portico.facts import from_json, to_json
from portico.store import plain
from portico.store.databases import insert_all
from portico.store.keyring import Random, pooled
from portico.store.models import Entry as EntryRow
from portico.store.models import Head, Salt
from portico.store.payloads import TYPES, Payload

_ONE = 1
_AT_ONCE = 2000
_COLUMNS = ("sequence", "at", "actor", "type", "subject", "commitment", "leaf", "payload")
_READ = ("sequence", "at", "actor", "type", "subject", "payload")


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry not yet in the log: what happened, to what, and the payload."""

    type: str
    subject: str
    payload: Payload


@dataclass(frozen=True, slots=True)
class Logged:
    """An entry of the log with its payload read."""

    sequence: int
    at: str
    actor: str
    type: str
    subject: str
    payload: Payload


def instant(at: str) -> datetime:
    """An instant of the log."""
    return datetime.fromisoformat(at)


def begin(alias: str) -> None:
    """The head of an empty log."""
    Head.objects.using(alias).create(id=_ONE, frontier=Frontier().to_bytes(), followed=0)


def frontier(alias: str, *, for_update: bool = False) -> Frontier:
    """The tree of the log. for_update: no other writer may append until this transaction ends."""
    if for_update:
        return Frontier.from_bytes(bytes(Head.objects.using(alias).select_for_update().get(id=_ONE).frontier))
    ((written,),) = plain.select(alias, Head, ("frontier",), id=_ONE)
    return Frontier.from_bytes(bytes(written))


def followed(alias: str) -> int | None:
    """Of how many entries everything is made that follows; None if it never was."""
    ((number,),) = plain.select(alias, Head, ("followed",), id=_ONE)
    return None if number is None else int(number)


def is_followed(alias: str) -> bool:
    """Whether everything is made that follows; both are read at one moment."""
    ((written, number),) = plain.select(alias, Head, ("frontier", "followed"), id=_ONE)
    return bool(number == Frontier.from_bytes(bytes(written)).size)


def note_followed(alias: str, size: int) -> None:
    Head.objects.using(alias).filter(id=_ONE).update(followed=size)


def append(
    alias: str, keyring: str, drafts: Sequence[Draft], *, actor: str, clock: Callable[[], datetime], random: Random
) -> list[Logged]:
    """Appends, inside the transaction that changes the projections too. The salts are committed before it is.

    Time never runs back in the log: an entry is as late as the one before it, whatever the clock says.
    """
    tree = frontier(alias, for_update=True)
    at, random = _not_before(alias, tree.size, clock()), pooled(random)
    logged: list[Logged] = []
    rows: list[tuple[object, ...]] = []
    salts: list[tuple[int, bytes]] = []
    leaves: list[bytes] = []
    for sequence, draft in enumerate(drafts, start=tree.size):
        payload, salt = to_json(draft.payload), new_salt(random)
        entry = make_entry(
            sequence=sequence, at=at, actor=actor, type=draft.type, subject=draft.subject, payload=payload, salt=salt
        )
        rows.append(_row(entry, payload))
        salts.append((sequence, salt))
        leaves.append(entry.leaf)
        logged.append(Logged(sequence, entry.at, actor, draft.type, draft.subject, draft.payload))
    _keep_salts(keyring, salts)
    insert_all(alias, EntryRow, _COLUMNS, rows)
    Head.objects.using(alias).filter(id=_ONE).update(frontier=tree.extend(leaves).to_bytes())
    return logged


def _row(entry: Entry, payload: bytes) -> tuple[object, ...]:
    """The entry's values in the order of `_COLUMNS`."""
    return (
        *(entry.sequence, entry.at, entry.actor, entry.type, entry.subject),
        *(entry.commitment, entry.leaf, payload),
    )


def _keep_salts(keyring: str, salts: Sequence[tuple[int, bytes]]) -> None:
    """A crash between this commit and the log's leaves salts of entries that never were: these take their place."""
    with transaction.atomic(using=keyring):
        if salts:
            plain.delete(keyring, Salt, sequence__gte=salts[0][0])
        insert_all(keyring, Salt, ("sequence", "salt"), salts)


def _not_before(alias: str, size: int, now: datetime) -> datetime:
    if not size:
        return now
    ((last,),) = plain.select(alias, EntryRow, ("at",), sequence=size - 1)
    return max(now, instant(last))


def size_at(alias: str, as_of: datetime | None) -> int:
    """How many entries the log had at an instant; now, if None."""
    if as_of is None:
        return frontier(alias).size
    if as_of.tzinfo is None:
        as_of = as_of.replace(tzinfo=UTC)
    last = EntryRow.objects.using(alias).filter(at__lte=utc_text(as_of)).order_by("-sequence").first()
    return 0 if last is None else int(last.sequence) + 1


def entries(alias: str, *, start: int = 0, end: int | None = None) -> Iterator[Logged]:
    """Every entry with its payload, in order; from one on, until before another."""
    rows = EntryRow.objects.using(alias).filter(sequence__gte=start).order_by("sequence")
    rows = rows if end is None else rows.filter(sequence__lt=end)
    return map(read, rows.iterator(chunk_size=_AT_ONCE))


def some(alias: str, sequences: Iterable[int]) -> dict[int, Logged]:
    """Chosen entries by their number."""
    rows = plain.select(alias, EntryRow, _READ, sequence__in=sorted(set(sequences)))
    return {int(row[0]): _read(row) for row in rows}


def read(row: EntryRow) -> Logged:
    return _read(tuple(getattr(row, name) for name in _READ))


def _read(row: tuple[Any, ...]) -> Logged:
    """An entry from its columns in the order of `_READ`."""
    sequence, at, actor, kind, subject, payload = row
    return Logged(int(sequence), at, actor, kind, subject, from_json(bytes(payload), TYPES[kind]))
