"""Lines for a terminal: headings, and columns that wrap inside their width."""

import shutil
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from textwrap import wrap

_GAP = "  "


def width() -> int:
    """Columns of the terminal, between 60 and 140; 100 when there is none."""
    return min(140, max(60, shutil.get_terminal_size((100, 24)).columns))


def heading(words: str) -> Iterator[str]:
    yield ""
    yield words
    yield "─" * len(words)


def columns(rows: Iterable[Sequence[str]], widths: Sequence[int], indent: str = "  ") -> Iterator[str]:
    """Rows in columns of fixed width; the last column takes what is left of the line. Nothing is cut off."""
    room = width() - len(indent) - sum(widths) - len(_GAP) * len(widths)
    full = [*widths, max(24, room)]
    for row in rows:
        cells = [wrap(cell, w, break_on_hyphens=False) or [""] for cell, w in zip(row, full, strict=True)]
        for parts in zip_longest(*cells, fillvalue=""):
            padded = (f"{part:<{w}}" for part, w in zip(parts, full, strict=True))
            yield (indent + _GAP.join(padded)).rstrip()


def paragraph(words: str, indent: str = "  ", hanging: str = "") -> Iterator[str]:
    yield from wrap(words, width(), initial_indent=indent, subsequent_indent=indent + hanging, break_on_hyphens=False)
