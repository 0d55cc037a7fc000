"""What stands at the edge of every page and is no part of the text: running heads, feet, page numbers."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from portico.reading.pdf_columns import Flow, Line

_AT_EDGE = 3
_LONGEST = 160
_SHARE = 0.4
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"\W*(?:(?:page|p\.|pg\.?)\s*)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:of|/)\s*\d{1,4})?\W*$", re.IGNORECASE
)

Page = tuple[Flow, ...]


def without_margins(pages: Sequence[Page]) -> tuple[tuple[Page, ...], int]:
    """The pages without what repeats at their edges, and on how many pages something was left out.

    A head that is the same word for word stays where it stands first: it may be the title. A line that repeats but for
    its numbers (a filing stamp, a page count) goes everywhere.
    """
    again = _repeated(pages)
    seen: set[str] = set()
    kept: list[Page] = []
    for page in pages:
        edges = set(_edge(page, len(pages), again, seen))
        kept.append(tuple(tuple(line for line in flow if line not in edges) for flow in page))
        seen |= {_key(line) for line in _outermost(page)[0]}
    return tuple(kept), sum(page != before for page, before in zip(kept, pages, strict=True))


def _edge(page: Page, pages: int, again: frozenset[str], seen: set[str]) -> Iterator[Line]:
    top, bottom = _outermost(page)
    for line in (*top, *bottom):
        key = _key(line)
        first_head = line in top and key not in seen and "#" not in key and line not in bottom
        if (key in again and not first_head) or (pages > 1 and _PAGE_NUMBER.match(line.text)):
            yield line


def _repeated(pages: Sequence[Page]) -> frozenset[str]:
    counts = Counter(
        key for page in pages for key in {_key(line) for lines in _outermost(page) for line in lines} if len(key) > 1
    )
    return frozenset(key for key, times in counts.items() if times >= max(2, _SHARE * len(pages)))


def _outermost(page: Page) -> tuple[list[Line], list[Line]]:
    """The first and the last lines down the page, short ones only."""
    lines = sorted((line for flow in page for line in flow), key=lambda line: line.base)
    top, bottom = lines[:_AT_EDGE], lines[_AT_EDGE:][-_AT_EDGE:]
    return [one for one in top if len(one.text) <= _LONGEST], [one for one in bottom if len(one.text) <= _LONGEST]


def _key(line: Line) -> str:
    return _DIGITS.sub("#", line.text.casefold())
