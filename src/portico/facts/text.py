"""Sources, the text read from them, and spans: the words that a claim rests on."""

import hashlib
from dataclasses import dataclass, field

from portico.facts.errors import PorticoError


class SpanError(PorticoError):
    """A span does not lie in its text, or the quoted words are not there."""

    def __init__(self, start: int, end: int, length: int) -> None:
        self.start, self.end, self.length = start, end, length
        super().__init__(
            f"The span {start}–{end} does not lie in the text of {length} characters, or its words differ. "
            "The claim was not made; the text is unchanged. Read the document again with this version."
        )


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Where the words stand: Unicode code points of the text, half-open. Make it with `Text.span`, which checks it."""

    start: int
    end: int

    def covers(self, other: "Span") -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document as received; its bytes are kept unaltered under their hash.

    sha256        hex digest of the bytes: the permanent id of the source
    media_type    of the bytes, as recognised ("text/plain", "text/html", …)
    size          in bytes
    title, byline, publisher, url   as the document or the caller gives them
    published_on  EDTF local day of publication (from the caller, page metadata or dateline, never an update stamp)
    private       a note, a report, a call: everything that may identify someone is kept encrypted
    """

    sha256: str
    media_type: str
    size: int
    title: str | None = None
    byline: str | None = None
    publisher: str | None = None
    url: str | None = None
    published_on: str | None = None
    private: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """The plain-text rendition that spans count in."""

    content: str
    sha256: str = field(init=False, compare=False)

    def __post_init__(self) -> None:
        digest = hashlib.sha256(self.content.encode("utf-8", "surrogatepass")).hexdigest()
        object.__setattr__(self, "sha256", digest)

    def span(self, start: int, end: int, words: str | None = None) -> Span:
        """A checked span: not empty, inside the text, and holding `words` where given. Raises SpanError."""
        if not 0 <= start < end <= len(self.content) or words not in (None, self.content[start:end]):
            raise SpanError(start, end, len(self.content))
        return Span(start, end)

    def words(self, span: Span) -> str:
        """The exact words of a span. Raises SpanError if it lies outside the text."""
        self.span(span.start, span.end)
        return self.content[span.start : span.end]
