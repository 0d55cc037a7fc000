"""What an engine does with each document: read it. Functions of a module, so that every process finds them."""

import json
from dataclasses import dataclass

from portico.engines.inputs import Input
from portico.facts import Reading, Source, Text
from portico.reading import flatten, read


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadResult:
    """One document as read.

    source       what is known of it, with the hash of its bytes
    text         the words in which the reading's spans count
    received_at  UTC instant of capture, where a web archive gives it
    notes        what had to be guessed to read it, in words for a person
    """

    reading: Reading
    source: Source
    text: Text
    received_at: str | None = None
    notes: tuple[str, ...] = ()

    def flat(self) -> dict[str, object]:
        """The object that `portico read --json` prints.

        A page of a web archive has its address and the time of its capture beside it.
        """
        captured = {"url": self.source.url, "received_at": self.received_at} if self.received_at else {}
        return flatten(self.reading, self.text) | captured


def read_input(given: Input) -> ReadResult:
    """Open a document and read it. Raises PorticoError when it cannot be read."""
    document = given.open()
    return ReadResult(
        reading=read(document),
        source=document.source,
        text=document.text,
        received_at=given.received_at,
        notes=document.notes,
    )


def read_line(given: Input) -> bytes:
    """The reading as one line of JSON, with its line end. Raises PorticoError when the document cannot be read."""
    line = json.dumps(read_input(given).flat(), ensure_ascii=False)
    # Half of a surrogate pair has no UTF-8; what is put for it is its escape in JSON.
    return line.encode("utf-8", "backslashreplace") + b"\n"
