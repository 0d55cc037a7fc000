"""How the claims of accounts stand decided: by whom, when, and what of it was undone."""

from collections.abc import Collection, Mapping

from portico.store import log
from portico.store.log import Logged
from portico.store.models import Decided
from portico.store.payloads import ClaimDecided
from portico.store.sealing import open_given
from portico.store.values import StoredDecision
from portico.store.view import View

_GLANCE = 8  # entries on either side: more than a place and what follows from it


def decisions(view: View, accounts: Collection[str]) -> dict[str, StoredDecision]:
    """By claim: how it stands, of every claim of these accounts that somebody ever decided about."""
    last: dict[str, Decided] = {}
    changed: dict[str, int] = {}
    for row in view.ever(Decided, account__in=sorted(accounts)):
        last[row.claim] = row
        changed[row.claim] = max(changed.get(row.claim, 0), row.since + 1, (row.until or 0) + 1)
    entries = view.entries_of(last.values())
    near = view.entries_at(at for number in entries for at in range(number - _GLANCE, number + _GLANCE + 1))
    return {claim: _decision(view, row, entries[row.entry], changed[claim], near) for claim, row in last.items()}


def _decision(view: View, row: Decided, entry: Logged, changed: int, near: Mapping[int, Logged]) -> StoredDecision:
    payload = entry.payload
    assert isinstance(payload, ClaimDecided)
    given = open_given(payload.box, entry.subject, view.opener)
    return StoredDecision(
        claim=row.claim,
        decision=row.decision if row.until is None else None,
        actor=entry.actor,
        at=log.instant(entry.at),
        batch=payload.batch,
        changed=changed,
        value=payload.value if payload.value is not None or given is None else given.value,
        reason=given.reason if given else None,
        together=_together(entry, near),
    )


def _together(entry: Logged, near: Mapping[int, Logged]) -> int:
    """How many entries of its batch stand beside it: what is decided in one batch is appended at once."""
    count = 1
    for step in (-1, 1):
        at = entry.sequence + step
        while at in near and near[at].payload.batch == entry.payload.batch:
            count, at = count + 1, at + step
    return count
