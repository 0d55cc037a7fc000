"""Records of a web archive (WARC), each at the byte of the file where it begins."""

import zlib
from collections.abc import Iterator
from contextlib import redirect_stderr
from io import StringIO
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeadersParserException

from portico.reading import DocumentError

LARGEST = 50_000_000
"""Bytes that one record may unpack to, so that a small archive cannot fill the memory."""

_AT_ONCE = 1 << 20
_BROKEN = (
    *(ArchiveLoadFailed, StatusAndHeadersParserException, OSError, EOFError, ValueError, zlib.error),
    *(AttributeError, TypeError, IndexError),  # the library's own slips over headers that are not there
)


class RecordError(DocumentError):
    """A record of an archive cannot be read. `offset` is the byte at which it begins, `what` the fault in words."""

    def __init__(self, path: Path, offset: int, what: str) -> None:
        self.offset, self.what = offset, what
        super().__init__("missing", f"{path.name}, record at byte {offset:,}", what, "Fetch the archive again.")


def records(path: Path, offset: int = 0) -> Iterator[tuple[int, ArcWarcRecord]]:
    """The records from one byte on, with their places. Raises RecordError where the archive cannot be read."""
    at = offset
    try:
        with path.open("rb") as file:
            file.seek(offset)
            archive = ArchiveIterator(file)
            while (record := _next(archive)) is not None:
                at = archive.offset
                yield at, record
    except _BROKEN as error:
        raise RecordError(path, at, f"the archive cannot be read from there on ({_words(error)})") from error


def page_at(path: Path, offset: int) -> bytes:
    """What the record at a byte holds, without transfer and content encodings. Raises RecordError."""
    for _, record in records(path, offset):
        try:
            return _unpacked(path, offset, record)
        except _BROKEN as error:
            raise RecordError(path, offset, f"the page cannot be unpacked ({_words(error)})") from error
    raise RecordError(path, offset, "there is no record")


def _next(archive: ArchiveIterator) -> ArcWarcRecord | None:
    """The library prints what it thinks of a wrong length; the error of the record says it better."""
    with redirect_stderr(StringIO()):
        return next(archive, None)


def _unpacked(path: Path, offset: int, record: ArcWarcRecord) -> bytes:
    stream, unpacked = record.content_stream(), bytearray()
    while part := stream.read(_AT_ONCE):
        unpacked += part
        if len(unpacked) > LARGEST:
            raise RecordError(path, offset, f"the page unpacks to more than {LARGEST:,} bytes, and is not read")
    if getattr(record.raw_stream, "limit", 0) > 0:
        raise RecordError(path, offset, "the archive breaks off inside this page")
    return bytes(unpacked)


def _words(error: Exception) -> str:
    """The first line of an error: the library's go on to tell how to repair a file with its own command."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[0][:120].rstrip(".") if lines else type(error).__name__
