"""What the log folds to: the rows held now and before, changed entry by entry.

The rules are written once, over `Rows`. The database's rows are changed by each append; undoing folds the entries that
are left in memory and changes the database's rows to that.
"""

from collections.abc import Iterable, Iterator
from typing import Protocol

from django.db.models import Model

from portico.facts import to_json
from portico.store import log, said, undoing
from portico.store.databases import Databases, insert_all
from portico.store.following import Touched, clear, follow
from portico.store.ids import earliest_of, incident_id, told_id
from portico.store.log import Logged
from portico.store.models import (
    FOLLOWING,
    PROJECTIONS,
    SAID,
    Apart,
    Confirmed,
    Consented,
    Decided,
    Held,
    Linked,
    Received,
    Told,
)
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

_FOLLOW_AFTER = 5000  # touched things, in rebuilding: more at a time would keep the payloads of the whole log

# Of which the rows of one kind are at most one at a time for each value.
KEY: dict[type[Held], str] = {
    Received: "source",
    Told: "told",
    Decided: "claim",
    Linked: "account",
    Apart: "pair",
    Confirmed: "incident",
    Consented: "said",
}


def _columns(kind: type[Held]) -> dict[str, object]:
    """The columns of a projection with their defaults, apart from the number that the database gives its rows."""
    fields = [field for field in kind._meta.concrete_fields if not field.primary_key]
    return {field.attname: field.get_default() for field in fields}


_COLUMNS = {kind: _columns(kind) for kind in PROJECTIONS}


class Rows(Protocol):
    """The rows that are held, to ask and to change."""

    def current(self, kind: type[Held], key: str) -> Held | None: ...

    def hold(self, row: Held) -> None:
        """Holds a row from its `since` on, in place of the current one of its key."""

    def hold_new(self, kind: type[Held], at: int, /, **values: object) -> None:
        """Holds a row from an entry on that says it, where there certainly is none of its key."""

    def release(self, kind: type[Held], key: str, at: int) -> None: ...

    def linked_in(self, incident: str) -> list[str]: ...

    def erase(self, entry: PersonErased) -> None: ...


def apply(rows: Rows, entry: Logged) -> None:
    """Changes the rows by one entry. Undoing is for `undo`: it needs the whole log."""
    match entry.payload:
        case DocumentReceived():
            _receive(rows, entry, entry.payload)
        case AccountProposed():
            _propose(rows, entry, entry.payload)
        case ClaimDecided():
            _decide(rows, entry, entry.payload)
        case AccountsLinked():
            first, second = entry.payload.accounts
            _regroup(rows, entry, {*_group(rows, first), *_group(rows, second)})
        case AccountUnlinked():
            together = _group(rows, entry.payload.account)
            _regroup(rows, entry, {entry.payload.account})
            _regroup(rows, entry, together - {entry.payload.account})
        case AccountsKeptApart():
            at, (one, other) = entry.sequence, sorted(entry.payload.accounts)
            rows.hold(Apart(since=at, entry=at, pair=f"{one} {other}", one=one, other=other))
        case IncidentVerified():
            at, payload = entry.sequence, entry.payload
            rows.hold(Confirmed(since=at, entry=at, incident=payload.incident, verification=payload.verification))
        case ConsentRecorded():
            _consent(rows, entry, entry.payload)
        case PersonErased():
            rows.erase(entry.payload)
        # What was read, imported beside the record or said of a landmark, what answers a demand, who may do what and an
        # undoing change no row.


def _receive(rows: Rows, entry: Logged, payload: DocumentReceived) -> None:
    at, source = entry.sequence, payload.source.sha256
    rows.hold_new(Received, at, source=source, key=payload.key)
    for kind, told in (
        ("statement", payload.statements),
        ("action", payload.actions),
        ("statistic", payload.statistics),
    ):
        for position in range(len(told)):
            name = told_id(kind, source, position)
            rows.hold_new(Told, at, told=name, kind=kind, source=source, position=position)


def _propose(rows: Rows, entry: Logged, payload: AccountProposed) -> None:
    rows.hold_new(
        Told,
        entry.sequence,
        told=entry.subject,
        kind="account",
        source=payload.source,
        position=payload.position,
        person=payload.person,
        claims=len(payload.claims),
    )


def _decide(rows: Rows, entry: Logged, payload: ClaimDecided) -> None:
    at = entry.sequence
    row = Decided(since=at, entry=at, claim=payload.claim, account=payload.account, decision=payload.decision)
    rows.hold(row)


def _consent(rows: Rows, entry: Logged, payload: ConsentRecorded) -> None:
    at, said = entry.sequence, f"{entry.subject} {payload.purpose}"
    rows.hold(
        Consented(since=at, entry=at, said=said, subject=entry.subject, purpose=payload.purpose, answer=payload.answer)
    )


def _group(rows: Rows, account: str) -> set[str]:
    """The accounts of the same event, the account among them."""
    row = rows.current(Linked, account)
    return {account} if row is None else {account, *rows.linked_in(row.incident)}


def _regroup(rows: Rows, entry: Logged, accounts: set[str]) -> None:
    """Makes these accounts one event, named for its earliest account; one alone needs no row."""
    if len(accounts) < 2:
        for account in accounts:
            rows.release(Linked, account, entry.sequence)
        return
    arrived = {account: row.entry for account in accounts if (row := rows.current(Told, account)) is not None}
    incident = incident_id(min(arrived, key=lambda account: (arrived[account], account)))
    for account in sorted(arrived):
        row = rows.current(Linked, account)
        if row is None or row.incident != incident:
            rows.hold(Linked(since=entry.sequence, entry=entry.sequence, account=account, incident=incident))


class StoredRows:
    """The rows in the database. New ones are gathered, and written by `flush`."""

    def __init__(self, alias: str) -> None:
        self.alias = alias
        self._new: dict[type[Held], list[list[object]]] = {}
        self._said = said.Noting(alias)

    def say(self, entry: Logged) -> None:
        """Notes what an entry is about, by itself or by its batch."""
        self._said.note(entry)

    def current(self, kind: type[Held], key: str) -> Held | None:
        self.flush()
        found: Held | None = kind.objects.using(self.alias).filter(until=None, **{KEY[kind]: key}).first()
        return found

    def hold(self, row: Held) -> None:
        self.release(type(row), getattr(row, KEY[type(row)]), row.since)
        self.insert(row)

    def hold_new(self, kind: type[Held], at: int, /, **values: object) -> None:
        # Without a model object for each: adding ten thousand accounts would spend a quarter of its time on them.
        values |= {"since": at, "until": None, "entry": at}
        row = [values.get(name, default) for name, default in _COLUMNS[kind].items()]
        self._new.setdefault(kind, []).append(row)

    def insert(self, row: Held) -> None:
        """A row of which there is no current one."""
        self._new.setdefault(type(row), []).append(list(_fields(row).values()))

    def release(self, kind: type[Held], key: str, at: int) -> None:
        self.flush()
        kind.objects.using(self.alias).filter(until=None, **{KEY[kind]: key}).update(until=at)

    def linked_in(self, incident: str) -> list[str]:
        self.flush()
        rows = Linked.objects.using(self.alias).filter(until=None, incident=incident)
        return list(rows.values_list("account", flat=True))

    def erase(self, entry: PersonErased) -> None:
        self.flush()
        told, received = Told.objects.using(self.alias), Received.objects.using(self.alias)
        told.filter(person__in=entry.persons).update(erased=True)
        received.filter(source__in=entry.documents).update(erased=True)
        received.filter(source__in=entry.originals).update(original_removed=True)
        received.filter(source__in=entry.printing).update(unsearched=True)

    def flush(self) -> None:
        for kind, rows in self._new.items():
            insert_all(self.alias, kind, list(_COLUMNS[kind]), rows)
        self._new = {}
        self._said.flush()


class RowsInMemory:
    """The rows that some entries alone leave held."""

    def __init__(self) -> None:
        self.held: dict[type[Held], dict[str, Held]] = {kind: {} for kind in PROJECTIONS}

    def current(self, kind: type[Held], key: str) -> Held | None:
        return self.held[kind].get(key)

    def hold(self, row: Held) -> None:
        self.held[type(row)][getattr(row, KEY[type(row)])] = row

    def hold_new(self, kind: type[Held], at: int, /, **values: object) -> None:
        self.hold(kind(since=at, entry=at, **values))

    def release(self, kind: type[Held], key: str, at: int) -> None:
        self.held[kind].pop(key, None)

    def linked_in(self, incident: str) -> list[str]:
        return [account for account, row in self.held[Linked].items() if row.incident == incident]

    def erase(self, entry: PersonErased) -> None:
        for row in self.held[Told].values():
            row.erased |= row.person in entry.persons
        for row in self.held[Received].values():
            row.erased |= row.source in entry.documents
            row.original_removed |= row.source in entry.originals
            row.unsearched |= row.source in entry.printing


def project(databases: Databases, entries: Iterable[Logged]) -> None:
    """Changes the database's rows by these entries, and what follows from them, inside their transaction."""
    rows, touched = StoredRows(databases.record), Touched()
    for entry in entries:
        if len(touched) >= _FOLLOW_AFTER and isinstance(entry.payload, DocumentReceived):
            rows.flush()
            follow(databases, touched)
            touched = Touched()
        if isinstance(entry.payload, ImportUndone):
            touched = _undo(databases, rows, entry, touched)
        else:
            _project(rows, entry, touched)
    rows.flush()
    follow(databases, touched)


def change(databases: Databases, entries: Iterable[Logged]) -> None:
    """Changes the database's rows by entries of new documents; what follows from them is for `follow_new`."""
    rows = StoredRows(databases.record)
    for entry in entries:
        rows.say(entry)
        apply(rows, entry)
    rows.flush()


def follow_new(databases: Databases, entries: Iterable[Logged]) -> None:
    """Makes what follows from entries of new documents that changed the rows before, and nothing since."""
    touched = Touched()
    for entry in entries:
        if len(touched) >= _FOLLOW_AFTER and isinstance(entry.payload, DocumentReceived):
            follow(databases, touched)
            touched = Touched()
        touched.note(entry)
    follow(databases, touched)


def _project(rows: StoredRows, entry: Logged, touched: Touched) -> None:
    touched.note(entry)
    rows.say(entry)
    match entry.payload:
        case AccountsLinked(accounts=(first, second)):
            touched.accounts |= _group(rows, first) | _group(rows, second)
        case AccountUnlinked(account=account):
            touched.accounts |= _group(rows, account)
        case PersonErased():
            rows.flush()
            touched.note_erasure(rows.alias, entry.payload)
        case _:
            pass
    apply(rows, entry)


def _undo(databases: Databases, rows: StoredRows, undone: Logged, touched: Touched) -> Touched:
    """What an undoing changed, as far as it was not yet followed."""
    rows.say(undone)
    rows.flush()
    for reach in undoing.reaches(rows.alias, undone):
        left = _fold(undoing.standing_about(rows.alias, reach, undone))
        for row in _become(rows, undoing.current(rows.alias, reach), left, undone.sequence):
            touched.note_row(row)
        if len(touched) >= _FOLLOW_AFTER:
            follow(databases, touched)
            touched = Touched()
    return touched


def standing(entries: Iterable[Logged]) -> list[Logged]:
    """The entries that no later one has undone. An undoing can itself be undone; an erasure cannot."""
    undone: set[str] = set()
    left: list[Logged] = []
    for entry in reversed(list(entries)):
        if entry.payload.batch in undone and not isinstance(entry.payload, PersonErased):
            continue
        if isinstance(entry.payload, ImportUndone):
            undone.add(entry.payload.undone)
        left.append(entry)
    left.reverse()
    return left


def _fold(entries: Iterable[Logged]) -> RowsInMemory:
    rows = RowsInMemory()
    for entry in entries:
        if _is_about_something_held(rows, entry):
            apply(rows, entry)
    return rows


def _is_about_something_held(rows: RowsInMemory, entry: Logged) -> bool:
    """False for a decision about what an undoing took away: it says nothing now, and would again if that came back."""
    match entry.payload:
        case ClaimDecided(account=account) | AccountUnlinked(account=account):
            return rows.current(Told, account) is not None
        case AccountsLinked(accounts=accounts) | AccountsKeptApart(accounts=accounts):
            return all(rows.current(Told, account) for account in accounts)
        case IncidentVerified(incident=incident):
            return rows.current(Told, earliest_of(incident)) is not None
        case _:
            return True


def _become(rows: StoredRows, held: Iterable[Held], wanted: RowsInMemory, at: int) -> list[Held]:
    """Ends the rows of those held that are not wanted, and holds those that are missing. These rows."""
    now = {(type(row), getattr(row, KEY[type(row)])): row for row in held}
    left = {(kind, key): row for kind in PROJECTIONS for key, row in sorted(wanted.held[kind].items())}
    ended = [row for place, row in now.items() if place not in left or _content(row) != _content(left[place])]
    begun = [row for place, row in left.items() if place not in now or _content(row) != _content(now[place])]
    undoing.end(rows.alias, ended, at)
    for row in begun:
        row.since = at
        rows.insert(row)
    rows.flush()
    return [*ended, *begun]


def _content(row: Held) -> dict[str, object]:
    """What a row says, apart from when it was held."""
    return {name: value for name, value in _fields(row).items() if name not in ("since", "until")}


def _fields(row: Held) -> dict[str, object]:
    return {name: getattr(row, name) for name in _COLUMNS[type(row)]}


def rebuild(databases: Databases) -> None:
    """Makes every projection again, and what follows from them, from the log alone."""
    for kind in (*PROJECTIONS, *SAID):
        kind.objects.using(databases.record).all().delete()
    clear(databases.record)
    project(databases, log.entries(databases.record))
    log.note_followed(databases.record, log.frontier(databases.record).size)


def follow_all(databases: Databases) -> None:
    """Makes what follows for a record that was written before there was anything that does."""
    touched = Touched()
    for kind in (Told, Received):
        for row in kind.objects.using(databases.record).filter(until=None):
            touched.note_row(row)
    clear(databases.record)
    follow(databases, touched)


def dump(alias: str) -> dict[str, bytes]:
    """Every projection in canonical form: its rows as JSON lines, sorted. Equal records give equal bytes."""
    return {kind.__name__.lower(): b"".join(_lines(alias, kind)) for kind in (*PROJECTIONS, *SAID, *FOLLOWING)}


def _lines(alias: str, kind: type[Model]) -> Iterator[bytes]:
    # The number that the database gives a row says nothing; one that we give it does.
    columns = [field.attname for field in kind._meta.concrete_fields if field.name != "id"]
    rows = kind.objects.using(alias).values_list(*columns).iterator(chunk_size=2000)
    return iter(sorted(to_json(dict(zip(columns, row, strict=True))) + b"\n" for row in rows))
