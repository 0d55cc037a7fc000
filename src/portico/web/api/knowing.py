"""What of the record the person of a token may know of; what they may not is not there."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from django.http import HttpRequest

from portico.facts import IncidentState
from portico.store import Record, StoredAccount, StoredDocument
from portico.web.access.acts import Act
from portico.web.access.permissions import may
from portico.web.access.viewer import Viewer, viewer_of
from portico.web.api.problems import missing, wrong
from portico.web.api.shapes import Page
from portico.web.desk.records import record_of

T = TypeVar("T")


def incident_of(request: HttpRequest, name: str, act: Act = Act.LOOK) -> IncidentState:
    """The incident. Raises Refused (404)."""
    state = record_of(request).incident(name)
    if state is None or not may(viewer_of(request), act, accounts=state.accounts):
        raise missing("incident")
    return state


def account_of(request: HttpRequest, name: str, act: Act = Act.LOOK) -> StoredAccount:
    """The account, if the whole of its incident may be known of. Raises Refused (404)."""
    found = record_of(request).account(name)
    if found is None:
        raise missing("account")
    incident_of(request, found.incident, act)
    return found


def document_of(request: HttpRequest, source: str) -> StoredDocument:
    """The document. Raises Refused (404)."""
    found = record_of(request).document(source)
    if found is None or source in viewer_of(request).hidden_sources:
        raise missing("document")
    return found


def hidden_incidents(record: Record, viewer: Viewer) -> frozenset[str]:
    """The incidents of accounts that are closed to this person: those that `visible` leaves out."""
    return frozenset(found.incident for each in viewer.hidden if (found := record.account(each)) is not None)


def left_at(record: Record, after: str, subject: str) -> str | None:
    """Where a list was left; None at its beginning. subject: what its entry is about. Raises Refused (422)."""
    if after and record.latest(subject) is None:
        raise wrong({"after": ["The record never held anything of this id. Take `next` of the part before."]})
    return after or None


def part(rows: Sequence[T], limit: int, name: Callable[[T], str]) -> Page[T]:
    """The first of these rows. rows: one more than the limit, if there are more."""
    kept = tuple(rows[:limit])
    return Page(rows=kept, next=name(kept[-1]) if len(rows) > limit else None)


def after(rows: Iterable[T], name: Callable[[T], str], cursor: str) -> list[T]:
    """The rows behind the one of that id. Raises Refused (422) when it is not among them any more."""
    held = list(rows)
    if not cursor:
        return held
    for place, each in enumerate(held):
        if name(each) == cursor:
            return held[place + 1 :]
    raise wrong({"after": ["There is nothing of this id in the list now. Begin again without it."]})
