"""The originals: bytes of documents as received, by their hash, and their texts beside them.

`sources/<sha256>` holds the bytes, `sources/<sha256>.text` the text that spans count in, where it is not the bytes
themselves; those of a private document are sealed under its key. A file is whole or not there: written aside, forced to
the disk, then renamed. A large one is sealed a mebibyte at a time while it is written, so that it is not held twice;
each piece is bound to its place, the last as the last:

    portico sealed 2
    the ids of its keys, with commas between
    ciphertexts of a mebibyte each, longer by version, nonce and tag; the last one is shorter
"""

import fcntl
import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path

from portico.store.keyring import Opener, Sealer, binding
from portico.store.payloads import Box

SOURCES = "sources"
_ASIDE = ".part"
TEXT = ".text"
_SEALED = b"portico sealed 1\n"
_IN_PIECES = b"portico sealed 2\n"
_PIECE = 1 << 20
_LONGER = 1 + 12 + 16  # bytes of a ciphertext beside the words: version, nonce and tag
_MANY = 16  # files, from which on one sync of the whole disk costs less than one for each file


@dataclass(frozen=True, slots=True)
class Original:
    """What is kept of one document. key: subject of its keys when it is private, else empty."""

    source: str
    original: bytes
    text: bytes
    key: str = ""


def encode_text(text: str) -> bytes:
    """The bytes a text is kept as; a lone surrogate of a broken encoding survives."""
    return text.encode("utf-8", "surrogatepass")


def decode_text(kept: bytes) -> str:
    return kept.decode("utf-8", "surrogatepass")


Content = Iterable[bytes]
"""What a file will hold, part by part."""


def sealed_files(originals: Iterable[Original], sealer: Sealer) -> list[tuple[str, Content]]:
    """The files to write, by name; those of private documents sealed, large ones while they are written."""
    return [file for each in originals for file in _files(each, sealer)]


def write(folder: Path, files: Sequence[tuple[str, Content]]) -> None:
    """Writes files and returns when they are on the disk under their names."""
    sources = folder / SOURCES
    sources.mkdir(mode=0o700, exist_ok=True)
    try:
        for name, content in files:
            _write_aside(sources / f"{name}{_ASIDE}", content, force=len(files) < _MANY)
        if len(files) >= _MANY:
            os.sync()
        for name, _ in files:
            os.rename(sources / f"{name}{_ASIDE}", sources / name)
        force(sources)
    except OSError:
        for name, _ in files:
            (sources / f"{name}{_ASIDE}").unlink(missing_ok=True)
        raise


def _files(each: Original, sealer: Sealer) -> Iterator[tuple[str, Content]]:
    contents = {each.source: each.original}
    if each.text != each.original:
        contents[each.source + TEXT] = each.text
    for name, content in contents.items():
        yield name, _sealed(name, content, each.key, sealer) if each.key else (content,)


def _sealed(name: str, content: bytes, key: str, sealer: Sealer) -> Content:
    if len(content) <= _PIECE:
        box = sealer.seal(content, [key], binding(SOURCES, name))
        return _SEALED, ",".join(box.keys).encode(), b"\n", box.sealed
    keys, seal = sealer.sealing([key])
    pieces = (
        seal(content[start : start + _PIECE], _place(name, start, start + _PIECE >= len(content)))
        for start in range(0, len(content), _PIECE)
    )
    return chain((_IN_PIECES, ",".join(keys).encode(), b"\n"), pieces)


def _place(name: str, start: int, is_last: bool) -> bytes:
    return binding(SOURCES, f"{name} {start}{' last' if is_last else ''}")


def _write_aside(path: Path, content: Content, *, force: bool) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.writelines(content)
        if force:
            out.flush()
            os.fsync(out.fileno())


def force(folder: Path) -> None:
    """Forces the names of a folder to the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read_original(folder: Path, source: str, opener: Opener, *, private: bool) -> bytes | None:
    """The bytes as received; None when they were removed, or are sealed and cannot be opened."""
    return read(folder, source, opener, private=private)


def read_text(folder: Path, source: str, text: str | None, opener: Opener, *, private: bool) -> str | None:
    """The text; None as for `read_original`. text: its sha256, as the log says."""
    kept = read(folder, text_file(source, text), opener, private=private)
    return None if kept is None else decode_text(kept)


def text_file(source: str, text: str | None) -> str:
    """The file that holds the text: the original itself, if it is nothing but the text."""
    return source if text == source else source + TEXT


def read(folder: Path, name: str, opener: Opener, *, private: bool) -> bytes | None:
    """A file by its name, opened. None as for `read_original`; LockedError if it is sealed and was changed."""
    try:
        kept = (folder / SOURCES / name).read_bytes()
    except FileNotFoundError:
        return None
    if not private:
        return kept
    form = _IN_PIECES if kept.startswith(_IN_PIECES) else _SEALED
    keys, _, sealed = kept.removeprefix(form).partition(b"\n")
    opening = partial(Box, keys=tuple(keys.decode("ascii").split(",")))
    if form is _SEALED:
        return opener.open(opening(sealed=sealed), binding(SOURCES, name))
    opened: list[bytes] = []
    for number, start in enumerate(range(0, max(len(sealed), 1), _PIECE + _LONGER)):
        end = start + _PIECE + _LONGER
        place = _place(name, number * _PIECE, end >= len(sealed))
        piece = opener.open(opening(sealed=sealed[start:end]), place)
        if piece is None:
            return None
        opened.append(piece)
    return b"".join(opened)


def remove(folder: Path, sources: Collection[str]) -> None:
    """Removes bytes and text of documents for good."""
    for source in sources:
        for name in (source, source + TEXT):
            (folder / SOURCES / name).unlink(missing_ok=True)
    if sources and (folder / SOURCES).is_dir():
        force(folder / SOURCES)


def sweep(folder: Path, kept: Collection[str]) -> None:
    """Removes what a crash left: files of documents that the log does not know, and files never finished."""
    sources = folder / SOURCES
    if not sources.is_dir():
        return
    for file in sources.iterdir():
        if file.name.removesuffix(TEXT) not in kept:
            file.unlink(missing_ok=True)


def names(folder: Path) -> Iterator[str]:
    """The files there, by name."""
    sources = folder / SOURCES
    return iter(sorted(file.name for file in sources.iterdir()) if sources.is_dir() else ())


@contextmanager
def adding(folder: Path) -> Iterator[None]:
    """While files are written whose entries are not yet committed: keeps `sweeping` out."""
    with _lock(folder, fcntl.LOCK_SH):
        yield


@contextmanager
def sweeping(folder: Path) -> Iterator[bool]:
    """Whether one may sweep: nobody is adding. Does not wait."""
    try:
        with _lock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB):
            yield True
    except BlockingIOError:
        yield False


@contextmanager
def _lock(folder: Path, how: int) -> Iterator[None]:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, how)
        yield
    finally:
        os.close(descriptor)
