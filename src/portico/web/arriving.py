"""Arriving files: sealed piece by piece on their way to the disk: none is held whole, and no word is plain there.

The file on the disk has no name, and its key is in this process alone: what a crash leaves is gone, and says nothing.
"""

import tempfile
from collections.abc import Iterator
from pathlib import PurePath
from typing import IO

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from portico.custody import decrypt, encrypt, new_data_key

PIECE = 1 << 20
MOST_OF_A_FILE = 100_000_000  # bytes
MOST_AT_ONCE = 201_000_000  # bytes of one request: what is beyond is counted, and not kept
_SEALING = len(encrypt(bytes(32), b"", b""))  # bytes that a sealed piece is longer than a plain one


class ArrivedFile(UploadedFile):
    """A file that somebody sent. size: as it came; of one that was too large no byte was kept."""

    def __init__(self, file: IO[bytes], key: bytes, name: str, size: int, content_type: str | None) -> None:
        super().__init__(file, name, content_type, size)
        self._key = key

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """Its bytes, a piece at a time; chunk_size is not asked."""
        self.file.seek(0)
        number = 0
        while sealed := self.file.read(PIECE + _SEALING):
            yield decrypt(self._key, sealed, _place(number))
            number += 1

    def read(self, num_bytes: int | None = None) -> bytes:
        """All of it: for files that are small. num_bytes is not asked."""
        return b"".join(self.chunks())


def file_name(file: UploadedFile, otherwise: str = "file") -> str:
    """What it was called, without the folders that it lay in."""
    return PurePath(str(file.name)).name[:200] or otherwise


def _place(number: int) -> bytes:
    return b"arriving %d" % number


class SealingHandler(FileUploadHandler):
    """Keeps what signed-in people and programs send; of everybody else, and of what is too large, it keeps nothing."""

    chunk_size = PIECE
    _left = MOST_AT_ONCE
    _out: IO[bytes] | None = None

    def new_file(self, *told: object, **more: object) -> None:
        super().new_file(*told, **more)
        self._out = tempfile.TemporaryFile(dir=settings.PORTICO_PLACE.folder)  # noqa: SIM115  (the file's, once whole)
        self._key, self._held, self._number, self._size = new_data_key(), bytearray(), 0, 0
        self._keeps = bool(self.request.user.is_authenticated)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._size += len(raw_data)
        self._left -= len(raw_data)
        if not self._keeps or self._left < 0 or self._size > MOST_OF_A_FILE:
            self._give_up()
            return
        self._held += raw_data
        while len(self._held) >= PIECE:
            self._seal(PIECE)

    def file_complete(self, file_size: int) -> ArrivedFile | None:
        assert self._out
        if not self._keeps and self._size <= MOST_OF_A_FILE:
            self._out.close()
            return None
        if self._held:
            self._seal(len(self._held))
        return ArrivedFile(self._out, self._key, str(self.file_name), file_size, self.content_type)

    def upload_interrupted(self) -> None:
        if self._out:
            self._out.close()

    def _seal(self, length: int) -> None:
        assert self._out
        self._out.write(encrypt(self._key, bytes(self._held[:length]), _place(self._number)))
        self._number += 1
        del self._held[:length]

    def _give_up(self) -> None:
        self._keeps = False
        self._held.clear()
        if self._out:
            self._out.truncate(0)
