"""Which entries are of a batch, and which are about a thing: found by indexes, without reading the log."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence

from django.db.models import Q

from portico.store import log, plain
from portico.store.databases import insert_all
from portico.store.log import Logged
from portico.store.many import columns_of, in_parts
from portico.store.models import About, Entry, Stretch
from portico.store.payloads import (
    AccountsKeptApart,
    AccountsLinked,
    AccountUnlinked,
    ClaimDecided,
    DemandAnswered,
    PersonErased,
    RecordRead,
)


def about(entry: Logged) -> frozenset[str]:
    """What an entry is about beside its subject. Of an account, `Told` knows document and person."""
    match entry.payload:
        case ClaimDecided(account=account) | AccountUnlinked(account=account):
            things: Iterable[str] = (account,)
        case AccountsLinked(accounts=accounts) | AccountsKeptApart(accounts=accounts):
            things = accounts
        case PersonErased(persons=persons, documents=documents, originals=originals, printing=printing):
            things = (*persons, *documents, *originals, *printing)
        case DemandAnswered(answer=answer):
            things = (answer,)
        case RecordRead(subjects=subjects):
            things = subjects
        case _:
            return frozenset()
    return frozenset(things) - {entry.subject}


class Noting:
    """Notes entries in the order of the log; `flush` writes what was noted."""

    def __init__(self, alias: str) -> None:
        self._alias = alias
        self._batch: str | None = plain.last(alias, Stretch, "batch", by="first")
        self._stretches: list[tuple[int, str]] = []
        self._about: list[tuple[str, int]] = []

    def note(self, entry: Logged) -> None:
        if entry.payload.batch != self._batch:
            self._batch = entry.payload.batch
            self._stretches.append((entry.sequence, self._batch))
        self._about.extend((thing, entry.sequence) for thing in about(entry))

    def flush(self) -> None:
        insert_all(self._alias, Stretch, ("first", "batch"), self._stretches)
        insert_all(self._alias, About, ("thing", "entry"), self._about)
        self._stretches, self._about = [], []


def of_batch(alias: str, batch: str, before: int) -> Iterator[range]:
    """The numbers of a batch's entries, before an entry."""
    stretches = Stretch.objects.using(alias)
    for first in stretches.filter(batch=batch, first__lt=before).order_by("first").values_list("first", flat=True):
        end = stretches.filter(first__gt=first).order_by("first").values_list("first", flat=True).first()
        yield range(first, before if end is None else min(end, before))


def entries_of_batch(alias: str, batch: str, before: int) -> Iterator[Logged]:
    for numbers in of_batch(alias, batch, before):
        yield from log.entries(alias, start=numbers.start, end=numbers.stop)


def undone_of_batch(alias: str, batch: str, before: int, numbers: Collection[int]) -> set[int]:
    """Of these, the entries of a batch that stand no longer once it is undone: all but erasures."""
    ranges = sorted(of_batch(alias, batch, before), key=lambda each: each.start)
    starts = [each.start for each in ranges]
    found = {each for each in numbers if (at := bisect_right(starts, each)) and each in ranges[at - 1]}
    erased = Entry.objects.using(alias).filter(type="person_erased")
    return found - set(columns_of(erased, "sequence", found, "sequence")) if found else found


def numbers_about(alias: str, things: Collection[str], before: int, types: Sequence[str] = ()) -> set[int]:
    """The entries whose subject is one of these, or which are about one; of some types, if any are named."""
    entries = Entry.objects.using(alias).filter(sequence__lt=before)
    entries = entries.filter(type__in=types) if types else entries
    about = set(columns_of(About.objects.using(alias).filter(entry__lt=before), "thing", things, "entry"))
    if types:
        about = set(columns_of(entries, "sequence", about, "sequence"))
    return about.union(columns_of(entries, "subject", things, "sequence"))


class Undone:
    """Which entries stand, when the log had a certain size: an undoing takes those of its batch that came before."""

    def __init__(self, alias: str, size: int) -> None:
        self._alias, self._size = alias, size
        self._undoings: dict[str, list[tuple[int, str]]] = {}

    def look_up(self, batches: Iterable[str]) -> None:
        """Fetches what undid these batches, and what undid that."""
        wanted = set(batches) - self._undoings.keys()
        while wanted:
            self._undoings.update((batch, []) for batch in wanted)
            for some in in_parts(wanted):
                rows = Entry.objects.using(self._alias).filter(
                    type="import_undone", subject__in=some, sequence__lt=self._size
                )
                for entry in map(log.read, rows):
                    self._undoings[entry.subject].append((entry.sequence, entry.payload.batch))
            undoing = {batch for each in wanted for _, batch in self._undoings[each]}
            wanted = undoing - self._undoings.keys()

    def of(self, batch: str) -> list[tuple[int, str]]:
        """What undid a batch that was looked up: number and own batch of each undoing."""
        return self._undoings[batch]

    def stands(self, sequence: int, batch: str) -> bool:
        """Whether an entry of a batch that was looked up stands. Erasures always do; that is the caller's to know."""
        return not any(at > sequence and self.stands(at, undoing) for at, undoing in self._undoings[batch])


def standing_of_batch(alias: str, batch: str) -> set[str]:
    """The types of a batch's entries that stand; none if nothing of it does."""
    size = log.frontier(alias).size
    undone = Undone(alias, size)
    undone.look_up([batch])
    last = max((at for at, undoing in undone.of(batch) if undone.stands(at, undoing)), default=-1)
    types: set[str] = set()
    for numbers in of_batch(alias, batch, size):
        rows = Entry.objects.using(alias).filter(sequence__gte=numbers.start, sequence__lt=numbers.stop)
        types.update(
            rows.filter(Q(sequence__gt=last) | Q(type="person_erased")).values_list("type", flat=True).distinct()
        )
    return types
