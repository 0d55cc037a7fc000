"""The history of one thing, and which thing an id means."""

from collections.abc import Iterator, Mapping

import msgspec
from django.db.models import QuerySet

from portico.store import log, said
from portico.store.ids import claim_id
from portico.store.log import Logged
from portico.store.many import columns_of
from portico.store.models import Entry, Linked, Received, Stretch, Told
from portico.store.opened import Opened
from portico.store.payloads import (
    AccountProposed,
    AccountsKeptApart,
    AccountsLinked,
    AccountUnlinked,
    ClaimDecided,
    ConsentRecorded,
    DocumentReceived,
    IncidentVerified,
    Payload,
)
from portico.store.sealing import open_account, open_document_words, open_given
from portico.store.values import LogEntry, Resolved
from portico.store.view import View


def history(opened: Opened, subject: str) -> tuple[LogEntry, ...]:
    """The entries about a document, account, claim, incident, person or batch, in order."""
    view = opened.view()
    alias = opened.databases.record
    told = Told.objects.using(alias)
    if subject.startswith("i-"):
        members = {a.id for a in view.accounts_of(subject).values()}
        wanted = {subject, *members}
    elif subject.startswith("p-"):
        wanted = {subject, *told.filter(person=subject).values_list("told", flat=True)}
    else:
        wanted = {subject}
    numbers = said.numbers_about(alias, wanted, view.size)
    accounts = told.filter(kind="account")
    for column in ("source", "person"):
        numbers.update(columns_of(accounts, column, wanted, "entry"))
    for stretch in said.of_batch(alias, subject, view.size):
        numbers.update(stretch)
    found = log.some(alias, numbers)
    return tuple(_line(found[number], view) for number in sorted(found))


def newest(opened: Opened, kind: str, most: int) -> tuple[LogEntry, ...]:
    """The last entries of one type, the newest first."""
    view = opened.view()
    rows = Entry.objects.using(opened.databases.record).filter(type=kind).order_by("-sequence")[:most]
    return tuple(_line(log.read(row), view) for row in rows)


def latest(opened: Opened, subject: str) -> LogEntry | None:
    """The last entry whose subject this is, found by an index."""
    row = Entry.objects.using(opened.databases.record).filter(subject=subject).order_by("-sequence").first()
    return None if row is None else _line(log.read(row), opened.view())


def _line(entry: Logged, view: View) -> LogEntry:
    return LogEntry(
        sequence=entry.sequence,
        at=log.instant(entry.at),
        actor=entry.actor,
        type=entry.type,
        subject=entry.subject,
        batch=entry.payload.batch,
        details=_details(entry.subject, entry.payload, view),
    )


def _details(subject: str, payload: Payload, view: View) -> Mapping[str, object]:
    """What the entry says, without ciphertext; what was typed, where the key is there."""
    match payload:
        case DocumentReceived():
            whole = open_document_words(payload, view.opener) or payload
            return {"name": whole.name, "private": payload.source.private, "reader": payload.reader}
        case AccountProposed():
            account = open_account(subject, payload, view.opener)
            return {"source": payload.source, "claims": msgspec.to_builtins(account.claims)}
        case ClaimDecided():
            given = open_given(payload.box, subject, view.opener)
            value = payload.value if payload.value is not None or given is None else given.value
            return {
                "attribute": payload.attribute,
                "decision": payload.decision,
                "value": value,
                "reason": given.reason if given else None,
            }
        case (
            AccountsLinked(box=box)
            | AccountUnlinked(box=box)
            | AccountsKeptApart(box=box)
            | IncidentVerified(box=box)
            | ConsentRecorded(box=box)
        ):
            given = open_given(box, subject, view.opener)
            plain = msgspec.to_builtins(payload)
            return {k: v for k, v in plain.items() if k not in ("box", "batch")} | {
                "reason": given.reason if given else None
            }
        case _:
            return {k: v for k, v in msgspec.to_builtins(payload).items() if k != "batch"}


def resolve(opened: Opened, beginning: str) -> tuple[Resolved, ...]:
    """Every thing whose id begins so: none, one or several. An id that is given whole is that thing alone."""
    found = sorted(set(_candidates(opened, beginning)), key=lambda each: (each.kind, each.id))
    exact = [each for each in found if each.id == beginning]
    return tuple(exact or found)


def _candidates(opened: Opened, beginning: str) -> Iterator[Resolved]:
    alias = opened.databases.record
    if beginning.startswith("c-"):
        yield from _claims(opened, beginning)
    elif beginning.startswith("i-"):
        yield from (
            Resolved(kind="incident", id=each)
            for each in _incidents(alias, f"a-{beginning[2:]}")
            if each.startswith(beginning)
        )
    elif beginning.startswith("p-"):
        rows = Told.objects.using(alias).filter(until=None, person__startswith=beginning)
        yield from (Resolved(kind="person", id=row.person) for row in rows)
    elif beginning.startswith(("b-", "import-")):
        rows = Stretch.objects.using(alias).filter(batch__startswith=beginning)
        yield from (Resolved(kind="batch", id=each) for each in set(rows.values_list("batch", flat=True)))
    elif beginning[:2] in ("a-", "s-", "x-", "n-"):
        rows = Told.objects.using(alias).filter(until=None, told__startswith=beginning)
        yield from (Resolved(kind=row.kind, id=row.told) for row in rows)
    elif beginning:
        rows = Received.objects.using(alias).filter(until=None, source__startswith=beginning)
        yield from (Resolved(kind="document", id=row.source) for row in rows)


def _incidents(alias: str, account: str) -> Iterator[str]:
    """The incidents that begin like this account: those it leads now."""
    for told in _told(alias, account):
        linked = Linked.objects.using(alias).filter(until=None, account=told).first()
        incident = f"i-{told[2:]}"
        if linked is None or linked.incident == incident:
            yield incident


def _told(alias: str, beginning: str) -> QuerySet:
    """The ids of the accounts that begin so."""
    rows = Told.objects.using(alias).filter(until=None, kind="account", told__startswith=beginning)
    return rows.values_list("told", flat=True)


def _claims(opened: Opened, beginning: str) -> Iterator[Resolved]:
    """c-51c0.3 is claim 3 of the one account that begins with 51c0; c-51c0 is every claim of it."""
    account, dot, place = beginning.removeprefix("c-").partition(".")
    told = _told(opened.databases.record, f"a-{account}")
    for each in opened.view().accounts(told__in=list(told)).values():
        for number in range(len(each.proposed.claims)):
            if not dot or str(number) == place:
                yield Resolved(kind="claim", id=claim_id(each.id, number))
