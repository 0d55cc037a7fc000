"""What follows from the projections: folded incidents and the passages that are searched.

Entries change the projections; what they touched is noted, and made again from the projections as they then stand,
inside the same transaction. Nothing here looks at an entry for what it did, only for what it touched: so any order of
operations ends as rebuilding does.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from portico.facts import Claim, Verification
from portico.store import folding, index, log, originals, passages, plain
from portico.store.databases import Databases, insert_all
from portico.store.ids import earliest_of, incident_id
from portico.store.keyring import Opener
from portico.store.log import Logged
from portico.store.models import Confirmed, Decided, Folded, Held, Linked, Passage, Received, Several, Told, Waiting
from portico.store.passages import Row, Telling, Words
from portico.store.payloads import (
    AccountProposed,
    AccountsLinked,
    AccountUnlinked,
    ClaimDecided,
    DocumentReceived,
    IncidentVerified,
    PersonErased,
)
from portico.store.values import StoredAccount
from portico.store.view import View


@dataclass(slots=True)
class Touched:
    """What entries touched. new: accounts that these entries brought, which stand alone unless touched otherwise."""

    accounts: set[str] = field(default_factory=set)
    incidents: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    new: dict[str, Logged] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.accounts) + len(self.incidents) + len(self.documents) + len(self.new)

    def note(self, entry: Logged) -> None:
        """What an entry touches by itself; of those linked with it, the caller knows."""
        match entry.payload:
            case DocumentReceived(source=source):
                self.documents.add(source.sha256)
            case AccountProposed():
                self.new[entry.subject] = entry
            case ClaimDecided(account=account) | AccountUnlinked(account=account):
                self.accounts.add(account)
            case AccountsLinked(accounts=accounts):
                self.accounts.update(accounts)
            case IncidentVerified(incident=incident):
                self.incidents.add(incident)
            case _:
                pass

    def note_row(self, row: Held) -> None:
        """What a change of a row touches."""
        match row:
            case Received():
                self.documents.add(row.source)
            case Told(kind="account"):
                self.accounts.add(row.told)
            case Told():
                self.documents.add(row.source)
            case Decided():
                self.accounts.add(row.account)
            case Linked():
                self.accounts.add(row.account)
                self.incidents.add(row.incident)
            case Confirmed():
                self.incidents.add(row.incident)

    def note_erasure(self, alias: str, erased: PersonErased) -> None:
        """The documents that lost words, or are not to be searched, and the accounts of the person."""
        told = Told.objects.using(alias).filter(kind="account")
        self.accounts.update(told.filter(person__in=erased.persons).values_list("told", flat=True))
        self.documents.update(told.filter(person__in=erased.persons).values_list("source", flat=True))
        self.documents.update((*erased.documents, *erased.originals, *erased.printing))
        for entry in log.some(alias, map(int, erased.replaced)).values():
            self.note(entry)
        self.accounts.update(self.new)
        self.new = {}


def follow(databases: Databases, touched: Touched) -> None:
    """Makes again what follows for everything that was touched."""
    if touched:
        _Follower(databases).follow(touched)


class _Follower:
    """One round. It reads without the key, and each document's words once."""

    def __init__(self, databases: Databases) -> None:
        self._alias = databases.record
        self._folder = databases.folder
        self._opener = Opener(databases.keyring, None)
        self._view = View(databases, None, log.frontier(databases.record).size)
        self._words: dict[str, Words | None] = {}
        self._tellings: dict[str, int] = {}

    def follow(self, touched: Touched) -> None:
        alone = {name: entry for name, entry in touched.new.items() if name not in touched.accounts}
        again = touched.accounts | self._beside(touched.documents, alone)
        incidents = touched.incidents | self._incidents_of(again)
        alone = {name: entry for name, entry in alone.items() if incident_id(name) not in incidents}
        together = self._view.accounts_by_incident(incidents)
        sources = {each.source for accounts in together.values() for each in accounts}
        new_sources = {entry.payload.source for entry in alone.values() if isinstance(entry.payload, AccountProposed)}
        self._count_tellings(sources | new_sources | touched.documents)
        documents = touched.documents | {source for source in sources if self._tellings[source] == 1}
        self._fetch_words({*documents, *sources, *new_sources}, documents, touched.new)
        self._write_new(alone)
        self._write_again(incidents, together)
        self._write_documents(documents)
        self._write_waiting(sources | new_sources | touched.documents)

    def _beside(self, documents: Collection[str], alone: Mapping[str, Logged]) -> set[str]:
        """The accounts of touched documents: their passages are of those words. New ones are written anyway."""
        told = plain.column(self._alias, Told, "told", until=None, kind="account", source__in=documents)
        return {name for name in told if name not in alone}

    def _incidents_of(self, accounts: Collection[str]) -> set[str]:
        """The incidents of accounts, and those that are named for them: they may be no more."""
        linked = plain.column(self._alias, Linked, "incident", until=None, account__in=accounts)
        return {*map(incident_id, accounts), *linked}

    # Words

    def _count_tellings(self, sources: Collection[str]) -> None:
        """How many accounts each document has."""
        told = plain.counts(self._alias, Told, "source", until=None, kind="account", source__in=sources)
        self._tellings = dict.fromkeys(sources, 0) | told

    def _fetch_words(self, sources: Collection[str], documents: Collection[str], new: Mapping[str, Logged]) -> None:
        """The words of documents, as far as somebody will read them."""
        wanted = [each for each in sources if each in documents or self._tellings[each] <= passages.MANY]
        held = plain.instances(self._alias, Received, until=None, key="", source__in=wanted)
        read = {row.source: row for row in held if not (row.erased or row.original_removed or row.unsearched)}
        named = ("told", "source", "entry", "erased")
        columns = plain.select(self._alias, Told, named, until=None, kind="account", source__in=read)
        missing = [entry for account, _, entry, _ in columns if account not in new]
        entries = log.some(self._alias, [*missing, *(row.entry for row in read.values())])
        claims: dict[str, list[Sequence[Claim]]] = defaultdict(list)
        for account, source, number, _ in columns:
            entry = new[account] if account in new else entries[number]
            assert isinstance(entry.payload, AccountProposed)
            claims[source].append(entry.payload.claims)
        for source in {source for _, source, _, erased in columns if erased}:
            del read[source]
        for source, row in read.items():
            self._words[source] = self._read(row, entries[row.entry], claims[source])

    def _read(self, row: Received, entry: Logged, accounts: Sequence[Sequence[Claim]]) -> Words | None:
        payload = entry.payload
        assert isinstance(payload, DocumentReceived)
        text = originals.read_text(self._folder, row.source, payload.text, self._opener, private=False)
        return None if text is None else passages.words_of(row.entry, payload, text, accounts)

    def _telling(self, account: str, entry: int, claims: Sequence[Claim], source: str) -> Telling:
        words = self._words.get(source)
        return Telling(account, entry, claims, None if words is None or words.tells_many else words)

    # Rows

    def _write_new(self, alone: Mapping[str, Logged]) -> None:
        """Accounts of which nothing else is known: their payloads are at hand."""
        made = _Made()
        for account, entry in alone.items():
            payload = entry.payload
            assert isinstance(payload, AccountProposed)
            at = folding.Standing(
                number=entry.sequence,
                incident=incident_id(account),
                changed=entry.sequence,
                verification=Verification.REPORTED.value,
                tellers=1,
                reports=1,
                undecided=len(payload.claims),
            )
            facts = folding.of_one_account(account, payload.source, payload.claims)
            made.add(at, facts, [self._telling(account, entry.sequence, payload.claims, payload.source)])
        made.insert(self._alias)

    def _write_again(self, incidents: Collection[str], together: Mapping[str, Sequence[StoredAccount]]) -> None:
        self._remove(incidents)
        made = _Made()
        names = [account.id for accounts in together.values() for account in accounts]
        told = plain.select(self._alias, Told, ("told", "entry"), until=None, kind="account", told__in=names)
        entries: dict[str, int] = dict(told)
        changed = self._changes(together)
        confirmed = ("incident", "verification")
        verified = dict(plain.select(self._alias, Confirmed, confirmed, until=None, incident__in=together))
        for incident, accounts in together.items():
            undecided = sum(len(each.proposed.claims) - len(each.decided) for each in accounts)
            at = folding.Standing(
                number=entries[earliest_of(incident)],
                incident=incident,
                changed=changed[incident],
                verification=verified.get(incident, Verification.REPORTED.value),
                tellers=len(accounts),
                reports=len({each.source for each in accounts}),
                undecided=undecided,
            )
            facts = folding.briefly(claim for each in accounts for claim in each.claims)
            telling = [self._telling(each.id, entries[each.id], each.proposed.claims, each.source) for each in accounts]
            made.add(at, facts, telling)
        made.insert(self._alias)

    def _changes(self, together: Mapping[str, Sequence[StoredAccount]]) -> dict[str, int]:
        """The last entry that changed each incident: when a row about it or its accounts was last begun or ended."""
        of_account = {each.id: incident for incident, accounts in together.items() for each in accounts}
        of_incident = {incident: incident for incident in together}
        last = dict.fromkeys(together, 0)
        for kind, column, named in (
            (Told, "told", of_account),
            (Decided, "account", of_account),
            (Linked, "account", of_account),
            (Linked, "incident", of_incident),
            (Confirmed, "incident", of_incident),
        ):
            rows = plain.select(self._alias, kind, (column, "since", "until"), **{f"{column}__in": named})
            for name, since, until in rows:
                last[named[name]] = max(last[named[name]], since, until or 0)
        return last

    def _remove(self, incidents: Collection[str]) -> None:
        # An incident has its number from its earliest account, which may have been taken back and told again.
        numbers = plain.column(self._alias, Told, "entry", told__in={earliest_of(each) for each in incidents})
        for kind in (Folded, Several):
            plain.delete(self._alias, kind, number__in=numbers)
        index.take(self._alias, events=numbers)

    def _write_documents(self, documents: Collection[str]) -> None:
        index.take(self._alias, documents=sorted(documents))
        # Said twice, since the index is of the passages that have a document, and is taken where the question says so.
        of_incidents = set(plain.column(self._alias, Passage, "document", document__not="", document__in=documents))
        rows: list[Row] = []
        for source in sorted(documents):
            words = self._words.get(source)
            if words is not None:
                rows += passages.statement_rows(words)
                rows += [] if source in of_incidents else [passages.document_row(words)]
        index.put(self._alias, rows)

    def _write_waiting(self, documents: Collection[str]) -> None:
        """The documents of which claims are open, with how many."""
        named = ("told", "source", "claims")
        accounts = plain.select(self._alias, Told, named, until=None, kind="account", source__in=documents)
        names = [account for account, _, _ in accounts]
        done = plain.counts(self._alias, Decided, "account", until=None, account__in=names)
        undecided: dict[str, int] = defaultdict(int)
        for account, source, claims in accounts:
            undecided[source] += claims - done.get(account, 0)
        plain.delete(self._alias, Waiting, source__in=documents)
        arrived = plain.select(self._alias, Received, ("entry", "source"), until=None, source__in=documents)
        rows = [(entry, source, undecided[source]) for entry, source in arrived if undecided[source]]
        insert_all(self._alias, Waiting, ("number", "source", "undecided"), sorted(rows))


@dataclass(slots=True)
class _Made:
    """Rows to insert at once."""

    folded: list[Row] = field(default_factory=list)
    several: list[Row] = field(default_factory=list)
    passages: list[Row] = field(default_factory=list)

    def add(self, at: folding.Standing, facts: folding.Facts, told: Sequence[Telling]) -> None:
        self.folded.append(folding.row(at, facts))
        self.several += folding.several(at.number, facts)
        self.passages += passages.incident_rows(at.number, at.incident, facts, told)

    def insert(self, alias: str) -> None:
        insert_all(alias, Folded, folding.COLUMNS, self.folded)
        insert_all(alias, Several, folding.SEVERAL_COLUMNS, self.several)
        index.put(alias, self.passages)


def clear(alias: str) -> None:
    """Takes out everything that follows."""
    Folded.objects.using(alias).all().delete()
    Several.objects.using(alias).all().delete()
    Waiting.objects.using(alias).all().delete()
    index.empty(alias)
