"""A saved web page → its main text, title, byline, publisher, address, day of publication.

The extractor (trafilatura) is loaded only when a page is opened: it takes longer to load than the rest of this room.
"""

import logging
import re
from functools import cache
from typing import TYPE_CHECKING

from portico.reading.markup import words_of
from portico.reading.published import published_on
from portico.reading.rendition import Rendition

if TYPE_CHECKING:
    from trafilatura.settings import Document as Extracted
    from trafilatura.settings import Extractor

PARAGRAPH = "\n\n"

_LITTLE = 400
"""Code points. A quick extraction that finds less is made again the slow way, which compares several."""

_MOST_TAGS = 40_000
"""The extractor's time grows with the square of a page's paragraphs. No news page has a tenth of these tags; of one
that has more, every word is kept, apparatus and all."""

_HEAD = re.compile(r"<head\b", re.IGNORECASE)
_ALL_KEPT = "the page is too long to tell its story from its apparatus: every word was kept"
_DATES = {"original_date": True, "extensive_search": False, "max_date": "2100-01-01"}
"""The day is found by `published.py`: the extractor takes an update stamp or a footer where it finds nothing better."""


def read_page(markup: str, url: str | None = None) -> Rendition | None:
    """The page in the markup, its title on a line of its own before the text; None when it holds no text.

    Deep or exploding markup ends as a page without text.
    """
    from lxml.etree import LxmlError  # noqa: PLC0415

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        body = _body(markup)
        about = _about(markup, url) if body else None
    except (LxmlError, RecursionError, ValueError):
        return None
    if not body or about is None:
        return None
    return Rendition(
        text=_titled(about.title, body),
        title=about.title,
        byline=about.author,
        publisher=about.sitename,
        url=about.url,
        notes=(_ALL_KEPT,) if markup.count("<") > _MOST_TAGS else (),
        published_on=published_on(markup, about.url),
    )


def _body(markup: str) -> str:
    """The story's text; the quick way first, which finds it on nearly every page."""
    if markup.count("<") > _MOST_TAGS:
        return words_of(markup)
    from trafilatura import bare_extraction  # noqa: PLC0415

    longest = ""
    for fast in (True, False):
        found = bare_extraction(markup, options=_options(fast=fast), prune_xpath=_beside_the_story() if fast else None)
        text = "" if found is None or isinstance(found, dict) else (found.text or "").strip()
        longest = max(longest, text, key=len)
        if len(longest) >= _LITTLE:
            break
    return longest


@cache
def _beside_the_story() -> str:
    """What stands in asides and at the foot of a page, as a path: often most of its elements.

    The quick way drops it too, but only after it has looked at each element. Left as it is where the extractor would go
    back to it or use it first: no paragraph elsewhere, one inside another, a page's heading, structured data.
    """
    from trafilatura.settings import MANUALLY_CLEANED  # noqa: PLC0415

    dropped = " or ".join(f"self::{tag}" for tag in MANUALLY_CLEANED)
    return (
        f"self::*[.//p[not(ancestor::*[{dropped}])]][not(.//aside//aside or .//footer//footer)]"
        "/descendant::*[self::aside or self::footer]"
        "[not(ancestor::figure or .//h1 or .//script[@type='application/ld+json'])]"
    )


@cache
def _options(*, fast: bool) -> "Extractor":
    """How to extract: made once, as the extractor reads its settings anew for each."""
    from trafilatura.settings import Extractor  # noqa: PLC0415

    return Extractor(output_format="python", fast=fast, comments=False)


def _about(markup: str, url: str | None) -> "Extracted":
    """What the page's head says of it; the whole page is searched only where the head leaves something out."""
    from trafilatura import extract_metadata  # noqa: PLC0415

    head = _head(markup)
    if head:
        about = extract_metadata(f"<html>{head}<body></body></html>", default_url=url, date_config=dict(_DATES))
        if about.title and about.author:
            return about
    return extract_metadata(markup, default_url=url, date_config=dict(_DATES))


def _head(markup: str) -> str:
    start = _HEAD.search(markup)
    end = markup.find("</head", start.end()) if start else -1
    return f"{markup[start.start() : end]}</head>" if start and end > 0 else ""


def _titled(title: str | None, body: str) -> str:
    """The paragraphs, set apart by blank lines, with the title first and once."""
    lines = [line.strip() for line in body.splitlines() if line.strip()]
    if title:
        lines = [title, *(line for number, line in enumerate(lines) if number > 2 or line != title)]
    return PARAGRAPH.join(lines)
