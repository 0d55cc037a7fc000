"""What kind of document some bytes are, and the refusals: each says where, what, what survived and what to do next."""

import re
from typing import Literal

from portico.facts import PorticoError

LARGEST = 50_000_000
"""Bytes of the largest document that is read, so that one file cannot fill the memory of a shared machine."""

Reason = (
    Literal["empty", "binary", "kind_not_read", "no_text", "too_large", "missing"]
    | Literal["encrypted", "broken", "scanned", "too_many_pages", "too_long", "too_slow"]
)

TEXT, HTML, PDF, MAIL = "text/plain", "text/html", "application/pdf", "message/rfc822"

_BEGINNINGS = (
    (b"PK\x03\x04", "a Word, Excel or other zipped file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word, Excel or Outlook file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"RIFF", "a sound, film or WebP image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"WARC/", "a web archive (WARC)"),
    (b"SQLite format 3\0", "a database"),
    (b"ID3", "a sound recording"),
    (b"OggS", "a sound recording"),
)
_HTML = re.compile(
    rb"^\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_MIME = re.compile(
    rb"^(?:MIME-Version:|Content-Type:\s*multipart/|Content-Transfer-Encoding:|Received:)", re.IGNORECASE | re.MULTILINE
)
_PDF = re.compile(rb"^[^\n]{0,200}%PDF-\d\.\d", re.MULTILINE)
"""What a scanner or a web server puts before the first line of a PDF file does not hinder a viewer."""
_HEADER = re.compile(rb"^[!-9;-~]+:")
_ENVELOPE = re.compile(rb"\AFrom \S[^\n]*\n")
_UNREADABLE = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]")


class DocumentError(PorticoError):
    """A document cannot be read. `reason` is one of a few codes, `name` the file; both are for `--json`."""

    def __init__(self, reason: Reason, name: str, what: str, next_step: str) -> None:
        self.reason, self.name = reason, name
        super().__init__(f"{name}: {what}. Nothing was read from it and nothing was changed. {next_step}")


def too_large(name: str, size: int) -> DocumentError:
    return DocumentError(
        "too_large",
        name,
        f"the document has {size:,} bytes; at most {LARGEST:,} are read",
        "Split it into its articles or reports and read those.",
    )


def empty(name: str) -> DocumentError:
    return DocumentError("empty", name, "the document is empty", "Check that it was saved or sent whole.")


def no_text(name: str) -> DocumentError:
    return DocumentError(
        "no_text",
        name,
        "the page holds no text to read",
        "If it loads its text by a script, save it from the browser as text, or paste the text into a .txt file.",
    )


def kind_of(original: bytes, name: str) -> str:
    """The media type of bytes that can be read (text, HTML, PDF, e-mail). Raises DocumentError for every other kind."""
    if original.startswith(b"%PDF") or (_PDF.search(original[:1024]) and b"endobj" in original):
        return PDF
    for beginning, kind in _BEGINNINGS:
        if original.startswith(beginning):
            raise _not_read(name, kind)
    head = _ENVELOPE.sub(b"", original.removeprefix(b"\xef\xbb\xbf")[:8192])
    if _HEADER.match(head) and _MIME.search(head.split(b"\n\n", 1)[0].split(b"\r\n\r\n", 1)[0]):
        return MAIL
    if _HTML.match(head) or name.lower().endswith((".html", ".htm", ".xhtml")):
        return HTML
    return TEXT


def refuse_binary(original: bytes, text: str, name: str) -> None:
    """Raises DocumentError if the bytes are no text: too many control characters, after decoding."""
    sample = text[:65_536]
    odd = len(_UNREADABLE.findall(sample))
    if odd > max(8, len(sample) // 10) or (sample and odd == len(sample)):
        raise DocumentError(
            "binary",
            name,
            f"these {len(original):,} bytes are not text",
            "If it is a scan or a recording, transcribe it into a .txt file and read that.",
        )


def _not_read(name: str, kind: str) -> DocumentError:
    return DocumentError(
        "kind_not_read",
        name,
        f"this is {kind}, a kind that is not read yet",
        "Save it as plain text or HTML and read that.",
    )
