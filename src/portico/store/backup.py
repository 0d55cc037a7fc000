"""Backups: the whole of a record in one encrypted file, made while others write; see `restoring`.

The file is sealed to the record's public key: making one needs no secret, opening one needs the key file, which is not
in it. A copy of the folder with `cp` is no backup: it may hold half of a change.

    portico backup 1
    the sealed data key, as custody stores it, in base64
    ciphertexts of at most 1 MiB, each after its length in 4 bytes, big-endian, bound to its place, the last as the last

What is encrypted is a tar of the databases, originals and tables; of a record in PostgreSQL see `dumping`.
"""

import base64
import fcntl
import io
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pysqlite3.dbapi2 as sqlite
from django.db import DatabaseError, connections

from portico.custody import KeyFile, LockedError, SealedKey, decrypt, encrypt, new_data_key, row_binding
from portico.facts import PorticoError
from portico.store import dumping, log
from portico.store.databases import KEYRING_FILE, RECORD_FILE
from portico.store.models import Entry
from portico.store.opened import Opened
from portico.store.originals import SOURCES, force

_FIRST_LINE = b"portico backup 1\n"
_SCHEMA = "portico.backup 1"
_CHUNK = 1 << 20
_LONGEST = _CHUNK + 64  # with version, nonce and tag
_ASIDE = ".backup-"
_OTHERS = ("desk.sqlite3",)
"""Databases of other rooms that lie in the folder: the desk's people, sessions and work in progress."""
_FOLDERS = (SOURCES, "tables")


@dataclass(frozen=True, slots=True, kw_only=True)
class BackedUp:
    """A backup that was made. size: bytes; entries, root: of the log in it."""

    file: str
    size: int
    entries: int
    root: bytes


class BackupError(PorticoError):
    """A backup cannot be made, or not be put back."""

    def __init__(self, file: Path, why: str, survived: str, next_step: str, *, exit_status: int = 3) -> None:
        self.file, self.exit_status = file, exit_status
        super().__init__(f"{file}: {why}. {survived} {next_step}")


def back_up(opened: Opened, file: Path) -> BackedUp:
    """Writes a new file, whole or not at all. Others go on reading and writing meanwhile; they wait only while the
    moment is chosen. Raises BackupError, RecordError.
    """
    if os.path.lexists(file):
        raise BackupError(file, "something is already there", "It was not changed.", "Name a new file.", exit_status=2)
    sweep(opened.folder)
    partial = file.with_name(f".{file.name}.part")
    try:
        with _aside(opened.folder) as aside:
            size, root = _snapshots(opened, aside) if _in_folder(opened) else dumping.dump(opened, aside)
            with _new(partial) as out:
                sealing = _Sealing(out, opened.identity.public)
                _pack(sealing, opened.folder, aside)
                sealing.finish()
        _refuse_erased(opened, file, size)
        os.rename(partial, file)
        force(file.parent)
    except FileNotFoundError as gone:
        if not file.parent.is_dir():
            raise _unwritten(file, gone.strerror) from gone
        raise _erased(file) from gone
    except OSError as problem:
        raise _unwritten(file, problem.strerror) from problem
    except (sqlite.Error, DatabaseError) as problem:
        raise _unwritten(file, problem) from problem
    finally:
        partial.unlink(missing_ok=True)
    return BackedUp(file=str(file), size=file.stat().st_size, entries=size, root=root)


def _in_folder(opened: Opened) -> bool:
    """Whether the databases lie in the record's folder; else they are PostgreSQL's."""
    return bool(connections[opened.databases.record].vendor == "sqlite")


def _unwritten(file: Path, why: object) -> BackupError:
    return BackupError(
        file,
        f"it could not be written ({why})",
        "Nothing was left behind, and the record is unchanged.",
        "Make room, or name another place.",
    )


def _erased(file: Path) -> BackupError:
    return BackupError(
        file,
        "something was erased from the record meanwhile, and would still be in it",
        "Nothing was left behind.",
        "Make the backup again.",
    )


def _refuse_erased(opened: Opened, file: Path, size: int) -> None:
    later = Entry.objects.using(opened.databases.record).filter(sequence__gte=size, type="person_erased")
    if later.exists():
        raise _erased(file)


@contextmanager
def _new(partial: Path) -> Iterator[IO[bytes]]:
    partial.unlink(missing_ok=True)
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        yield out
        out.flush()
        os.fsync(out.fileno())


# The databases as they stood at one moment


def _snapshots(opened: Opened, aside: Path) -> tuple[int, bytes]:
    """Copies of the databases, of one moment: size and root of the log in them."""
    with ExitStack() as held:
        names = [RECORD_FILE, KEYRING_FILE, *(name for name in _OTHERS if (opened.folder / name).is_file())]
        with opened.writing():  # nobody else changes the record until each database's moment is held
            readers = {name: held.enter_context(_reading(opened.folder / name)) for name in names}
            tree = log.frontier(opened.databases.record)
        for name, reader in readers.items():
            with closing(sqlite.connect(aside / name)) as copy:
                reader.backup(copy)
    return tree.size, tree.root


@contextmanager
def _reading(database: Path) -> "Iterator[sqlite.Connection]":
    """A connection that sees the database as it is now for as long as it is held, whatever is written meanwhile."""
    with closing(sqlite.connect(f"file:{database}?mode=ro", uri=True, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM sqlite_master").fetchone()
        yield reader


@contextmanager
def _aside(folder: Path) -> Iterator[Path]:
    """A folder for the copies, on the record's own disk: they hold keys, and the backup's medium shall not."""
    aside = Path(tempfile.mkdtemp(prefix=_ASIDE, dir=folder))
    descriptor = os.open(aside, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield aside
    finally:
        shutil.rmtree(aside, ignore_errors=True)
        os.close(descriptor)


def sweep(folder: Path) -> None:
    """Removes the copies of backups that were killed: they hold keys that may have been destroyed since."""
    for aside in folder.glob(f"{_ASIDE}*"):
        descriptor = os.open(aside, os.O_RDONLY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(aside, ignore_errors=True)
        except BlockingIOError:
            pass  # a backup that is being made
        finally:
            os.close(descriptor)


def _pack(out: "_Sealing", folder: Path, aside: Path) -> None:
    with tarfile.open(fileobj=out, mode="w|", format=tarfile.PAX_FORMAT) as packed:
        for table in sorted(each for each in aside.rglob("*") if each.is_file()):
            packed.add(table, str(table.relative_to(aside)), filter=_nobodys)
        for name in _FOLDERS:
            for path in sorted((folder / name).rglob("*")):
                if path.is_file() and not path.name.endswith(".part"):
                    packed.add(path, str(path.relative_to(folder)), filter=_nobodys)


def _nobodys(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """A file without its owner's name, for its owner alone."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mode = 0o600
    return member


# Encryption, piece by piece


class _Sealing(io.RawIOBase):
    """A stream that encrypts what is written to it, up to `finish`."""

    def __init__(self, out: IO[bytes], public: bytes) -> None:
        self._out, self._key = out, new_data_key()
        self._kept, self._number = bytearray(), 0
        sealed = SealedKey.seal(self._key, public, _place("key"))
        out.write(_FIRST_LINE + base64.b64encode(sealed.to_bytes()) + b"\n")

    def finish(self) -> None:
        self._put(bytes(self._kept), last=True)

    def writable(self) -> bool:
        return True

    def write(self, piece: bytes) -> int:  # type: ignore[override]
        self._kept += piece
        while len(self._kept) > _CHUNK:
            self._put(bytes(self._kept[:_CHUNK]), last=False)
            del self._kept[:_CHUNK]
        return len(piece)

    def _put(self, piece: bytes, *, last: bool) -> None:
        sealed = encrypt(self._key, piece, _place(self._number, last=last))
        self._out.write(len(sealed).to_bytes(4, "big") + sealed)
        self._number += 1


def _place(what: int | str, *, last: bool = False) -> bytes:
    return row_binding(_SCHEMA, "last" if last else "piece", str(what))


class _Opening(io.RawIOBase):
    """A stream of what was encrypted. Raises BackupError where the file was changed or ends too early."""

    def __init__(self, file: Path, coming: io.BufferedReader, key: KeyFile) -> None:
        self._file, self._coming = file, coming
        self._rest, self._number, self._ended = b"", 0, False
        if coming.readline(len(_FIRST_LINE)) != _FIRST_LINE:
            raise _damaged(file, "it is no backup of Portico, or one of a newer version")
        try:
            sealed = SealedKey.from_bytes(base64.b64decode(coming.readline(1000)))
        except (LockedError, ValueError) as problem:
            raise _damaged(file, "its key is damaged") from problem
        try:
            self._key = sealed.open(key.opening, _place("key"))
        except LockedError as problem:
            raise BackupError(
                file,
                "this key file does not open it",
                "Nothing was restored.",
                "Set PORTICO_KEY_FILE to the key file of the record that it was made of.",
            ) from problem

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview[int]") -> int:  # type: ignore[override]
        if not self._rest and not self._ended:
            self._rest = self._next()
        piece = self._rest[: len(buffer)]
        buffer[: len(piece)] = piece
        self._rest = self._rest[len(piece) :]
        return len(piece)

    def _next(self) -> bytes:
        length = int.from_bytes(self._coming.read(4), "big")
        sealed = self._coming.read(min(length, _LONGEST))
        if not 0 < length <= _LONGEST or len(sealed) < length:
            raise _damaged(self._file, "it ends too early")
        self._ended = not self._coming.peek(1)
        try:
            piece = decrypt(self._key, sealed, _place(self._number, last=self._ended))
        except LockedError as problem:
            raise _damaged(self._file, "it ends too early, or its bytes were changed") from problem
        self._number += 1
        return piece


def _damaged(file: Path, why: str) -> BackupError:
    return BackupError(file, why, "Nothing was restored.", "Take another copy of the backup.")


# Putting back


def unpack(file: Path, folder: Path, key: KeyFile) -> None:
    """Writes what is in a backup into a new folder. Raises BackupError; OSError for what the disk says."""
    with file.open("rb") as coming, io.BufferedReader(_Opening(file, coming, key), _CHUNK) as plain:
        try:
            with tarfile.open(fileobj=plain, mode="r|") as packed:
                for member in packed:
                    _check_member(file, member)
                    packed.extract(member, folder, filter="data")
            while plain.read(_CHUNK):
                pass  # to the last piece: one that is missing is found
        except tarfile.TarError as problem:
            raise _damaged(file, "what is in it cannot be read") from problem


def _check_member(file: Path, member: tarfile.TarInfo) -> None:
    first, *rest = Path(member.name).parts or ("",)
    known = first in (*_FOLDERS, dumping.FOLDER) if rest else first in (RECORD_FILE, KEYRING_FILE, *_OTHERS)
    if not member.isfile() or not known or ".." in rest:
        raise _damaged(file, "it holds a file that is none of a record's")
