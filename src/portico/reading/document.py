"""A document as received, with the text that its spans count in."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from portico.facts import PartialDate, Source, Text
from portico.reading.encoding import decode
from portico.reading.html import Page, read_page
from portico.reading.kinds import HTML, LARGEST, DocumentError, empty, kind_of, no_text, refuse_binary, too_large

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

    kind          "text/plain" or "text/html" where the caller knows it, else recognised
    id            instead of the file's name; of bytes without one, the beginning of their hash
    published_on  EDTF day; what the caller knows goes before what the page says
    Raises DocumentError (empty, binary, no text, too large, missing, of a kind not read yet) and DateError.
    """
    given = PartialDate(published_on).edtf if published_on else None
    name, original = _received(path_or_bytes, id)
    media_type = kind_of(original, name) if kind is None else kind
    decoded = decode(original)
    refuse_binary(original, decoded.text, name)
    page = _page(decoded.text, media_type, url, name)
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
        notes=decoded.notes,
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


def _page(content: str, media_type: str, url: str | None, name: str) -> Page:
    if media_type != HTML:
        if not content.strip():
            raise empty(name)
        return Page(text=content)
    page = read_page(content, url)
    if page is None:
        raise no_text(name)
    return page
