"""The record: a folder with a log, what it folds to, a keyring and the originals."""

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from portico.custody import Frontier, Report
from portico.facts import IncidentState, Reading, Value, Verification
from portico.places import Answer, Answers
from portico.record import Consent
from portico.store import (
    adding,
    answering,
    arrivals,
    audit,
    backup,
    behind,
    consenting,
    deciding,
    erasure,
    finding,
    history,
    inbox,
    log,
    originals,
    searching,
    standing,
    tables,
)
from portico.store.answering import StoredAnswer
from portico.store.backup import BackedUp
from portico.store.databases import connect
from portico.store.errors import RecordRefused, in_plain_words
from portico.store.finding import Order
from portico.store.keyring import Random, new_id
from portico.store.log import Draft
from portico.store.models import Received
from portico.store.opened import Clock, Opened, identify
from portico.store.payloads import AccessChanged, Decision, RecordRead
from portico.store.searching import KINDS
from portico.store.values import (
    Added,
    Choice,
    Due,
    Erasure,
    Figures,
    Inbox,
    IncidentFilter,
    IncidentRow,
    Kind,
    LogEntry,
    Page,
    Rebuilt,
    Resolved,
    SearchHit,
    StoredAccount,
    StoredAction,
    StoredConsent,
    StoredDecision,
    StoredDocument,
    StoredImport,
    StoredPerson,
    StoredStatement,
    StoredStatistic,
    TableImport,
)
from portico.store.view import View

if TYPE_CHECKING:  # these rooms take longer to load than most answers of the record take
    from portico.counting import Definition, Row
    from portico.reading import Document
    from portico.store.grounds import Where


EVERY = IncidentFilter()


def _now() -> datetime:
    return datetime.now(UTC)


def open_record(
    folder: Path,
    *,
    key_file: Path | None = None,
    create: bool = False,
    clock: Clock = _now,
    random: Random = os.urandom,
    database_url: str | None = None,
) -> "Record":
    """Opens the record of a folder; use it with `with`.

    key_file  opens guarded data; None, missing, or of another record: everything works, with guarded values masked
    create    makes the record if there is none, and the key file with it (None: where custody has it by default)
    clock     UTC instants for the log
    database_url  of a PostgreSQL database, which has the keyring in another of the same name with `_keyring` behind it;
                  the folder then holds the originals. None: `$PORTICO_DATABASE_URL`, without that SQLite in the folder
    Raises RecordError (no record, a newer version's, damaged, not readable), RecordLocked, KeyFileError.
    """
    with in_plain_words(folder):
        databases = connect(folder, create=create, url=database_url or os.environ.get("PORTICO_DATABASE_URL") or None)
        try:
            key, identity = identify(databases, key_file, create=create, random=random)
            opened = Opened(databases, key, identity, clock, random)
            _mend(opened)
        except BaseException:
            databases.close()
            raise
    return Record(opened)


def _mend(opened: Opened) -> None:
    """Finishes what a crash interrupted, if this user may write: erasures, and files whose entries never came."""
    if not os.access(opened.folder, os.W_OK):
        return
    backup.sweep(opened.folder)
    erasure.finish_all(opened.databases)
    with originals.sweeping(opened.folder) as alone:
        if alone:
            known = Received.objects.using(opened.databases.record).filter(erased=False, original_removed=False)
            originals.sweep(opened.folder, set(known.values_list("source", flat=True)))


class Record:
    """An open record, made by `open_record`. Each method raises RecordError or RecordLocked when storage refuses.

    as_of  an instant: the answer as the record stood then; None = now. Words that were erased since stay erased
    actor  pseudonymous id of who does it, printable ASCII without spaces ("person:7f3a")
    """

    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    def __enter__(self) -> "Record":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes the databases; the record can be opened again."""
        self._opened.databases.close()

    @property
    def folder(self) -> Path:
        return self._opened.folder

    @property
    def aliases(self) -> tuple[str, str]:
        """Its databases as Django knows them: for who keeps their connections open."""
        return self._opened.databases.record, self._opened.databases.keyring

    @property
    def has_key(self) -> bool:
        """Whether guarded data can be read."""
        return self._opened.key is not None

    @property
    def tree(self) -> Frontier:
        """The tree over the log: its size and its root, of one moment."""
        with in_plain_words(self.folder):
            return log.frontier(self._opened.databases.record)

    @property
    def size(self) -> int:
        """How many entries the log has."""
        return self.tree.size

    @property
    def root(self) -> bytes:
        """The Merkle tree hash over the log, 32 bytes."""
        return self.tree.root

    @contextmanager
    def rehearsal(self, dry_run: bool = True) -> Iterator[None]:
        """Inside it, decisions are made and seen; at its end they are taken back, if it is one: nothing is written.

        Other writers wait meanwhile. Not for `add_all`, which writes files at once, nor `erase`, which has a `dry_run`.
        """
        if not dry_run:
            yield
            return
        with in_plain_words(self.folder), self._opened.databases.rehearsing():
            yield

    # Writing

    def add(self, document: "Document", reading: Reading, *, actor: str) -> Added:
        """Appends a document and what was read in it, as proposals. The same document twice is once."""
        return next(self.add_all([(document, reading)], actor=actor))

    def add_all(
        self,
        read: Iterable[tuple["Document", Reading]],
        *,
        actor: str,
        at_once: int = 1000,
        batch: str | None = None,
        listed: bool = False,
    ) -> Iterator[Added]:
        """Appends many documents as one batch, `at_once` in each transaction; gives each after it is on the disk.

        batch   continues a batch begun before; None = a new one
        listed  lists and figures have each chunk at once; else a large one waits for the first question that needs it
        """
        name = batch or new_id("b", self._opened.random)
        coming = iter(read)
        while chunk := list(islice(coming, at_once)):
            yield from adding.add(self._opened, chunk, actor=_id(self.folder, actor), batch=name, listed=listed)

    def decide(
        self, claim: str, decision: Decision, *, actor: str, value: Value | None = None, reason: str | None = None
    ) -> None:
        """Accepts, rejects or corrects a claim. What it corrects stays in the history; the same twice is once.

        value  for "correct": what holds, checked against the vocabulary
        Raises RecordRefused for an unknown claim or a value that cannot be.
        """
        self.decide_all([Choice(claim=claim, decision=decision, value=value, reason=reason)], actor=actor)

    def decide_all(self, choices: Iterable[Choice], *, actor: str) -> str | None:
        """Several decisions as one batch, for `undo`: its id; None when all of it stood so already.

        Raises ClaimChanged, and writes none of them, if somebody else decided about one since `Choice.seen`.
        """
        return deciding.decide(self._opened, tuple(choices), actor=_id(self.folder, actor))

    def link(self, a: str, b: str, *, actor: str, reason: str | None = None) -> str:
        """Two accounts or incidents tell of one event, and so do those already linked with either. Its id."""
        return deciding.link(self._opened, a, b, actor=_id(self.folder, actor), reason=reason)

    def unlink(self, account: str, *, actor: str, reason: str | None = None) -> str:
        """An account tells of an event of its own after all. Its id."""
        return deciding.unlink(self._opened, account, actor=_id(self.folder, actor), reason=reason)

    def keep_apart(self, a: str, b: str, *, actor: str, reason: str | None = None) -> None:
        """Two accounts tell of different events: they are not proposed as one again. Linking them stays possible."""
        deciding.keep_apart(self._opened, a, b, actor=_id(self.folder, actor), reason=reason)

    def set_verification(
        self, incident: str, verification: Verification, *, actor: str, reason: str | None = None
    ) -> None:
        """Says how far people have confirmed an incident."""
        deciding.set_verification(self._opened, incident, verification, actor=_id(self.folder, actor), reason=reason)

    def undo(self, batch: str, *, actor: str = "person:unnamed") -> None:
        """What a batch did no longer holds; its entries stay. An undoing can be undone, an erasure cannot."""
        deciding.undo(self._opened, batch, actor=_id(self.folder, actor))

    def erase(
        self, person_or_document: str, *, actor: str, with_originals: bool = False, dry_run: bool = False
    ) -> Erasure:
        """Destroys the keys of a person, or of a document and the persons it tells of, and all that prints the name.

        with_originals  removes the bytes of public originals that print the name too
        dry_run         only says what would happen
        Erasing a person needs the key: without it nobody knows which name to look for.
        """
        return erasure.erase(
            self._opened,
            person_or_document,
            actor=_id(self.folder, actor),
            with_originals=with_originals,
            dry_run=dry_run,
        )

    def record_consent(self, subject: str, consent: Consent, *, actor: str, how: str | None = None) -> None:
        """Says what a person, or who sent a document, allows. What they said before stays in the log.

        how  in what way they said it; sealed like everything that is typed
        """
        consenting.record_consent(self._opened, subject, consent, actor=_id(self.folder, actor), how=how)

    def note_import(self, done: TableImport, *, actor: str) -> bool:
        """Says in the log that tables were imported. Their accounts come before, in the batch of the import's id.

        False if it stands there already.
        """
        return tables.note_import(self._opened, done, actor=_id(self.folder, actor))

    def answer_landmark(self, answer: Answer, *, actor: str) -> str | None:
        """Keeps what a person says a landmark is: the batch, for `undo`; None if it stands so already."""
        return tables.answer_landmark(self._opened, answer, actor=_id(self.folder, actor))

    def answer_demand(self, action: str, answer: str, *, actor: str) -> str | None:
        """Says that a statement, another action or a rule answers the demand of an action: the batch, for `undo`.

        None if it stands so already.
        """
        return answering.answer_demand(self._opened, action, answer, actor=_id(self.folder, actor))

    def note_read(self, subjects: Iterable[str], *, actor: str, shown: str) -> None:
        """Says in the log who opened guarded words. subjects: ids of what was shown; shown: the page or command."""
        payload = RecordRead(batch=new_id("b", self._opened.random), subjects=tuple(subjects), shown=shown)
        self._note("record_read", payload.subjects[0] if payload.subjects else shown, payload, actor)

    def note_access(self, what: str, whom: str, *, actor: str, details: Iterable[str] = ()) -> None:
        """Says in the log that who may do what was changed. whom: an actor's id, a team, an account; no names."""
        payload = AccessChanged(batch=new_id("b", self._opened.random), what=what, details=tuple(details))
        self._note("access_changed", whom, payload, actor)

    def _note(self, kind: str, subject: str, payload: RecordRead | AccessChanged, actor: str) -> None:
        with self._opened.writing():
            self._opened.append([Draft(kind, subject, payload)], _id(self.folder, actor))

    # Reading

    def newest(self, kind: str, most: int = 100) -> tuple[LogEntry, ...]:
        """The last entries of one type ("record_read"), the newest first."""
        with in_plain_words(self.folder):
            return history.newest(self._opened, kind, most)

    def latest(self, subject: str) -> LogEntry | None:
        """The last entry whose subject this is: a claim, the first of two accounts that were linked, an incident."""
        with in_plain_words(self.folder):
            return history.latest(self._opened, subject)

    def incidents(self, as_of: datetime | None = None) -> tuple[IncidentState, ...]:
        """Every incident folded, in order of arrival."""
        with self._look(as_of) as view:
            return view.incidents()

    def countable(self, as_of: datetime | None = None) -> tuple[IncidentState, ...]:
        """Every incident as it may be counted: without the words of who said no to statistics. For every count."""
        with self._look(as_of) as view:
            return consenting.countable(view)

    def consents(self, *subjects: str, as_of: datetime | None = None) -> tuple[StoredConsent, ...]:
        """What stands about each purpose: of these persons and documents, of all if none is named."""
        with self._look(as_of) as view:
            return consenting.consents(view, subjects or None)

    def due(self, on: date) -> tuple[Due, ...]:
        """Whose names and words nothing keeps on that day, the longest due first. Erasing them is for a person."""
        with self._look(None) as view:
            return consenting.due(view, on)

    def incident(self, id: str, as_of: datetime | None = None) -> IncidentState | None:  # noqa: A002
        """One incident folded; None if there was none of that id."""
        with self._look(as_of) as view:
            return view.incident(id)

    def find_incidents(
        self,
        where: IncidentFilter = EVERY,
        *,
        order: Order = "changed",
        newest_first: bool = True,
        older_than: str | None = None,
        without: Collection[str] = (),
        offset: int = 0,
        limit: int = 50,
    ) -> Page[IncidentRow]:
        """One page of the incidents that may be what is asked for, and how many there are; as the record stands now.

        order       by the last change, by day of the event (those without one last), or in order of arrival
        older_than  only what arrived before this incident, though it be linked with another or taken back meanwhile
        without     accounts whose incidents are left out
        """
        with self._lists() as alias:
            return finding.find(
                alias,
                where,
                order,
                newest_first=newest_first,
                older_than=older_than,
                without=without,
                offset=offset,
                limit=limit,
            )

    def inbox(self, where: IncidentFilter = EVERY, *, offset: int = 0, limit: int = 50) -> Inbox:
        """One page of the incidents with claims that nobody has decided, the newest first, and how many there are."""
        with self._lists() as alias:
            return inbox.inbox(alias, where, offset=offset, limit=limit)

    def arrivals(
        self,
        *,
        waiting: bool | None = None,
        only: Collection[str] | None = None,
        without: Collection[str] = (),
        older_than: str | None = None,
        offset: int = 0,
        limit: int = 50,
    ) -> Page[str]:
        """One page of the documents by their hashes, the newest first, and how many there are.

        waiting     True: with claims that nobody has decided; False: without
        only        of these documents; without: not of those
        older_than  only what arrived before this document
        """
        with self._lists() as alias:
            return arrivals.arrivals(
                alias,
                waiting=waiting,
                only=only,
                without=without,
                older_than=older_than,
                offset=offset,
                limit=limit,
            )

    def arrived_accounts(self, most: int = 100) -> tuple[str, ...]:
        """The ids of the accounts that came in last, the newest first."""
        with in_plain_words(self.folder):
            return arrivals.newest_accounts(self._opened.databases.record, most)

    def counted(
        self,
        definition: "Definition | str",
        *,
        by: Sequence[str] = (),
        where: "Where | None" = None,
        without: Collection[str] = (),
    ) -> Figures:
        """The figures of `portico.counting.count` over every incident as the record stands now.

        Quick by month, year, state, county, kind, zone and agency; by anything else in the time that counting takes.
        Hidden values are not told here. Raises CountError and DefinitionError as `count` does.

        without  accounts whose incidents are not counted
        """
        from portico.store import numbers  # noqa: PLC0415

        with self._lists() as alias:
            otherwise = consenting.counted_otherwise(self._opened.view(), without)
            return numbers.figures(alias, definition, by, where or {}, otherwise=otherwise)

    def behind(
        self,
        definition: "Definition | str",
        cells: Mapping[str, str],
        *,
        where: "Where | None" = None,
        without: Collection[str] = (),
    ) -> "Row":
        """One row of `counted` with the incidents behind it. cells: dimension → the row's cell; none: the total."""
        from portico.store import numbers  # noqa: PLC0415

        with self._lists() as alias:
            otherwise = consenting.counted_otherwise(self._opened.view(), without)
            return numbers.behind(alias, definition, cells, where or {}, otherwise=otherwise)

    def search(
        self,
        text: str,
        *,
        kinds: Collection[Kind] = KINDS,
        where: IncidentFilter = EVERY,
        without: Collection[str] = (),
        offset: int = 0,
        limit: int = 20,
    ) -> Page[SearchHit]:
        """One page of what holds the words, places first, then the best first; and how many there are.

        text   words, "words beside each other", begin*, -without; nothing that is typed is wrong
        where  courthouse, county, state and the coded facts are an incident's: where one is asked for, only incidents
               and their accounts are found (and, of places, those there). Days are of the event or of publication
        without  accounts whose incidents and documents are left out
        Private documents and who people are are not searched, with or without the key.
        """
        with self._lists() as alias:
            return searching.search(
                alias, text, kinds=tuple(kinds), asked=where, without=without, offset=offset, limit=limit
            )

    def accounts(self, as_of: datetime | None = None) -> Mapping[str, StoredAccount]:
        with self._look(as_of) as view:
            return view.accounts()

    def told_by(self, *sources: str) -> Mapping[str, StoredAccount]:
        """The accounts of these documents, in order of arrival and of their texts."""
        with self._look(None) as view:
            return view.accounts(source__in=sources)

    def told_of(self, *persons: str) -> Mapping[str, StoredAccount]:
        """The accounts that tell of these persons."""
        with self._look(None) as view:
            return view.accounts(person__in=persons)

    def incident_rows(self, incidents: Sequence[str]) -> Mapping[str, IncidentRow]:
        """Chosen incidents as a list has them, by their ids; those that are no more are left out."""
        with self._lists() as alias:
            return finding.some(alias, incidents)

    def account(self, name: str) -> StoredAccount | None:
        """One account; None if there is none of that id."""
        with self._look(None) as view:
            return view.accounts(told=name).get(name)

    def decisions(self, accounts: Collection[str]) -> Mapping[str, StoredDecision]:
        """By claim: how it stands, of every claim of these accounts that somebody ever decided about."""
        with self._look(None) as view:
            return standing.decisions(view, accounts)

    def apart(self, accounts: Collection[str]) -> set[frozenset[str]]:
        """The pairs of accounts that people keep apart, of which one is among these."""
        with self._look(None) as view:
            return view.apart(accounts)

    def documents(self, as_of: datetime | None = None) -> Mapping[str, StoredDocument]:
        """By sha256. The text is read with each: ask for one with `document` where only one is shown."""
        with self._look(as_of) as view:
            return view.documents()

    def some_documents(self, sources: Collection[str], as_of: datetime | None = None) -> Mapping[str, StoredDocument]:
        """Chosen documents by their sha256."""
        with self._look(as_of) as view:
            return view.documents(source__in=sorted(sources))

    def document(self, source: str, as_of: datetime | None = None) -> StoredDocument | None:
        with self._look(as_of) as view:
            return view.documents(source=source).get(source)

    def published(self, sources: Collection[str]) -> Mapping[str, str | None]:
        """The day of publication of those of these documents whose words are at hand; the words are not read."""
        with self._look(None) as view:
            return view.published(sources)

    def original(self, source: str) -> bytes | None:
        """The bytes as received; None when locked, removed or unknown."""
        with in_plain_words(self.folder):
            row = Received.objects.using(self._opened.databases.record).filter(source=source).last()
            if row is None:
                return None
            opener = self._opened.view().opener
            return originals.read_original(self.folder, source, opener, private=bool(row.key))

    def statements(
        self, as_of: datetime | None = None, *, of: Collection[str] | None = None
    ) -> tuple[StoredStatement, ...]:
        """What people are reported to have said. of: in these documents alone."""
        with self._look(as_of) as view:
            return view.statements(**({} if of is None else {"source__in": sorted(of)}))

    def actions(self, as_of: datetime | None = None, *, of: Collection[str] | None = None) -> tuple[StoredAction, ...]:
        """What people did or asked for. of: in these documents alone."""
        with self._look(as_of) as view:
            return view.actions(**({} if of is None else {"source__in": sorted(of)}))

    def statistics(self, as_of: datetime | None = None) -> tuple[StoredStatistic, ...]:
        with self._look(as_of) as view:
            return view.statistics()

    def people(self) -> tuple[StoredPerson, ...]:
        """The persons of the accounts, erased ones left out. Needs the key."""
        if not self.has_key:
            raise RecordRefused(
                self.folder, "who the people are is guarded", "Set PORTICO_KEY_FILE to the record's key file."
            )
        with self._look(None) as view:
            return view.people()

    def history(self, subject: str) -> tuple[LogEntry, ...]:
        """The entries about a document, account, claim, incident, person or batch, in order."""
        with in_plain_words(self.folder):
            return history.history(self._opened, subject)

    def resolve(self, id_prefix: str) -> tuple[Resolved, ...]:
        """Every thing whose id begins so: none, one or several."""
        with in_plain_words(self.folder):
            return history.resolve(self._opened, id_prefix)

    def imports(self) -> tuple[StoredImport, ...]:
        """The imports of tables that nobody took back, in order."""
        with in_plain_words(self.folder):
            return tables.imports(self._opened)

    def demand_answers(self) -> tuple[StoredAnswer, ...]:
        """What people linked as answers to demands, as it stands now."""
        with in_plain_words(self.folder):
            return answering.answers(self._opened)

    def answers(self) -> Answers:
        """What people said of landmarks whose words leave it open: for `places.answered`."""
        with in_plain_words(self.folder):
            return tables.answers(self._opened)

    # Checking

    def verify(self) -> Report:
        """Computes every hash of the log and of the originals again, and names everything that does not fit."""
        return audit.check(self._opened)

    def rebuild(self) -> Rebuilt:
        """Makes every projection again from the log alone, and says whether it was equal byte for byte."""
        return audit.rebuild(self._opened)

    def checkpoint(self) -> str:
        """Signs the log as it stands; the note is kept, and is worth most kept elsewhere too. Needs the key."""
        return audit.sign(self._opened)

    def back_up(self, file: Path) -> BackedUp:
        """Writes the whole record into one new encrypted file, while others go on. For `restore`; see `backup`."""
        return backup.back_up(self._opened, file)

    def export_bundle(self, path: Path) -> Report:
        """Writes the log, into a new folder, with a verifier that needs only Python and openssl. Needs the key."""
        return audit.export_bundle(self._opened, path)

    @contextmanager
    def _lists(self) -> Iterator[str]:
        """The database, with everything in its lists, figures and search that was acknowledged before."""
        with in_plain_words(self.folder):
            behind.catch_up(self._opened.databases)
            yield self._opened.databases.record

    @contextmanager
    def _look(self, as_of: datetime | None) -> Iterator[View]:
        with in_plain_words(self.folder):
            yield self._opened.view(as_of)


def _id(folder: Path, actor: str) -> str:
    """An actor stands in the log for good, so it is an id and not a name."""
    if not actor or len(actor) > 200 or not actor.isascii() or not actor.isprintable() or set(actor) & set(' "\\'):
        raise RecordRefused(
            folder,
            "the actor is not an id of 1 to 200 printable ASCII characters without spaces and quotes",
            "Give a pseudonym such as person:7f3a; a name would stand in the log for good.",
        )
    return actor
