"""A document to read, described: where it lies and what the caller knows. Small, so that it can be sent to a worker."""

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from portico.engines.records import page_at
from portico.facts import to_json
from portico.reading import Document, DocumentError, open_document


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One document, not opened yet.

    path         the file, or the web archive that holds it; None for `content`
    offset       in a web archive: the byte of the file at which its record begins
    content      the bytes themselves, of what has no file (standard input)
    id           instead of the file's name
    published_on, url, publisher, private   as for `reading.open_document`
    received_at  UTC instant of its capture, as the web archive gives it; never taken for the day of publication
    fault        why it cannot be opened, when that was found while listing; opening it raises DocumentError
    """

    path: Path | None = None
    offset: int | None = None
    content: bytes | None = None
    id: str | None = None
    published_on: str | None = None
    url: str | None = None
    publisher: str | None = None
    private: bool = False
    received_at: str | None = None
    fault: str | None = None

    @property
    def name(self) -> str:
        """For messages: the file, and the record in it."""
        if self.path is None:
            return self.id or "bytes in memory"
        record = "" if self.offset is None else f", record at byte {self.offset:,}"
        return f"{readable(str(self.path))}{record}"

    @property
    def key(self) -> str:
        """A digest of the whole description: whether a later run was given the same document, in the same words."""
        content = None if self.content is None else hashlib.sha256(self.content).hexdigest()
        told = {name: getattr(self, name) for name in self.__slots__ if name != "content"}
        told |= {"path": None if self.path is None else readable(str(self.path)), "content": content}
        return hashlib.sha256(to_json(told)).hexdigest()[:32]

    def open(self) -> Document:
        """The document. Raises PorticoError naming it when it cannot be read."""
        if self.fault is not None:
            raise DocumentError("missing", self.name, self.fault, "Mend it or leave it out, and read again.")
        return open_document(
            self._received(),
            id=self.id,
            published_on=self.published_on,
            url=self.url,
            publisher=self.publisher,
            private=self.private,
        )

    def _received(self) -> Path | bytes:
        if self.path is None:
            return self.content or b""
        if self.offset is None:
            return self.path
        return page_at(self.path, self.offset)

    def but(self, **changes: object) -> "Input":
        """The same with other fields."""
        return replace(self, **changes)  # type: ignore[arg-type]


def readable(words: str) -> str:
    """As UTF-8 can hold it: where the bytes of a file's name are no characters, their escapes stand."""
    return words.encode("utf-8", "backslashreplace").decode()
