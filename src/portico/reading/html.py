"""A saved web page → its main text, title, byline, publisher, address, day of publication.

The extractor (trafilatura) is loaded only when a page is opened: it takes longer to load than the rest of this room.
"""

import logging
from dataclasses import dataclass

PARAGRAPH = "\n\n"

_LITTLE = 400
"""Code points. A quick extraction that finds less is made again the slow way, which compares several."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a page says of itself; `text` begins with the title on a line of its own. None where the page is silent.

    published_on  day of first publication, ISO 8601; never the day of an update
    """

    text: str
    title: str | None = None
    byline: str | None = None
    publisher: str | None = None
    url: str | None = None
    published_on: str | None = None


def read_page(markup: str, url: str | None = None) -> Page | None:
    """The page in the markup; None when it holds no text. Deep or exploding markup ends as a page without text."""
    from lxml.etree import LxmlError  # noqa: PLC0415

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        quick = _extracted(markup, url, fast=True)
        if quick and len(quick.text) >= _LITTLE:
            return quick
        return _extracted(markup, url, fast=False) or quick
    except (LxmlError, RecursionError, ValueError):
        return None


def _extracted(markup: str, url: str | None, *, fast: bool) -> Page | None:
    from trafilatura import bare_extraction  # noqa: PLC0415

    found = bare_extraction(
        markup,
        url=url,
        fast=fast,
        with_metadata=True,
        include_comments=False,
        # The page's own dates only: a guess from the text would find an update stamp or a footer as gladly.
        date_extraction_params={"original_date": True, "extensive_search": False, "max_date": "2100-01-01"},
    )
    if found is None or isinstance(found, dict) or not found.text or not found.text.strip():
        return None
    return Page(
        text=_titled(found.title, found.text),
        title=found.title,
        byline=found.author,
        publisher=found.sitename,
        url=found.url,
        published_on=found.date,
    )


def _titled(title: str | None, body: str) -> str:
    """The paragraphs, set apart by blank lines, with the title first and once."""
    lines = [line.strip() for line in body.splitlines() if line.strip()]
    if title:
        lines = [title, *(line for number, line in enumerate(lines) if number > 2 or line != title)]
    return PARAGRAPH.join(lines)
