"""Files that only grow: opened for one run at a time, bytes appended that are on the disk when it returns."""

import fcntl
import os
from pathlib import Path
from typing import BinaryIO

_LOOK_BACK = 1 << 16


def open_to_append(path: Path) -> BinaryIO:
    """Made if there is none, for its owner alone: what is read may be private. Raises OSError.

    BlockingIOError (an OSError) says that another run holds it.
    """
    made = not path.exists()
    file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "r+b", buffering=0)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if made:
            _keep_name(path)
    except OSError:
        file.close()
        raise
    return file


def append(file: BinaryIO, written: bytes) -> None:
    """All of it, and on the disk. Raises OSError; some of it may then be there."""
    rest = memoryview(written)
    while rest:
        rest = rest[file.write(rest) :]
    os.fsync(file.fileno())


def cut_half_line(file: BinaryIO) -> int:
    """Cut off what an interrupted run left behind the last line end; gives the bytes that are left."""
    whole = _whole_lines(file)
    file.truncate(whole)
    return whole


def _whole_lines(file: BinaryIO) -> int:
    begin = file.seek(0, os.SEEK_END)
    while begin:
        end, begin = begin, max(0, begin - _LOOK_BACK)
        file.seek(begin)
        found = file.read(end - begin).rfind(b"\n")
        if found >= 0:
            return begin + found + 1
    return 0


def _keep_name(path: Path) -> None:
    """A new file is only sure to be found again when its folder is on the disk too."""
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
