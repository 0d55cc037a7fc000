"""The store: the log and what it folds to, on SQLite or PostgreSQL; the only room that writes.

>>> from pathlib import Path
>>> from portico.store import open_record
>>> with open_record(Path("nowhere")) as record:
...     record.size
Traceback (most recent call last):
portico.store.errors.RecordError: nowhere: there is no record here. Nothing was changed. \
`portico add FILE…` makes one; or name another.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from portico.store.errors import ClaimChanged, RecordError, RecordLocked, RecordRefused
from portico.store.setup import set_up_django
from portico.store.values import (
    Added,
    Choice,
    Due,
    Erasure,
    Figure,
    Figures,
    Inbox,
    InboxItem,
    IncidentFilter,
    IncidentRow,
    Kind,
    LogEntry,
    Page,
    Rebuilt,
    Resolved,
    SearchHit,
    StoredAccount,
    StoredAction,
    StoredConsent,
    StoredDecision,
    StoredDocument,
    StoredImport,
    StoredPerson,
    StoredStatement,
    StoredStatistic,
    TableImport,
)

if TYPE_CHECKING:
    from portico.store.answering import StoredAnswer
    from portico.store.backup import BackedUp, BackupError
    from portico.store.record import Record, open_record
    from portico.store.restoring import Restored, restore

__all__ = [
    "Added",
    "BackedUp",
    "BackupError",
    "Choice",
    "ClaimChanged",
    "Due",
    "Erasure",
    "Figure",
    "Figures",
    "Inbox",
    "InboxItem",
    "IncidentFilter",
    "IncidentRow",
    "Kind",
    "LogEntry",
    "Page",
    "Rebuilt",
    "Record",
    "RecordError",
    "RecordLocked",
    "RecordRefused",
    "Resolved",
    "Restored",
    "SearchHit",
    "StoredAccount",
    "StoredAction",
    "StoredAnswer",
    "StoredConsent",
    "StoredDecision",
    "StoredDocument",
    "StoredImport",
    "StoredPerson",
    "StoredStatement",
    "StoredStatistic",
    "TableImport",
    "open_record",
    "restore",
]

set_up_django()

# A site lists this package as an app, and Django then imports it before models may load: these come when asked for.
_LATER = {
    "BackedUp": "backup",
    "BackupError": "backup",
    "Record": "record",
    "Restored": "restoring",
    "StoredAnswer": "answering",
    "open_record": "record",
    "restore": "restoring",
}


def __getattr__(name: str) -> object:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
