"""The full-text index over the passages, in either database: the same words find the same things.

It holds nothing that `Passage` does not, and what is taken out there is taken out here in the same transaction.
"""

from collections.abc import Collection, Sequence

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from portico.store import fts5, plain, tsvector
from portico.store.databases import insert_all
from portico.store.models import Passage
from portico.store.passages import COLUMNS, Row
from portico.store.terms import Only, Term

_WORDS = ("number", "title", "body")


def _is_sqlite(alias: str) -> bool:
    return bool(connections[alias].vendor == "sqlite")


def look(alias: str, terms: Sequence[Term], only: Only) -> fts5.Look | tsvector.Look:
    """A search for terms, at least one of which is wanted."""
    return fts5.Look(alias, terms, only) if _is_sqlite(alias) else tsvector.Look(alias, terms, only)


def begin(connection: BaseDatabaseWrapper) -> None:
    """Makes the index: for the migration."""
    _do(connection, fts5.MADE if connection.vendor == "sqlite" else tsvector.MADE)


def end(connection: BaseDatabaseWrapper) -> None:
    """Takes the index away: for the migration backwards."""
    _do(connection, fts5.TAKEN_AWAY if connection.vendor == "sqlite" else tsvector.TAKEN_AWAY)


def _do(connection: BaseDatabaseWrapper, statements: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def put(alias: str, rows: Sequence[Row]) -> None:
    """Adds passages, and finds them from now on."""
    insert_all(alias, Passage, COLUMNS, rows)
    if _is_sqlite(alias):
        fts5.put(alias, ((row[0], row[-2], row[-1]) for row in rows))


def take(alias: str, *, events: Collection[int] = (), documents: Collection[str] = ()) -> None:
    """Takes out every passage of incidents, by their numbers, and those of documents that are no incident's."""
    gone = plain.select(alias, Passage, _WORDS, event__in=events)
    # Found by their document: of passages that are no incident's, there may be as many as there are documents.
    beside = plain.select(alias, Passage, (*_WORDS, "event"), document__not="", document__in=documents)
    gone += [(number, title, body) for number, title, body, event in beside if not event]
    if _is_sqlite(alias):
        fts5.take(alias, gone)
    plain.delete(alias, Passage, number__in=[number for number, *_ in gone])


def empty(alias: str) -> None:
    """Takes everything out."""
    if _is_sqlite(alias):
        fts5.empty(alias)
    Passage.objects.using(alias).all().delete()
