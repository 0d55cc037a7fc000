"""Which two accounts come next: those of a document, or those of what came in last and stands alone."""

import time
from collections.abc import Iterator

from django.http import HttpRequest

from portico.store import Record, StoredAccount
from portico.web.access.acts import Act
from portico.web.access.permissions import may
from portico.web.access.viewer import Viewer, viewer_of
from portico.web.desk.records import record_of
from portico.web.inbox.waiting import newest_accounts
from portico.web.matching.near import Near, near

_KEY = "portico_later"
_MOST_LATER = 200
_NEWEST = 50
_SECONDS = 1.5  # for looking through what came in last; what is older is looked at from its own document


def later(request: HttpRequest) -> list[list[str]]:
    """The pairs that this session put off."""
    return list(request.session.get(_KEY, []))


def put_off(request: HttpRequest, one: str, other: str) -> None:
    """Not now: it comes again in the next session."""
    kept = [*later(request), sorted((one, other))]
    request.session[_KEY] = kept[-_MOST_LATER:]


def next_of(request: HttpRequest, *, source: str = "") -> tuple[str, str] | None:
    """The two accounts to look at next; None when nothing is proposed of what came in last."""
    record, viewer = record_of(request), viewer_of(request)
    put = {tuple(each) for each in later(request)}
    until = time.monotonic() + _SECONDS
    for account in record.told_by(source).values() if source else _to_look_at(record):
        for each in proposals(record, viewer, account):
            pair = (account.id, each.incident.accounts[0])
            if tuple(sorted(pair)) not in put:
                return pair
        if time.monotonic() > until:
            break
    return None


def _to_look_at(record: Record) -> Iterator[StoredAccount]:
    """Accounts of events that share day and place with another first, then what came in last."""
    names = (f"a-{item.incident.id[2:]}" for item in record.inbox(limit=_NEWEST).rows if item.near)
    yield from (found for name in names if (found := record.account(name)) is not None)
    yield from newest_accounts(record)


def proposals(record: Record, viewer: Viewer, account: StoredAccount, *, most: int = 5) -> tuple[Near, ...]:
    """The events that an account may be of, without its own and those that people keep apart from it."""
    own = record.incident(account.incident)
    if own is None or not may(viewer, Act.LOOK, accounts=own.accounts):
        return ()
    apart = {name for pair in record.apart(own.accounts) for name in pair} - set(own.accounts)
    found = near(record, viewer, account.account, without={own.id}, most=most + len(apart))
    left = (
        each for each in found if apart.isdisjoint(each.incident.accounts) and not _of_one_document(own.sources, each)
    )
    return tuple(left)[:most]


def _of_one_document(sources: tuple[str, ...], each: Near) -> bool:
    """A text that tells two events tells them as two accounts."""
    return not set(sources).isdisjoint(each.incident.sources) and len(each.incident.sources) == 1
