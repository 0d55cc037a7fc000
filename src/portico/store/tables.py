"""Imports of tables, and what people said of landmarks: entries of the log, folded when they are asked for.

The rows themselves lie beside the record; the entry has the hash of their report, which has the hash of every file.
"""

from collections.abc import Mapping

from portico.facts import identify
from portico.places import Answer, AnswerKey
from portico.store import log, projections
from portico.store.keyring import new_id
from portico.store.log import Draft, Logged
from portico.store.models import Entry
from portico.store.opened import Opened
from portico.store.payloads import LandmarkAnswered, TablesImported
from portico.store.values import StoredImport, TableImport


def note_import(opened: Opened, done: TableImport, *, actor: str) -> bool:
    """Says in the log that tables were imported; False if it stands there already."""
    with opened.writing():
        if any(each.tables.id == done.id for each in imports(opened)):
            return False
        opened.append([Draft("tables_imported", done.id, TablesImported(batch=done.id, tables=done))], actor)
        return True


def imports(opened: Opened) -> tuple[StoredImport, ...]:
    """The imports that nobody took back, in order."""
    return tuple(
        StoredImport(tables=entry.payload.tables, at=log.instant(entry.at), actor=entry.actor)
        for entry in standing_entries(opened, "tables_imported")
        if isinstance(entry.payload, TablesImported)
    )


def answer_landmark(opened: Opened, answer: Answer, *, actor: str) -> str | None:
    """Keeps what a person says of a landmark, in place of what was said before: its batch, None if it stands so."""
    with opened.writing():
        if answers(opened).get(answer.key) == answer:
            return None
        payload = LandmarkAnswered(batch=new_id("b", opened.random), answer=answer)
        opened.append([Draft("landmark_answered", identify("landmark", *answer.key), payload)], actor)
        return payload.batch


def answers(opened: Opened) -> Mapping[AnswerKey, Answer]:
    """What people last said of each landmark, apart from what was taken back."""
    told = (entry.payload for entry in standing_entries(opened, "landmark_answered"))
    return {each.answer.key: each.answer for each in told if isinstance(each, LandmarkAnswered)}


def standing_entries(opened: Opened, kind: str) -> list[Logged]:
    """The entries of a type that no later one has undone, in order."""
    rows = Entry.objects.using(opened.databases.record).filter(type__in=(kind, "import_undone")).order_by("sequence")
    return projections.standing(map(log.read, rows))
