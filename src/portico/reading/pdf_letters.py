"""The letters of a PDF file with their places: a program of its own, run in a child process under limits.

`pdf.py` starts it with the file on standard input and reads lines of JSON from its standard output: what the file says
of itself, then each page, then "done". A file made to crash or to fill the memory ends this process and no other. It
imports nothing of Portico, so that it starts quickly. Source of the places: PDFium's text interface (`fpdf_text.h`).
"""

import json
import math
import re
import sys
from collections.abc import Iterator
from ctypes import byref, c_double, create_string_buffer
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfTextPage
    from pypdfium2.raw import FS_RECTF

Run: TypeAlias = tuple[str, float, float, float, float, int | None]
"""Letters set on one line without a wide gap: words, left, right, base line, size (points, along and down the page as
it is read), and the quarter turns of the letters (0 upright; None askew)."""

_GAP = 0.7
"""A gap, in heights of a letter, that ends a run: more than a word space, less than the gap between columns."""
_SHIFT = 0.4
_ASKEW = 0.12
_LINE_END = frozenset("\r\n")
_HYPHENS = {"\x02": "-", "\ufffe": "-", "\uffff": "\ufffd", "\xa0": " ", "\t": " "}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_FAR = 1e6
"""Points. Letters farther from the page than any press prints, or nowhere (not a number), are not of the page."""
_PASSWORD = 4


def main(arguments: list[str]) -> None:
    """Arguments: bytes of memory, seconds of processor, pages and letters at most."""
    memory, seconds, most_pages, most_letters = map(int, arguments)
    _limit(memory, seconds)
    for line in _lines(sys.stdin.buffer.read(), most_pages, most_letters):
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()


def _limit(memory: int, seconds: int) -> None:
    """The system ends this process beyond these; where it has no limit of a kind, the caller's clock is left."""
    import resource  # noqa: PLC0415

    for kind, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_CORE, 0)):
        try:
            resource.setrlimit(kind, (most, most))
        except (OSError, ValueError):
            continue


def _lines(original: bytes, most_pages: int, most_letters: int) -> Iterator[dict[str, object]]:
    from pypdfium2 import PdfDocument, PdfiumError  # noqa: PLC0415

    try:
        document = PdfDocument(original)
    except PdfiumError as problem:
        yield {"problem": "encrypted" if getattr(problem, "err_code", None) == _PASSWORD else "broken"}
        return
    pages = len(document)
    if pages > most_pages:
        yield {"problem": "too_many_pages", "pages": pages}
        return
    yield {"pages": pages, "title": _told(document, "Title"), "created": _told(document, "CreationDate")}
    letters = 0
    for number in range(pages):
        runs = _page(document, number)
        letters += sum(len(run[0]) for run in runs or ())
        if letters > most_letters:
            yield {"problem": "too_long", "pages": pages, "page": number + 1}
            return
        yield {"runs": runs}
    yield {"done": True}


def _told(document: "PdfDocument", key: str) -> str:
    import pypdfium2.raw as pdfium  # noqa: PLC0415

    size = pdfium.FPDF_GetMetaText(document.raw, key.encode(), None, 0)
    if not 2 < size <= 4096:
        return ""
    buffer = create_string_buffer(size)
    pdfium.FPDF_GetMetaText(document.raw, key.encode(), buffer, size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")


def _page(document: "PdfDocument", number: int) -> list[Run] | None:
    """The runs of a page in the order of the file; None of a page that cannot be opened."""
    from pypdfium2 import PdfiumError  # noqa: PLC0415

    try:
        page = document[number]
        letters = page.get_textpage()
    except PdfiumError:
        return None
    try:
        return list(_runs(letters))
    finally:
        letters.close()
        page.close()


def _runs(page: "PdfTextPage") -> Iterator[Run]:
    words: list[str] = []
    left = right = base = size = 0.0
    turn: int | None = 0
    for number, letter, x0, x1, y, turned in _letters(page):
        apart = x0 - right > _GAP * size or right - x0 > size or abs(y - base) > _SHIFT * size or turned != turn
        if words and (letter in _LINE_END or (apart and letter != " ")):
            yield from _run(words, (left, right, base, size), turn)
            words = []
        if letter in _LINE_END or (letter == " " and not words):
            continue
        if not words:
            left, right, base, turn, size = x0, x1, y, turned, _size(page, number)
        elif letter != " ":
            left, right = min(left, x0), max(right, x1)
        words.append(letter)
    yield from _run(words, (left, right, base, size), turn)


def _run(words: list[str], place: tuple[float, float, float, float], turn: int | None) -> Iterator[Run]:
    text = "".join(words).strip()
    if text and all(abs(each) < _FAR for each in place):
        left, right, base, size = (round(each, 1) for each in place)
        yield text, left, right, base, size, turn


def _letters(page: "PdfTextPage") -> Iterator[tuple[int, str, float, float, float, int | None]]:
    """Each letter: number, itself, left, right, base line, quarter turns. A made space keeps the place before it."""
    import pypdfium2.raw as pdfium  # noqa: PLC0415

    raw, box, x, y = page.raw, pdfium.FS_RECTF(), c_double(), c_double()
    place: tuple[float, float, float] = (0.0, 0.0, 0.0)
    turned: int | None = 0
    for number in range(pdfium.FPDFText_CountChars(raw)):
        letter = _letter(pdfium.FPDFText_GetUnicode(raw, number))
        made = pdfium.FPDFText_IsGenerated(raw, number) == 1
        if letter and not made and pdfium.FPDFText_GetLooseCharBox(raw, number, byref(box)):
            angle = pdfium.FPDFText_GetCharAngle(raw, number)
            turn = -round(angle / (math.pi / 2)) % 4 if angle >= 0 else 0  # PDFium counts them clockwise
            turned = turn if abs(math.remainder(angle, math.pi / 2)) <= _ASKEW else None
            pdfium.FPDFText_GetCharOrigin(raw, number, byref(x), byref(y))
            place = _upright(turn, box, x.value, y.value)
        if letter:
            yield number, letter, *place, turned


def _size(page: "PdfTextPage", number: int) -> float:
    """Height of the letters in points: the font's on the page, or the letter's box where that tells nothing."""
    import pypdfium2.raw as pdfium  # noqa: PLC0415

    matrix, box = pdfium.FS_MATRIX(), pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(page.raw, number, byref(box))
    height: float = max(min(box.top - box.bottom, 2000.0), 1.0)
    if not pdfium.FPDFText_GetMatrix(page.raw, number, byref(matrix)):
        return height
    size = float(pdfium.FPDFText_GetFontSize(page.raw, number)) * math.hypot(matrix.c, matrix.d)
    return size if height / 4 < size < 4 * height else height


def _letter(code: int) -> str:
    if not 0 < code < 0x110000:
        return ""
    letter = chr(code)
    return _HYPHENS.get(letter) or ("" if _CONTROL.match(letter) and letter not in _LINE_END else letter)


def _upright(turn: int, box: "FS_RECTF", x: float, y: float) -> tuple[float, float, float]:
    """A place in the file's space (up is more) → along and down the text as it is read: left, right, base line."""
    return (
        (box.left, box.right, -y),
        (box.bottom, box.top, x),
        (-box.right, -box.left, y),
        (-box.top, -box.bottom, -x),
    )[turn]


if __name__ == "__main__":
    main(sys.argv[1:])
