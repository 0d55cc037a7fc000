"""A document as received, with the text that its spans count in."""

import hashlib
from dataclasses import dataclass, field, replace
from pathlib import Path

from portico.facts import PartialDate, Source, Text
from portico.reading.encoding import decode
from portico.reading.html import read_page
from portico.reading.kinds import (
    HTML,
    LARGEST,
    MAIL,
    PDF,
    DocumentError,
    empty,
    kind_of,
    no_text,
    refuse_binary,
    too_large,
)
from portico.reading.mail import headed, read_mail
from portico.reading.pdf import read_pdf
from portico.reading.rendition import Rendition

_PASTED = "pasted text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One article, note or report.

    id        the file's name without its ending
    source    what is known of it: hash, kind, title, publisher, day of publication
    text      the words, in which every span counts
    original  the bytes, unaltered
    notes     what had to be guessed to read it, in words for a person; usually empty
    """

    id: str
    source: Source
    text: Text
    original: bytes = field(repr=False)
    notes: tuple[str, ...] = ()


def open_document(
    path_or_bytes: Path | str | bytes,
    kind: str | None = None,
    *,
    id: str | None = None,  # noqa: A002  (the name it has in every output)
    published_on: str | None = None,
    url: str | None = None,
    publisher: str | None = None,
    private: bool = False,
) -> Document:
    """A document from a file, or from bytes in memory.

    kind          where the caller knows it: "text/plain", "text/html", "application/pdf", "message/rfc822"
    id            instead of the file's name; of bytes without one, the beginning of their hash
    published_on  EDTF day; what the caller knows goes before what the page says
    Raises DocumentError (empty, binary, no text, too large, missing, locked, damaged, of no kind read) and DateError.
    """
    given = PartialDate(published_on).edtf if published_on else None
    name, original = _received(path_or_bytes, id)
    media_type = kind_of(original, name) if kind is None else kind
    page = _rendition(original, media_type, url, name)
    digest = hashlib.sha256(original).hexdigest()
    source = Source(
        sha256=digest,
        media_type=media_type,
        size=len(original),
        title=page.title,
        byline=page.byline,
        publisher=publisher or page.publisher,
        url=url or page.url,
        published_on=given or page.published_on,
        private=private,
    )
    return Document(
        id=id or (Path(name).stem if name != _PASTED else digest[:12]),
        source=source,
        text=Text(page.text),
        original=original,
        notes=page.notes,
    )


def _received(path_or_bytes: Path | str | bytes, given: str | None) -> tuple[str, bytes]:
    """A name for messages, and the bytes. The size is asked before anything is read."""
    if isinstance(path_or_bytes, bytes):
        name, original = given or _PASTED, path_or_bytes
    else:
        path = Path(path_or_bytes)
        name, original = path.name, _read(path)
    if len(original) > LARGEST:
        raise too_large(name, len(original))
    if not original.strip(b" \t\r\n\0"):
        raise empty(name)
    return name, original


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise too_large(path.name, path.stat().st_size)
        return path.read_bytes()
    except OSError as problem:
        raise DocumentError(
            "missing",
            path.name,
            f"the file could not be opened ({problem.strerror or problem})",
            "Check the name and that you may read it.",
        ) from problem


def _rendition(original: bytes, media_type: str, url: str | None, name: str) -> Rendition:
    """The words and what the document says of itself, by its kind. Raises DocumentError."""
    if media_type == PDF:
        return read_pdf(original, name)
    if media_type == MAIL:
        return read_mail(original, name)
    decoded = decode(original)
    refuse_binary(original, decoded.text, name)
    if not decoded.text.strip():
        raise empty(name)
    rendition = read_page(decoded.text, url) if media_type == HTML else headed(decoded.text)
    if rendition is None:
        raise no_text(name)
    return replace(rendition, notes=(*decoded.notes, *rendition.notes))
