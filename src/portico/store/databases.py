"""The two databases of a record: the log with its projections, and the keyring beside it; in SQLite or PostgreSQL."""

import itertools
import os
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.core.management import call_command
from django.db import DatabaseError, connections, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.models import Model

from portico.store import postgresql
from portico.store.errors import RecordError
from portico.store.sqlite import use_bundled_sqlite

RECORD_FILE = "record.sqlite3"
KEYRING_FILE = "keyring.sqlite3"
BUSY_SECONDS = 20.0

_KEYRING_MODELS = frozenset({"salt", "sessionkey", "datakey"})

# WAL with FULL: an acknowledged commit is on the disk (NORMAL may lose it in a power cut). secure_delete: a destroyed
# key is overwritten, not only unlinked. temp_store: nothing spills into files elsewhere. cache_size: 64 MiB at most, so
# that a large import writes each page of an index once and not again and again.
_PRAGMAS = ";".join(
    (
        "PRAGMA journal_mode=WAL",
        "PRAGMA synchronous=FULL",
        "PRAGMA secure_delete=ON",
        "PRAGMA trusted_schema=OFF",
        "PRAGMA temp_store=MEMORY",
        "PRAGMA cache_size=-65536",
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
            self._keep_others_out()
            yield

    def _keep_others_out(self) -> None:
        """SQLite has begun its transaction as the only writer; PostgreSQL is asked to."""
        if not _is_sqlite(self.record):
            _execute(self.record, postgresql.ONE_WRITER)

    @contextmanager
    def rehearsing(self) -> Iterator[None]:
        """A transaction on both databases that is taken back at the end."""
        with transaction.atomic(using=self.record), transaction.atomic(using=self.keyring):
            self._keep_others_out()
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
        """Overwrites what was deleted where it was. False if somebody else's reading kept it from that.

        SQLite's write-ahead logs still hold it, and are emptied; PostgreSQL's tables do, and are written anew.
        PostgreSQL's own write-ahead log goes on until it is recycled: see its `wal_keep_size` and archives.
        """
        forget = _truncate if _is_sqlite(self.record) else _write_anew
        emptied = [forget(alias) for alias in (self.keyring, self.record)]
        return all(emptied)


def insert_all(alias: str, model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Inserts many rows, in a fifth of the time that as many model objects take. columns: names of model fields."""
    values = list(rows)
    if not values:
        return
    with connections[alias].cursor() as cursor:
        quote = connections[alias].ops.quote_name
        names = ", ".join(map(quote, columns))
        places = ", ".join(["%s"] * len(columns))
        cursor.executemany(f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places})", values)  # noqa: S608


def _truncate(alias: str) -> bool:
    with connections[alias].cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy, *_ = cursor.fetchone()
    return not busy


def _write_anew(alias: str) -> bool:
    try:
        _execute(alias, "VACUUM FULL")
    except DatabaseError:  # somebody reads a table for longer than we wait; the next erasure or vacuum does it
        return False
    return True


def _execute(alias: str, sql: str) -> None:
    with connections[alias].cursor() as cursor:
        cursor.execute(sql)


def _is_sqlite(alias: str) -> bool:
    return bool(connections[alias].vendor == "sqlite")


def is_record(folder: Path) -> bool:
    return (folder / RECORD_FILE).is_file()


def connect(folder: Path, *, create: bool, url: str | None = None) -> Databases:
    """The databases of a folder, brought to this version's tables.

    create  makes folder (0700) and databases (0600) where they are missing; PostgreSQL's are made by who runs it
    url     of PostgreSQL; the folder then holds the originals alone. None = SQLite in the folder
    Raises RecordError when there is no record, its keyring is gone, a newer version wrote it, or SQLite is unsafe.
    """
    if url is None:
        use_bundled_sqlite()  # a site that set Django up may have loaded another one before us
        _check_files(folder, create=create)
        settings = [_settings(folder / name) for name in (RECORD_FILE, KEYRING_FILE)]
    else:
        settings = [postgresql.settings_of(url, keyring=keyring) for keyring in (False, True)]
    databases = _register(folder, *settings)
    try:
        for alias in (databases.keyring, databases.record):
            _bring_up_to_date(folder, alias, create=create or url is None)
    except BaseException:
        databases.close()
        raise
    if url is not None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return databases


def _check_files(folder: Path, *, create: bool) -> None:
    if create and not is_record(folder):
        _make_files(folder)
    if not is_record(folder):
        raise _no_record(folder)
    if not (folder / KEYRING_FILE).is_file():
        raise RecordError(
            folder,
            "the keyring beside the record is missing",
            "The record was not changed.",
            f"Restore {KEYRING_FILE} from a backup: without it guarded data and the log's salts are gone.",
        )


def _no_record(folder: Path) -> RecordError:
    return RecordError(
        folder, "there is no record here", "Nothing was changed.", "`portico add FILE…` makes one; or name another."
    )


def _make_files(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in (KEYRING_FILE, RECORD_FILE):
        os.close(os.open(folder / name, os.O_CREAT | os.O_RDWR, 0o600))


def _register(folder: Path, record: Mapping[str, object], keyring: Mapping[str, object]) -> Databases:
    with _registering:
        number = next(_numbers)
        databases = Databases(folder, f"record-{number}", f"keyring-{number}")
        for alias, settings in ((databases.record, record), (databases.keyring, keyring)):
            configured = connections.configure_settings({"default": {}, alias: dict(settings)})
            connections.databases[alias] = configured[alias]
    return databases


def _settings(file: Path) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "OPTIONS": {"timeout": BUSY_SECONDS, "transaction_mode": "IMMEDIATE", "init_command": _PRAGMAS},
    }


def _bring_up_to_date(folder: Path, alias: str, *, create: bool) -> None:
    if not _missing(folder, alias, create=create):
        return
    if _is_sqlite(alias):
        call_command("migrate", "store", database=alias, verbosity=0, interactive=False)
        return
    _execute(alias, postgresql.ONE_MAKER)
    try:
        if _missing(folder, alias, create=create):
            _execute(alias, postgresql.SCHEMA_MADE)
            call_command("migrate", "store", database=alias, verbosity=0, interactive=False)
    finally:
        _execute(alias, postgresql.MADE)


def _missing(folder: Path, alias: str, *, create: bool) -> bool:
    """Whether tables of this version are missing."""
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
    if not applied and not create:
        raise _no_record(folder)
    return bool(ours - applied)
