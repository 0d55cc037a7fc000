"""Tables in PostgreSQL as files of a backup, all of one moment, and back into empty databases.

Of the record the log alone is in it, since the rest is made again from that; of the keyring everything; of the desk,
whose tables are in the schema `public` of the record's database, every table. Each table is a file as COPY writes it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

import psycopg
from django.db import connections
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.sql import SQL, Composed, Identifier, Literal

from portico.facts import from_json, to_json
from portico.store import log
from portico.store.databases import connect
from portico.store.models import KEYRING, Checkpoint, Entry, Head, Identity
from portico.store.opened import Opened
from portico.store.postgresql import KEYRING as KEYRING_DATABASE
from portico.store.postgresql import SCHEMA

FOLDER = "postgresql"
_CONTENTS = "contents.json"
_DESK = "public"
_RECORD = (Entry, Head, Identity, Checkpoint)
_VERSIONS = "django_migrations"
_AT_ONCE = 1 << 20

Version = tuple[str, str]
"""A migration of the desk's tables: app and name."""

MakeDesk = Callable[[Sequence[Version]], AbstractContextManager[None]]
"""Makes the desk's tables of these versions, empty; when it is left, brings them to the version of today."""


class NoTableError(Exception):
    """A backup has a table or a column that the database has not: a newer version wrote it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """One file. keyring: of that database; schema, name, columns: as the backup found them."""

    keyring: bool
    schema: str
    name: str
    columns: tuple[str, ...]

    @property
    def file(self) -> str:
        return f"{'keyring' if self.keyring else 'record'}.{self.schema}.{self.name}"

    def say(self, sql: str) -> Composed:
        """SQL about it: {table} and {columns} stand for its names."""
        columns = SQL(", ").join(map(Identifier, self.columns))
        return SQL(sql).format(table=Identifier(self.schema, self.name), columns=columns)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Contents:
    """What is in the folder. versions: of the desk's tables, in the order in which they were reached."""

    tables: tuple[_Table, ...]
    versions: tuple[Version, ...]


def dump(opened: Opened, aside: Path) -> tuple[int, bytes]:
    """Writes the tables as they stood at one moment: size and root of the log in them."""
    databases, into = opened.databases, aside / FOLDER
    into.mkdir()
    with ExitStack() as held, connections[databases.record].wrap_database_errors:
        with opened.writing():  # nobody else changes the record until the moment of each database is held
            record, keyring = (held.enter_context(_reading(alias)) for alias in (databases.record, databases.keyring))
            tree = log.frontier(databases.record)
        tables = [
            *(_table(record, SCHEMA, each._meta.db_table) for each in _RECORD),
            *(_table(record, _DESK, name) for name in _tables_in(record, _DESK)),
            *(_table(keyring, SCHEMA, each._meta.db_table, keyring=True) for each in KEYRING),
        ]
        for each in tables:
            _write(keyring if each.keyring else record, each, into / each.file)
        contents = _Contents(tables=tuple(tables), versions=tuple(_versions(record, tables)))
        (into / _CONTENTS).write_bytes(to_json(contents))
    return tree.size, tree.root


@contextmanager
def _reading(alias: str) -> "Iterator[psycopg.Connection]":
    """A connection that sees the database as it is now for as long as it is held, whatever is written meanwhile."""
    ours = connections[alias]
    with closing(ours.get_new_connection(ours.get_connection_params())) as reader:
        reader.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        reader.read_only = True
        reader.execute("SELECT 1")
        yield reader


def _tables_in(reader: "psycopg.Connection", schema: str) -> list[str]:
    found = reader.execute(
        "SELECT table_name FROM information_schema.tables "
        "WHERE table_schema = %s AND table_type = 'BASE TABLE' ORDER BY table_name",
        [schema],
    )
    return [name for (name,) in found]


def _table(reader: "psycopg.Connection", schema: str, name: str, *, keyring: bool = False) -> _Table:
    found = reader.execute(
        "SELECT column_name FROM information_schema.columns "
        "WHERE table_schema = %s AND table_name = %s ORDER BY ordinal_position",
        [schema, name],
    )
    return _Table(keyring=keyring, schema=schema, name=name, columns=tuple(column for (column,) in found))


def _versions(reader: "psycopg.Connection", tables: Iterable[_Table]) -> Iterator[Version]:
    for each in tables:
        if (each.schema, each.name) == (_DESK, _VERSIONS):
            yield from reader.execute(each.say("SELECT app, name FROM {table} ORDER BY id"))


def _write(reader: "psycopg.Connection", table: _Table, file: Path) -> None:
    with (
        file.open("xb") as out,
        reader.cursor() as cursor,
        cursor.copy(table.say("COPY {table} ({columns}) TO STDOUT")) as rows,
    ):
        for piece in rows:
            out.write(piece)


def is_empty(url: str) -> bool:
    """Whether neither database has a table that a restored record would meet."""
    for keyring in (False, True):
        with _open(url, keyring=keyring) as connection:
            if any(_tables_in(connection, schema) for schema in (SCHEMA, _DESK)):
                return False
    return True


def load(unpacked: Path, url: str, make_desk: MakeDesk | None) -> None:
    """Fills empty databases from a backup's folder. What is made again from the log is left to the caller.

    Raises NoTableError for what a newer version wrote, and for a desk's tables where nothing makes them.
    """
    contents = from_json((unpacked / FOLDER / _CONTENTS).read_bytes(), _Contents)
    if contents.versions and make_desk is None:
        raise NoTableError
    connect(unpacked, create=True, url=url).close()
    with make_desk(contents.versions) if make_desk and contents.versions else nullcontext():
        for keyring in (True, False):
            with _open(url, keyring=keyring) as connection, connection.transaction():
                _fill(connection, [each for each in contents.tables if each.keyring is keyring], unpacked / FOLDER)


def clear(url: str) -> None:
    """Takes away what a restoring that failed had made in databases that were empty."""
    for keyring in (False, True):
        with _open(url, keyring=keyring) as connection:
            connection.execute(SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(Identifier(SCHEMA)))
            for name in _tables_in(connection, _DESK):
                connection.execute(SQL("DROP TABLE {} CASCADE").format(Identifier(_DESK, name)))


def _open(url: str, *, keyring: bool) -> "psycopg.Connection":
    name = str(conninfo_to_dict(url).get("dbname", ""))
    return psycopg.connect(make_conninfo(url, dbname=name + KEYRING_DATABASE if keyring else name), autocommit=True)


def _fill(connection: "psycopg.Connection", tables: Sequence[_Table], folder: Path) -> None:
    for each in tables:
        if not set(each.columns) <= set(_table(connection, each.schema, each.name).columns):
            raise NoTableError
    names = SQL(", ").join(each.say("{table}") for each in tables)
    connection.execute(SQL("TRUNCATE {} CASCADE").format(names))
    for each in tables:
        _read(connection, each, folder / each.file)
        _count_on(connection, each)


def _read(connection: "psycopg.Connection", table: _Table, file: Path) -> None:
    with (
        file.open("rb") as kept,
        connection.cursor() as cursor,
        cursor.copy(table.say("COPY {table} ({columns}) FROM STDIN")) as rows,
    ):
        while piece := kept.read(_AT_ONCE):
            rows.write(piece)


def _count_on(connection: "psycopg.Connection", table: _Table) -> None:
    """The numbers that the database gives by itself go on behind those that are there."""
    numbered = connection.execute(
        "SELECT column_name FROM information_schema.columns "
        "WHERE table_schema = %s AND table_name = %s AND is_identity = 'YES'",
        [table.schema, table.name],
    )
    for (column,) in numbered.fetchall():
        sql = "SELECT setval(pg_get_serial_sequence({name}, {text}), max({column})) FROM {table} HAVING count(*) > 0"
        connection.execute(
            SQL(sql).format(
                name=Literal(f'"{table.schema}"."{table.name}"'),
                text=Literal(column),
                column=Identifier(column),
                table=Identifier(table.schema, table.name),
            )
        )
