"""A PDF file → its text in reading order, without running heads and feet, and its title.

The letters are taken out by a child process (`pdf_letters.py`) that may not take more memory or time than said here:
the files come from anywhere, and PDFium is no part of Python's safety. Its library is loaded there and nowhere else.
"""

import json
import re
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from portico.reading.kinds import DocumentError
from portico.reading.pdf_columns import Line, flows
from portico.reading.pdf_margins import without_margins
from portico.reading.pdf_paragraphs import paragraphs
from portico.reading.rendition import Rendition

MOST_PAGES = 2000
MOST_LETTERS = 3_000_000
"""Of one file: a book of 1,500 pages. What is longer is no report."""
SECONDS = 60
MEMORY = 1_000_000_000
"""Bytes of address space of the child process."""

_LETTERS = Path(__file__).with_name("pdf_letters.py")
_NO_TITLE = re.compile(
    r"(?:untitled|document\d*|microsoft \w+ - .*|.{0,4}|[\w-]*\d{5,}\w*)"
    r"|.*\.(?:docx?|pdf|indd|rtf|odt|wpd|pages|tmp|xlsx?|pptx?)",
    re.IGNORECASE,
)
_MADE = re.compile(r"D:(\d{4})(\d\d)(\d\d)")
_OUT_OF_TIME = (-signal.SIGXCPU, -signal.SIGKILL)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take: pages, letters, seconds of wall clock, bytes of memory."""

    pages: int = MOST_PAGES
    letters: int = MOST_LETTERS
    seconds: int = SECONDS
    memory: int = MEMORY


def read_pdf(original: bytes, name: str, limits: Limits | None = None) -> Rendition:
    """The text of a PDF file.

    The day the file was made is told in a note: it is not the day of publication.
    Raises DocumentError: encrypted, broken, scanned, too_many_pages, too_long, too_slow.
    """
    limits = limits or Limits()
    about, *pages = _told(original, name, limits)
    if problem := about.get("problem") or next((page["problem"] for page in pages if "problem" in page), None):
        raise _refusal(str(problem), name, about, limits)
    kept, askew = _upright([page.get("runs") for page in pages if "runs" in page])
    inner, trimmed = without_margins([flows(page) for page in kept])
    text = "\n\n".join(paragraphs(inner))
    if not any(letter.isalpha() for letter in text):
        raise _scanned(name, len(kept))
    return Rendition(text=text, title=_title(about), notes=tuple(_notes(about, kept, askew, trimmed)))


def _told(original: bytes, name: str, limits: Limits) -> list[dict[str, object]]:
    """What the child process says, line by line; at least one. Raises DocumentError when it was ended."""
    most = (limits.memory, limits.seconds, limits.pages, limits.letters)
    command = [sys.executable, "-P", str(_LETTERS), *map(str, most)]
    try:
        child = subprocess.run(command, input=original, capture_output=True, timeout=limits.seconds, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as late:
        raise _too_slow(name, limits) from late
    if child.returncode in _OUT_OF_TIME:
        raise _too_slow(name, limits)
    if child.returncode > 0 and b"MemoryError" not in child.stderr:
        raise RuntimeError(child.stderr.decode("utf-8", "replace"))
    if child.returncode:
        raise _broken(name)
    return [json.loads(line) for line in child.stdout.splitlines()] or [{"problem": "broken"}]


def _upright(pages: Sequence[object]) -> tuple[list[list[Line]], int]:
    """Each page's runs in the direction that most of its letters have, and how many runs stand in another."""
    kept: list[list[Line]] = []
    askew = 0
    for page in pages:
        runs = page if isinstance(page, list) else []
        letters: dict[int | None, int] = {}
        for text, *_, turn in runs:
            letters[turn] = letters.get(turn, 0) + len(text)
        usual = max(letters, key=lambda turn: letters[turn], default=None)
        kept.append([Line(*place) for *place, turn in runs if turn == usual])
        askew += len(runs) - len(kept[-1])
    return kept, askew


def _title(about: Mapping[str, object]) -> str | None:
    title = " ".join(str(about.get("title", "")).split())
    return None if _NO_TITLE.fullmatch(title) else title


def _notes(about: Mapping[str, object], pages: Sequence[Sequence[Line]], askew: int, trimmed: int) -> list[str]:
    notes = []
    if made := _MADE.match(str(about.get("created", ""))):
        notes.append(f"the file was made on {'-'.join(made.groups())}; that is not taken for its day of publication")
    if silent := [str(number) for number, page in enumerate(pages, 1) if not page]:
        listed = ", ".join(silent[:10]) + (" …" if len(silent) > 10 else "")
        notes.append(f"no text on {len(silent)} of {len(pages)} pages ({listed}): blank, or pictures of text, not read")
    if trimmed:
        notes.append(f"heads, feet and page numbers were left out on {trimmed} pages")
    if askew:
        notes.append(f"{askew} pieces of text set at an angle (stamps, watermarks) were left out")
    return notes


def _refusal(problem: str, name: str, about: Mapping[str, object], limits: Limits) -> DocumentError:
    if problem == "encrypted":
        return DocumentError(
            "encrypted",
            name,
            "this PDF is locked with a password",
            "Open it with the password, print it to a new PDF or save its text, and read that.",
        )
    if problem == "too_many_pages":
        return _too_large(
            "too_many_pages", name, f"this PDF has {about['pages']:,} pages; at most {limits.pages:,} are read"
        )
    if problem == "too_long":
        return _too_large("too_long", name, f"this PDF holds more than {limits.letters:,} letters")
    return _broken(name)


def _too_large(reason: str, name: str, what: str) -> DocumentError:
    assert reason in ("too_many_pages", "too_long")
    return DocumentError(
        "too_many_pages" if reason == "too_many_pages" else "too_long",
        name,
        what,
        "Print the pages of one report to a new PDF and read that.",
    )


def _too_slow(name: str, limits: Limits) -> DocumentError:
    return DocumentError(
        "too_slow",
        name,
        f"this PDF took longer than {limits.seconds} seconds and was stopped",
        "Print the pages of one report to a new PDF, or save its text, and read that.",
    )


def _broken(name: str) -> DocumentError:
    return DocumentError(
        "broken",
        name,
        "this PDF is damaged, or made so that opening it takes more memory than allowed",
        "Ask for it again, or open it in a viewer, print it to a new PDF and read that.",
    )


def _scanned(name: str, pages: int) -> DocumentError:
    return DocumentError(
        "scanned",
        name,
        f"this PDF has {pages:,} page{'s' if pages != 1 else ''} and no text: a scan, or pictures of text",
        "Run text recognition (OCR) over it, or type what matters into a .txt file, and read that.",
    )
