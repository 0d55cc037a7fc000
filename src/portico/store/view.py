"""What the record holds, as it stood when the log had a certain size."""

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import TypeVar

from portico.custody import KeyFile
from portico.facts import MASKED, Account, Claim, FactState, IncidentState, SourcedClaim, Status, Verification
from portico.record import fold
from portico.store import log, originals, plain
from portico.store.databases import Databases
from portico.store.ids import claim_id, earliest_of, incident_id
from portico.store.keyring import Opener
from portico.store.log import Logged
from portico.store.many import in_parts
from portico.store.models import Apart, Confirmed, Decided, Held, Linked, Received, Told
from portico.store.payloads import AccountProposed, ClaimDecided, DocumentReceived, is_masked
from portico.store.sealing import boxes_of, corrected, open_account, open_document_words, open_given
from portico.store.values import (
    StoredAccount,
    StoredAction,
    StoredDocument,
    StoredPerson,
    StoredStatement,
    StoredStatistic,
)

Row = TypeVar("Row", bound=Held)
_AT_ONCE = 400


class View:
    """One answer's look at the record: every part of it is of the same moment, whatever is written meanwhile."""

    def __init__(self, databases: Databases, key: KeyFile | None, size: int) -> None:
        self._alias = databases.record
        self._folder: Path = databases.folder
        self.size = size
        self.opener = Opener(databases.keyring, key.opening if key else None)

    def held(self, kind: type[Row], /, **where: object) -> list[Row]:
        """The rows held at that size, in the order of the log. where: as `plain.select` takes it."""
        rows = plain.instances(self._alias, kind, since__lt=self.size, **where)
        held = (row for row in rows if row.until is None or row.until >= self.size)
        return sorted(held, key=lambda row: (row.entry, getattr(row, "position", 0), row.pk))

    def ever(self, kind: type[Row], /, **where: object) -> list[Row]:
        """The rows that were ever held, in the order in which they were."""
        rows = plain.instances(self._alias, kind, since__lt=self.size, **where)
        return sorted(rows, key=lambda row: (row.since, row.pk))

    def apart(self, accounts: Collection[str], *, with_any: Collection[str] | None = None) -> set[frozenset[str]]:
        """The pairs that people keep apart, of which one is among these. with_any: and the other among those."""
        names = sorted(accounts)
        rows = [*self.held(Apart, one__in=names), *self.held(Apart, other__in=names)]
        pairs = {frozenset((row.one, row.other)) for row in rows}
        return pairs if with_any is None else {pair for pair in pairs if not pair.isdisjoint(with_any)}

    def entries_at(self, sequences: Iterable[int]) -> dict[int, Logged]:
        return log.some(self._alias, {at for at in sequences if 0 <= at < self.size})

    def entries_of(self, rows: Iterable[Held]) -> dict[int, Logged]:
        found = log.some(self._alias, (row.entry for row in rows))
        self.opener.prepare(box for entry in found.values() for box in boxes_of(entry.payload))
        return found

    def documents(self, **where: object) -> dict[str, StoredDocument]:
        rows = self.held(Received, **where)
        entries = self.entries_of(rows)
        return {row.source: self._document(row, entries[row.entry]) for row in rows}

    def published(self, sources: Collection[str]) -> dict[str, str | None]:
        """The day of publication of those of these documents whose words are at hand; the words are not read."""
        rows = [
            row
            for some in in_parts(sources)
            for row in self.held(Received, source__in=some, erased=False, original_removed=False)
        ]
        entries = self.entries_of(rows)
        found: dict[str, str | None] = {}
        for row in rows:
            payload = entries[row.entry].payload
            assert isinstance(payload, DocumentReceived)
            known = open_document_words(payload, self.opener)
            if known is not None:
                found[row.source] = known.source.published_on
        return found

    def _document(self, row: Received, entry: Logged) -> StoredDocument:
        payload = entry.payload
        assert isinstance(payload, DocumentReceived)
        whole = open_document_words(payload, self.opener)
        known = whole or payload
        text = None
        if whole is not None and not row.original_removed:
            text = originals.read_text(self._folder, row.source, known.text, self.opener, private=bool(row.key))
        return StoredDocument(
            source=known.source,
            text=text,
            received_at=log.instant(entry.at),
            reading=known.name,
            locked=whole is None,
            erased=row.erased or row.original_removed,
            batch=payload.batch,
        )

    def accounts(self, **where: object) -> dict[str, StoredAccount]:
        rows = self.held(Told, kind="account", **where)
        narrowed = {"account__in": [row.told for row in rows]} if where else {}
        decided = self.held(Decided, **narrowed)
        incident = {row.account: row.incident for row in self.held(Linked, **narrowed)}
        entries = self.entries_of([*rows, *decided])
        by_account: dict[str, list[Decided]] = {}
        for each in decided:
            by_account.setdefault(each.account, []).append(each)
        return {
            row.told: self._account(
                row, entries, by_account.get(row.told, []), incident.get(row.told, incident_id(row.told))
            )
            for row in rows
        }

    def _account(
        self, row: Told, entries: Mapping[int, Logged], decided: list[Decided], incident: str
    ) -> StoredAccount:
        entry = entries[row.entry]
        assert isinstance(entry.payload, AccountProposed)
        proposed = open_account(row.told, entry.payload, self.opener)
        decisions = {each.claim: entries[each.entry] for each in decided}
        claims = tuple(self._decided_claims(row, proposed, decisions))
        return StoredAccount(
            id=row.told,
            source=row.source,
            account=Account(claims=tuple(each.claim for each in claims)),
            proposed=proposed,
            claims=claims,
            since=log.instant(entry.at),
            person=row.person,
            incident=incident,
            decided={each.claim: each.decision for each in decided},
            erased=row.erased,
        )

    def _decided_claims(self, row: Told, proposed: Account, decisions: Mapping[str, Logged]) -> Iterable[SourcedClaim]:
        for place, claim in enumerate(proposed.claims):
            name = claim_id(row.told, place)
            left = self._decided_claim(claim, decisions.get(name))
            if left is not None:
                yield SourcedClaim(id=name, account=row.told, source=row.source, claim=left)

    def _decided_claim(self, claim: Claim, decision: Logged | None) -> Claim | None:
        if decision is None:
            return claim
        payload = decision.payload
        assert isinstance(payload, ClaimDecided)
        if payload.decision == "reject":
            return None
        if payload.decision == "accept":
            return claim
        return corrected(claim, payload, open_given(payload.box, decision.subject, self.opener), decision.actor)

    def incidents(self, *, without: Collection[str] = ()) -> tuple[IncidentState, ...]:
        """Every incident, in order of arrival. without: accounts that are left out of what is folded."""
        confirmed = {row.incident: Verification(row.verification) for row in self.held(Confirmed)}
        events: dict[str, list[StoredAccount]] = {}
        for account in self.accounts().values():
            if account.id not in without:
                events.setdefault(account.incident, []).append(account)
        return tuple(
            _folded(name, accounts, confirmed.get(name, Verification.REPORTED)) for name, accounts in events.items()
        )

    def accounts_of(self, incident: str) -> dict[str, StoredAccount]:
        """The accounts of an incident, in order of arrival."""
        linked = [row.account for row in self.held(Linked, incident=incident)]
        found = self.accounts(told__in=linked or [earliest_of(incident)])
        return {name: account for name, account in found.items() if account.incident == incident}

    def accounts_by_incident(self, incidents: Collection[str]) -> dict[str, list[StoredAccount]]:
        """The accounts of several incidents, each in order of arrival; none of an incident that is no more."""
        together: dict[str, list[StoredAccount]] = {}
        ordered = sorted(incidents)
        for start in range(0, len(ordered), _AT_ONCE):
            some = ordered[start : start + _AT_ONCE]
            linked = {row.account for row in self.held(Linked, incident__in=some)}
            for account in self.accounts(told__in=sorted(linked.union(map(earliest_of, some)))).values():
                if account.incident in incidents:
                    together.setdefault(account.incident, []).append(account)
        return together

    def incident(self, name: str) -> IncidentState | None:
        """None of one that is no more."""
        return self.some_incidents([name]).get(name)

    def some_incidents(self, names: Collection[str], *, without: Collection[str] = ()) -> dict[str, IncidentState]:
        """Chosen incidents by their ids; those that are no more, or of which no account is left, are left out."""
        confirmed = {
            row.incident: Verification(row.verification)
            for some in in_parts(names)
            for row in self.held(Confirmed, incident__in=some)
        }
        left = {
            name: [each for each in accounts if each.id not in without]
            for name, accounts in self.accounts_by_incident(names).items()
        }
        return {
            name: _folded(name, accounts, confirmed.get(name, Verification.REPORTED))
            for name, accounts in left.items()
            if accounts
        }

    def incidents_of(self, accounts: Collection[str]) -> set[str]:
        """The ids of the incidents that accounts are of, those of one that is no more among them."""
        linked = {
            row.account: row.incident for some in in_parts(accounts) for row in self.held(Linked, account__in=some)
        }
        return {linked.get(each, incident_id(each)) for each in accounts}

    def people(self) -> tuple[StoredPerson, ...]:
        return tuple(
            StoredPerson(
                id=each.person,
                name=None if (name := each.account.value("name")) is None else str(name),
                account=each.id,
                source=each.source,
                incident=each.incident,
            )
            for each in self.accounts().values()
            if not each.erased
        )

    def statements(self, **where: object) -> tuple[StoredStatement, ...]:
        return tuple(
            StoredStatement(id=row.told, source=row.source, statement=payload.statements[row.position])
            for row, payload in self._beside_accounts("statement", **where)
        )

    def actions(self, **where: object) -> tuple[StoredAction, ...]:
        return tuple(
            StoredAction(id=row.told, source=row.source, action=payload.actions[row.position])
            for row, payload in self._beside_accounts("action", **where)
        )

    def statistics(self) -> tuple[StoredStatistic, ...]:
        return tuple(
            StoredStatistic(id=row.told, source=row.source, statistic=payload.statistics[row.position])
            for row, payload in self._beside_accounts("statistic")
        )

    def _beside_accounts(self, kind: str, **where: object) -> Iterable[tuple[Told, DocumentReceived]]:
        # Said twice, since SQLite takes the index of those beside accounts only if the question leaves accounts out.
        rows = self.held(Told, kind__not="account", kind=kind, **where)
        entries = self.entries_of(rows)
        opened: dict[int, DocumentReceived] = {}
        for number, entry in entries.items():
            assert isinstance(entry.payload, DocumentReceived)
            opened[number] = open_document_words(entry.payload, self.opener) or entry.payload
        return [(row, opened[row.entry]) for row in rows]


def _folded(name: str, accounts: Iterable[StoredAccount], verification: Verification) -> IncidentState:
    """The state of the event. A value that is hidden is neither agreed nor disputed: what it says is not known here."""
    held = tuple(accounts)
    claims = [claim for account in held for claim in account.claims]
    state = fold([each for each in claims if not is_masked(each.claim)], id=name, verification=verification)
    hidden: dict[str, list[SourcedClaim]] = {}
    for each in claims:
        if is_masked(each.claim):
            hidden.setdefault(each.claim.attribute, []).append(each)
    return IncidentState(
        id=name,
        accounts=tuple(account.id for account in held),
        sources=tuple(dict.fromkeys(account.source for account in held)),
        facts=_with_hidden(state.facts, hidden),
        verification=state.verification,
    )


def _with_hidden(facts: tuple[FactState, ...], hidden: Mapping[str, list[SourcedClaim]]) -> tuple[FactState, ...]:
    seen = {fact.attribute for fact in facts}
    told = tuple(_beside(fact, hidden[fact.attribute]) if fact.attribute in hidden else fact for fact in facts)
    rest = (name for name in hidden if name not in seen)
    return (*told, *(_beside(FactState(attribute=name, status=Status.UNKNOWN), hidden[name]) for name in rest))


def _beside(fact: FactState, hidden: Iterable[SourcedClaim]) -> FactState:
    return FactState(
        attribute=fact.attribute,
        status=fact.status,
        values=fact.values or (MASKED,),
        claims=(*fact.claims, *hidden),
    )
