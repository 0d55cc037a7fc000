"""A backup put back: into a new folder, and only once its log, its originals and its keys have been checked."""

import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from portico.custody import open_key_file
from portico.store.backup import BackupError, unpack
from portico.store.record import open_record


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """A record that was put back and verified. entries, root: of its log."""

    folder: str
    entries: int
    root: bytes


def restore(file: Path, folder: Path, *, key_file: Path) -> Restored:
    """Puts a backup back as a new folder, whole or not at all. Needs the key file of the record it was made of.

    Raises BackupError when the folder is taken, the file is not whole or not this key's, the disk is full or the log
    does not verify; KeyFileError.
    """
    if os.environ.get("PORTICO_DATABASE_URL"):
        raise BackupError(
            file,
            "PORTICO_DATABASE_URL names PostgreSQL, and a backup is of a record in a folder",
            "Nothing was restored.",
            "Unset it; for PostgreSQL use pg_restore.",
            exit_status=2,
        )
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
    try:
        folder.absolute().parent.mkdir(parents=True, exist_ok=True)
        partial = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.absolute().parent))
    except OSError as problem:
        raise _unwritten(folder, problem) from problem
    try:
        unpack(file, partial, key)
        restored = _checked(file, partial, folder, key_file)
        partial.rename(folder)  # an empty folder of that name gives way
    except OSError as problem:
        raise _unwritten(folder, problem) from problem
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return restored


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
