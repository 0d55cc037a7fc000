"""What follows from many new documents at once is made by the first question that needs it.

Folding and indexing ten thousand accounts takes as long as appending them. The log, its projections and the head, which
says of how many entries lists, figures and search are made (`Head.followed`), are one transaction. The rest follows in
one of its own, before the next answer from a list and before any other change: no answer misses what was acknowledged,
and a crash in between costs only the work.
"""

from collections.abc import Sequence

from portico.store import log, projections
from portico.store.collecting import not_collecting
from portico.store.databases import Databases
from portico.store.log import Logged
from portico.store.payloads import AccountProposed, DocumentReceived

_NEW = (DocumentReceived, AccountProposed)

MANY = 1000
"""Entries of new documents in one append, from which on they are left for later."""

MOST = 20_000
"""Entries behind, from which on the next append makes what follows from them: nobody's list waits for more than that
and one more append."""


def take_in(databases: Databases, entries: Sequence[Logged], *, listed: bool = False) -> None:
    """Changes the projections by entries that were just appended, in the transaction that appends them.

    listed  what follows is made too, however many they are: where more are coming, that takes half the time of reading
            them from the log again, and nobody's list waits
    """
    before, size = entries[0].sequence, entries[-1].sequence + 1
    behind = before - (log.followed(databases.record) or 0)
    later = not listed and len(entries) >= MANY and all(isinstance(each.payload, _NEW) for each in entries)
    if behind and not (later and behind < MOST):
        _follow(databases, before)
    if later:
        projections.change(databases, entries)
    else:
        projections.project(databases, entries)
        log.note_followed(databases.record, size)


def catch_up(databases: Databases) -> None:
    """Makes what follows from entries that were left for later, if there are any."""
    alias = databases.record
    if log.is_followed(alias):
        return
    with not_collecting(), databases.writing():
        _follow(databases, log.frontier(alias, for_update=True).size)


def _follow(databases: Databases, size: int) -> None:
    alias = databases.record
    start = log.followed(alias)
    if start is None:
        projections.follow_all(databases)
    else:
        projections.follow_new(databases, log.entries(alias, start=start, end=size))
    log.note_followed(alias, size)
