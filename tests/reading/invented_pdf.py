"""A small writer of PDF files for tests: words at places, in a typewriter's letters, so that their width is known."""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap

WIDTH, HEIGHT = 612, 792
LETTER = 0.6
"""Width of a letter of Courier, in sizes."""


@dataclass(frozen=True)
class Words:
    """Words on one line: points from the left and from the top, size, and how far they are turned (degrees)."""

    text: str
    left: float
    down: float
    size: float = 10
    turn: int = 0


Page = Sequence[Words]


def set_text(text: str, left: float, down: float, letters: int, size: float = 10, leading: float = 1.2) -> list[Words]:
    """Paragraphs broken to a width in letters, a wider gap between them."""
    lines: list[Words] = []
    for paragraph in text.split("\n\n"):
        for line in wrap(paragraph, letters, break_long_words=False, break_on_hyphens=True):
            lines.append(Words(line, left, down, size))
            down += size * leading
        down += size * leading * 0.8
    return lines


def pdf(
    pages: Sequence[Page],
    told: Mapping[str, str] | None = None,
    *,
    packed: bool = True,
    locked: bool = False,
    turn: int = 0,
) -> bytes:
    """The file. told: Title, CreationDate, …; packed: its streams are deflated; locked: it asks for a password."""
    fonts, first = 3, 4
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        fonts: b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
    }
    for number, page in enumerate(pages):
        stream = b"\n".join(_operators(page))
        body, filtered = (zlib.compress(stream), b" /Filter /FlateDecode") if packed else (stream, b"")
        objects[first + 2 * number] = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Rotate %d /Resources << /Font << /F 3 0 R >> >>"
            b" /Contents %d 0 R >>" % (WIDTH, HEIGHT, turn, first + 2 * number + 1)
        )
        objects[first + 2 * number + 1] = b"<< /Length %d%s >>\nstream\n%s\nendstream" % (len(body), filtered, body)
    kids = b" ".join(b"%d 0 R" % (first + 2 * n) for n in range(len(pages)))
    objects[2] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages))
    info = max(objects) + 1
    objects[info] = b"<< %s >>" % b" ".join(b"/%s (%s)" % (k.encode(), _escaped(v)) for k, v in (told or {}).items())
    trailer = b"/Root 1 0 R /Info %d 0 R /ID [<%s> <%s>]" % (info, b"00" * 16, b"00" * 16)
    if locked:
        objects[info + 1] = b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (b"41" * 32, b"42" * 32)
        trailer += b" /Encrypt %d 0 R" % (info + 1)
    return _file(objects, trailer)


def _operators(page: Page) -> Iterator[bytes]:
    turns = {0: (1, 0, 0, 1), 90: (0, 1, -1, 0), 45: (0.7071, 0.7071, -0.7071, 0.7071)}
    for words in page:
        matrix = b" ".join(b"%g" % number for number in (*turns[words.turn], words.left, HEIGHT - words.down))
        yield b"BT /F %g Tf %s Tm (%s) Tj ET" % (words.size, matrix, _escaped(words.text))


def _escaped(words: str) -> bytes:
    return words.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _file(objects: Mapping[int, bytes], trailer: bytes) -> bytes:
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = {}
    for number in sorted(objects):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, objects[number])
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % places[number] for number in sorted(objects))
    out += b"trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, table)
    return bytes(out)
