"""What one kind of document gives when it is opened: its words, and what it says of itself."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendition:
    """The text that spans will count in, and what the document says of itself; None where it is silent.

    text          paragraphs, set apart by blank lines
    published_on  day of first publication, ISO 8601; never the day of an update, nor the day a file was made
    notes         what was left out or had to be guessed, in words for a person
    """

    text: str
    title: str | None = None
    byline: str | None = None
    publisher: str | None = None
    url: str | None = None
    published_on: str | None = None
    notes: tuple[str, ...] = ()
