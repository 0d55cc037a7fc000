"""A backup put back: where nothing is, and only once its log, its originals and its keys have been checked.

One of a folder becomes a folder; one of PostgreSQL fills the two empty databases that `PORTICO_DATABASE_URL` names, and
its originals become a folder beside them.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg

from portico.custody import open_key_file
from portico.store import dumping, log, projections
from portico.store.backup import BackupError, unpack
from portico.store.databases import connect
from portico.store.dumping import MakeDesk
from portico.store.record import open_record

_DATABASE = Path("PORTICO_DATABASE_URL")


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """A record that was put back and verified. entries, root: of its log."""

    folder: str
    entries: int
    root: bytes


def restore(file: Path, folder: Path, *, key_file: Path, make_desk: MakeDesk | None = None) -> Restored:
    """Puts a backup back, whole or not at all. Needs the key file of the record it was made of.

    make_desk  for PostgreSQL: makes the desk's tables, which this room does not know, so that they are filled
    Raises BackupError when the place is taken, the file is not whole or not this key's, the disk is full or the log
    does not verify; KeyFileError.
    """
    url = os.environ.get("PORTICO_DATABASE_URL") or None
    if not file.is_file():
        raise BackupError(file, "there is no such file", "Nothing was restored.", "Name a backup.", exit_status=2)
    if os.path.lexists(folder) and not (folder.is_dir() and not any(folder.iterdir())):
        raise BackupError(
            folder,
            "something is already there, and a backup never overwrites",
            "It was not changed.",
            "Name a new folder with --record.",
            exit_status=2,
        )
    key = open_key_file(key_file)
    if url is not None:
        _refuse_taken(url)
    try:
        folder.absolute().parent.mkdir(parents=True, exist_ok=True)
        partial = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.absolute().parent))
    except OSError as problem:
        raise _unwritten(folder, problem) from problem
    try:
        unpack(file, partial, key)
        _refuse_elsewhere(file, partial, url)
        with _filled(file, partial, url, make_desk):
            restored = _checked(file, partial, folder, key_file)
            partial.rename(folder)  # an empty folder of that name gives way
    except OSError as problem:
        raise _unwritten(folder, problem) from problem
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return restored


def _refuse_taken(url: str) -> None:
    with _answering():
        empty = dumping.is_empty(url)
    if not empty:
        raise BackupError(
            _DATABASE,
            "something is already there, and a backup never overwrites",
            "It was not changed.",
            "Name a new, empty database, and make one with _keyring behind its name.",
            exit_status=2,
        )


def _refuse_elsewhere(file: Path, unpacked: Path, url: str | None) -> None:
    """A backup goes back to the kind of database that it was made of."""
    if (unpacked / dumping.FOLDER).is_dir() == (url is not None):
        return
    of, step = (
        ("a record in a folder", "Unset PORTICO_DATABASE_URL.")
        if url is not None
        else ("a record in PostgreSQL", "Set PORTICO_DATABASE_URL to a new, empty database.")
    )
    raise BackupError(file, f"it is of {of}", "Nothing was restored.", step, exit_status=2)


@contextmanager
def _filled(file: Path, unpacked: Path, url: str | None, make_desk: MakeDesk | None) -> Iterator[None]:
    """The databases of PostgreSQL, filled; empty again if what is done inside fails."""
    if url is None:
        yield
        return
    try:
        with _answering():
            dumping.load(unpacked, url, make_desk)
        _follow(unpacked, url)
        shutil.rmtree(unpacked / dumping.FOLDER)
        yield
    except dumping.NoTableError as problem:
        dumping.clear(url)
        raise BackupError(
            file,
            "it holds tables that this version cannot make",
            "Nothing was restored.",
            "Update Portico, and restore with `portico backup --restore`.",
        ) from problem
    except BaseException:
        with suppress(psycopg.Error):  # what went wrong first is what is told
            dumping.clear(url)
        raise


def _follow(unpacked: Path, url: str) -> None:
    """Makes everything from the log that follows from it, before an opening asks which originals are known."""
    databases = connect(unpacked, create=False, url=url)
    try:
        with databases.writing():
            projections.rebuild(databases)
            log.note_followed(databases.record, log.frontier(databases.record).size)
    finally:
        databases.close()


@contextmanager
def _answering() -> Iterator[None]:
    try:
        yield
    except psycopg.Error as problem:
        raise BackupError(
            _DATABASE,
            f"the database does not take it ({str(problem).strip().splitlines()[0]})",
            "Nothing was restored.",
            "Make both databases, empty, and let the user of the address make tables in them.",
        ) from problem


def _checked(file: Path, partial: Path, folder: Path, key_file: Path) -> Restored:
    with open_record(partial, key_file=key_file) as record:
        report = record.verify()
        if report.problems:
            raise BackupError(
                file,
                f"what is in it does not verify: {report.problems[0].what}",
                "Nothing was restored.",
                "Take an earlier backup, and keep this one: it shows what was changed.",
                exit_status=1,
            )
        return Restored(folder=str(folder), entries=record.size, root=record.root)


def _unwritten(folder: Path, problem: OSError) -> BackupError:
    return BackupError(
        folder,
        f"it could not be written ({problem.strerror})",
        "Nothing was left behind, and the backup is unchanged.",
        "Make room, or name another folder with --record.",
    )
