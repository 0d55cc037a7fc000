"""The two databases of a record: the log with its projections, and the keyring beside it."""

import itertools
import os
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.core.management import call_command
from django.db import connections, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.models import Model

from portico.store.errors import RecordError
from portico.store.sqlite import use_bundled_sqlite

RECORD_FILE = "record.sqlite3"
KEYRING_FILE = "keyring.sqlite3"
BUSY_SECONDS = 20.0

_KEYRING_MODELS = frozenset({"salt", "sessionkey", "datakey"})

# WAL with FULL: an acknowledged commit is on the disk (NORMAL may lose it in a power cut). secure_delete: a destroyed
# key is overwritten, not only unlinked. temp_store: nothing spills into files elsewhere.
_PRAGMAS = ";".join(
    (
        "PRAGMA journal_mode=WAL",
        "PRAGMA synchronous=FULL",
        "PRAGMA secure_delete=ON",
        "PRAGMA trusted_schema=OFF",
        "PRAGMA temp_store=MEMORY",
        "PRAGMA cell_size_check=ON",
    )
)
_numbers = itertools.count(1)
_registering = threading.Lock()


class RecordRouter:
    """Which of our tables belong into which database, told by the alias; other apps' tables into neither."""

    def allow_migrate(self, db: str, app_label: str, model_name: str | None = None, **_: object) -> bool | None:
        of_record, of_keyring = db.startswith("record"), db.startswith("keyring")
        if app_label != "store":
            return False if of_record or of_keyring else None
        if model_name is None:
            return of_record or of_keyring
        return of_keyring if model_name in _KEYRING_MODELS else of_record


@dataclass(frozen=True, slots=True)
class Databases:
    """The connections of one open record.

    record, keyring  Django aliases, for `using`
    """

    folder: Path
    record: str
    keyring: str

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction on the record: taken at once, so that two writers wait instead of failing half-way."""
        with transaction.atomic(using=self.record):
            yield

    @contextmanager
    def rehearsing(self) -> Iterator[None]:
        """A transaction on both databases that is taken back at the end."""
        with transaction.atomic(using=self.record), transaction.atomic(using=self.keyring):
            yield
            for alias in (self.record, self.keyring):
                transaction.set_rollback(True, using=alias)

    def close(self) -> None:
        """Closes this thread's connections and forgets the aliases."""
        for alias in (self.record, self.keyring):
            connections[alias].close()
            del connections[alias]
            connections.databases.pop(alias, None)

    def forget_deleted(self) -> bool:
        """Empties the write-ahead logs, which still hold what was deleted. False if a reader kept one from it."""
        emptied = [_truncate(alias) for alias in (self.keyring, self.record)]
        return all(emptied)


def insert_all(alias: str, model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Inserts many rows, in a fifth of the time that as many model objects take. columns: names of model fields."""
    with connections[alias].cursor() as cursor:
        quote = connections[alias].ops.quote_name
        names = ", ".join(map(quote, columns))
        places = ", ".join(["%s"] * len(columns))
        cursor.executemany(f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places})", list(rows))  # noqa: S608


def _truncate(alias: str) -> bool:
    with connections[alias].cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy, *_ = cursor.fetchone()
    return not busy


def is_record(folder: Path) -> bool:
    return (folder / RECORD_FILE).is_file()


def connect(folder: Path, *, create: bool) -> Databases:
    """The databases of a folder, brought to this version's tables.

    create  makes folder (0700) and databases (0600) where they are missing
    Raises RecordError when there is no record, its keyring is gone, a newer version wrote it, or SQLite is unsafe.
    """
    use_bundled_sqlite()  # a site that set Django up may have loaded another one before us
    if create and not is_record(folder):
        _make_files(folder)
    if not is_record(folder):
        raise RecordError(
            folder, "there is no record here", "Nothing was changed.", "`portico add FILE…` makes one; or name another."
        )
    if not (folder / KEYRING_FILE).is_file():
        raise RecordError(
            folder,
            "the keyring beside the record is missing",
            "The record was not changed.",
            f"Restore {KEYRING_FILE} from a backup: without it guarded data and the log's salts are gone.",
        )
    databases = _register(folder)
    try:
        for alias in (databases.keyring, databases.record):
            _bring_up_to_date(folder, alias)
    except BaseException:
        databases.close()
        raise
    return databases


def _make_files(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in (KEYRING_FILE, RECORD_FILE):
        os.close(os.open(folder / name, os.O_CREAT | os.O_RDWR, 0o600))


def _register(folder: Path) -> Databases:
    with _registering:
        number = next(_numbers)
        databases = Databases(folder, f"record-{number}", f"keyring-{number}")
        for alias, name in ((databases.record, RECORD_FILE), (databases.keyring, KEYRING_FILE)):
            settings = {"default": {}, alias: _settings(folder / name)}
            connections.databases[alias] = connections.configure_settings(settings)[alias]
    return databases


def _settings(file: Path) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "OPTIONS": {"timeout": BUSY_SECONDS, "transaction_mode": "IMMEDIATE", "init_command": _PRAGMAS},
    }


def _bring_up_to_date(folder: Path, alias: str) -> None:
    loader = MigrationLoader(connections[alias])
    ours = {key for key in loader.disk_migrations if key[0] == "store"}
    applied = {key for key in loader.applied_migrations if key[0] == "store"}
    if applied - ours:
        raise RecordError(
            folder,
            f"a newer version of Portico wrote it ({', '.join(sorted(name for _, name in applied - ours))})",
            "Nothing was read or changed.",
            "Update Portico, or open a copy from before that version.",
        )
    if ours - applied:
        call_command("migrate", "store", database=alias, verbosity=0, interactive=False)
