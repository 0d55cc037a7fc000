"""Every word of some HTML, line by line, with what it quotes marked as plain mail marks it.

For e-mails, which unlike web pages have no menus to strip: the extractor of pages would drop their short lines.
"""

import re
from collections.abc import Iterator
from typing import Protocol

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = frozenset(
    ("p", "div", "br", "tr", "th", "li", "ul", "ol", "table", "blockquote", "pre", "hr", "center", *_HEADINGS)
)
_SPACED = frozenset(("p", "h1", "h2", "h3", "h4", "blockquote", "ul", "ol", "table", "hr"))
_SILENT = frozenset(("script", "style", "head", "title", "noscript", "template"))
_QUOTES = frozenset(("gmail_quote", "yahoo_quoted", "protonmail_quote"))
_SPACE = re.compile(r"\s+")


class _Element(Protocol):
    tag: object
    text: str | None
    tail: str | None

    def get(self, name: str) -> str | None: ...


def words_of(markup: str) -> str:
    """The text of the markup; empty where it holds none or is no markup at all."""
    from lxml.etree import LxmlError, iterwalk  # noqa: PLC0415
    from lxml.html import HTMLParser, document_fromstring  # noqa: PLC0415

    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (LxmlError, ValueError):
        return ""
    return "\n".join(_lines(iterwalk(root, events=("start", "end")))).strip("\n")


def _lines(steps: Iterator[tuple[str, _Element]]) -> Iterator[str]:
    line: list[str] = []
    quoted = silent = 0
    for event, element in steps:
        tag, begins = element.tag, event == "start"
        if tag in _BLOCKS:
            yield from _line(line, quoted, spaced=tag in _SPACED)
            line = []
        if tag in _SILENT:
            silent += 1 if begins else -1
        if tag == "blockquote" or _QUOTES & set((element.get("class") or "").split()):
            quoted += 1 if begins else -1
        words = element.text if begins else element.tail
        if words and not silent:
            line.append(_SPACE.sub(" ", words))
        if tag == "td" and not begins:
            line.append(" ")
    yield from _line(line, quoted, spaced=False)


def _line(pieces: list[str], quoted: int, *, spaced: bool) -> Iterator[str]:
    words = " ".join("".join(pieces).split())
    if words:
        yield f"> {words}" if quoted else words
    if spaced:
        yield ">" if quoted and words else ""
