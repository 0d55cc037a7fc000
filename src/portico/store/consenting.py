"""What people allow: recorded, dated, withdrawable; whose words it keeps out of counts, whose names fall due."""

from collections.abc import Collection, Iterable
from datetime import date

from portico.facts import IncidentState
from portico.record import Consent, due_since
from portico.store import log
from portico.store.errors import RecordRefused
from portico.store.keyring import new_id
from portico.store.log import Draft
from portico.store.models import Consented, Received, Told
from portico.store.opened import Opened
from portico.store.payloads import ConsentRecorded, Given
from portico.store.sealing import open_given, seal_given
from portico.store.values import Due, StoredConsent
from portico.store.view import View


def record_consent(opened: Opened, subject: str, consent: Consent, *, actor: str, how: str | None) -> None:
    """One entry; none if exactly that stands already: the same twice is once."""
    with opened.writing():
        keys = _keys(opened, subject)
        if any(each.consent == consent for each in consents(opened.view(), [subject])):
            return
        sealer = opened.sealer()
        payload = ConsentRecorded(
            batch=new_id("b", opened.random),
            purpose=consent.purpose,
            answer=consent.answer,
            on=consent.on.isoformat(),
            until=consent.until.isoformat() if consent.until else None,
            box=seal_given(Given(reason=how), keys or [new_id("g", opened.random)], subject, sealer),
        )
        sealer.keep(opened.databases.keyring)
        opened.append([Draft("consent_recorded", subject, payload)], actor)


def _keys(opened: Opened, subject: str) -> list[str]:
    """The subjects of the keys that what is typed goes under; none if those are destroyed, or there never were any."""
    alias = opened.databases.record
    told = Told.objects.using(alias).filter(until=None, person=subject).exclude(person="").first()
    received = Received.objects.using(alias).filter(until=None, source=subject).first()
    if told is None and received is None:
        raise RecordRefused(
            opened.folder, f"there is no person or document {subject}", "`portico list people` lists them."
        )
    if told is not None:
        return [] if told.erased else [told.person]
    assert received is not None
    return [received.key] if received.key and not received.erased else []


def consents(view: View, subjects: Collection[str] | None = None) -> tuple[StoredConsent, ...]:
    """What stands: the last word about each purpose, of these persons and documents or of all."""
    where = {} if subjects is None else {"subject__in": sorted(subjects)}
    rows = view.held(Consented, **where)
    entries = view.entries_of(rows)
    return tuple(_consent(row, entries[row.entry], view) for row in rows)


def _consent(row: Consented, entry: log.Logged, view: View) -> StoredConsent:
    payload = entry.payload
    assert isinstance(payload, ConsentRecorded)
    given = open_given(payload.box, entry.subject, view.opener)
    return StoredConsent(
        subject=row.subject,
        consent=Consent(
            purpose=payload.purpose,
            answer=payload.answer,
            on=date.fromisoformat(payload.on),
            until=date.fromisoformat(payload.until) if payload.until else None,
        ),
        actor=entry.actor,
        at=log.instant(entry.at),
        how=given.reason if given else None,
    )


def due(view: View, on: date) -> tuple[Due, ...]:
    """The persons and documents whose words and names nothing keeps on that day, the longest due first."""
    by_subject: dict[str, list[StoredConsent]] = {}
    for each in consents(view):
        by_subject.setdefault(each.subject, []).append(each)
    left = _left(view, by_subject)
    found = [
        Due(subject=subject, since=since, consents=tuple(said))
        for subject, said in by_subject.items()
        if subject in left and (since := due_since(each.consent for each in said)) is not None and since <= on
    ]
    return tuple(sorted(found, key=lambda each: (each.since, each.subject)))


def _left(view: View, subjects: Iterable[str]) -> set[str]:
    """Those that were not erased."""
    named = sorted(subjects)
    persons = {row.person for row in view.held(Told, person__in=named, erased=False)}
    return persons | {row.source for row in view.held(Received, source__in=named, erased=False)}


def kept_out(view: View) -> set[str]:
    """The accounts of who does not want to be counted."""
    against = view.held(Consented, purpose="statistics", answer__in=("refused", "withdrawn"))
    no = {row.subject for row in against}
    if not no:
        return set()
    rows = [*view.held(Told, person__in=sorted(no)), *view.held(Told, kind="account", source__in=sorted(no))]
    return {row.told for row in rows}


def countable(view: View) -> tuple[IncidentState, ...]:
    """Every incident as it may be counted: on the words of those alone who did not say no."""
    return view.incidents(without=kept_out(view))


def counted_otherwise(view: View, closed: Collection[str]) -> dict[str, IncidentState | None]:
    """The incidents that a refusal reaches, as they may be counted; None = not at all.

    closed  accounts whose incidents are not counted, though others tell of them too
    """
    out = kept_out(view)
    reached, left_out = view.incidents_of(out), view.incidents_of(closed)
    left = view.some_incidents(reached - left_out, without=out)
    return {incident: left.get(incident) for incident in sorted(reached | left_out)}
