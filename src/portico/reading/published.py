"""The day a saved page was first published, as the page itself says: never the day of an update, a comment or a footer.

What the head says goes first (structured data, then the meta tags), then what is marked in the page as the day of
publication, then one time tag inside the story, then the address. What no mark calls a publication is left to the
dateline of the text. Sources: schema.org (datePublished), the Open Graph and Dublin Core names, and those that news
systems have added.
"""

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from portico.reading.dates import find_dates

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_META = re.compile(r"<meta\b([^<>]{1,600})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([\w:.-]{1,40})\s{0,4}=\s{0,4}(?:"([^"]{0,200})"|'([^']{0,200})'|([^\s"'<>]{1,200}))""")
_NAMES = (
    *("article:published_time", "og:article:published_time", "og:published_time", "article:published", "datepublished"),
    *("dcterms.issued", "dc.date.issued", "dcterms.created", "dc.date.created", "citation_publication_date"),
    *("parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "article_date_original", "ptime"),
    *("pubdate", "publishdate", "publish-date", "publish_date", "publication_date", "publicationdate", "published_at"),
    *("originalpublicationdate", "dcterms.date", "dc.date", "citation_date", "date"),
)
"""Meta tags that give a publication, the plainest first; last a bare `date`, by which some systems mean an update."""
_SCRIPT = re.compile(r"<script\b[^<>]{0,300}\bld\+json\b[^<>]{0,200}>", re.IGNORECASE)
_WRITTEN = re.compile(r'"datePublished"\s{0,8}:\s{0,8}"([^"]{8,40})"')
_STORY = re.compile(r"(?:Article|Posting|Report)$")
_PAGE = re.compile(r"Page$")
_ISO = re.compile(r"\s*(\d{4})-?(\d\d)-?(\d\d)(?!\d)")
_IN_ADDRESS = re.compile(r"[/-](\d{4})[/-](\d{1,2})[/-](\d{1,2})(?=[/_.-]|$)")
_CHANGED = re.compile(r"updat|modif|revis|edited|correct|refresh", re.IGNORECASE)
_PUBLISHED = re.compile(r"publish|posted|pubdate|entry-date|dateline|date-created", re.IGNORECASE)
_ASIDE = re.compile(
    r"comments?(?:-?(?:list|area|section|body|content|thread|\d+))?|sidebar|widget-area|(?:.*-)?(?:related|recommended|teasers?)"
    r"(?:-.*)?|(?:.*-)?(?:promo|footer|popular)|live-?(?:blog|updates?|feed|entry)",
    re.IGNORECASE,
)
"""Marks of what stands beside the story, whole words: "comments-open" is what a story says of itself."""
_APART = frozenset(("aside", "footer", "nav", "form"))
_YEARS = range(1990, 2101)


def published_on(markup: str, url: str | None = None) -> str | None:
    """ISO day of first publication as the page writes it, in its own zone; None where no mark gives one."""
    return (
        next(_days(_structured(markup)), None)
        or next(_days(_tags(markup)), None)
        or next(_days(_marked(markup)), None)
        or (_in_address(url) if url else None)
    )


def _days(written: Iterator[str]) -> Iterator[str]:
    return (found for words in written if (found := _day(words)))


def _day(written: str) -> str | None:
    iso = _ISO.match(written)
    if iso:
        return _real(*map(int, iso.groups()))
    named = [each.value for each in find_dates(written[:80]) if each.value and each.value.precision == "day"]
    return _day(named[0].edtf) if named and _ISO.match(named[0].edtf) else None


def _real(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat() if year in _YEARS else None
    except ValueError:
        return None


def _structured(markup: str) -> Iterator[str]:
    """datePublished of the story in the page's JSON-LD; of the page where no story has one."""
    found: list[tuple[int, str]] = []
    for script in _SCRIPT.finditer(markup):
        end = markup.find("</script", script.end())
        if end < 0:
            break
        found += _in_script(markup[script.end() : end])
    yield from (words for rank, words in sorted(found, key=lambda each: each[0]))


def _in_script(content: str) -> list[tuple[int, str]]:
    try:
        told = json.loads(content, strict=False)
    except (ValueError, RecursionError):
        written = _WRITTEN.search(content)
        return [(2, written[1])] if written else []
    return list(_of_things(told))


def _of_things(told: object) -> Iterator[tuple[int, str]]:
    """Rank and words: of the things a script lists, not of what hangs below them (comments, entries of a live blog)."""
    things = told if isinstance(told, list) else [told]
    for thing in things[:50]:
        if not isinstance(thing, dict):
            continue
        if isinstance(graph := thing.get("@graph"), list):
            yield from _of_things([each for each in graph if not (isinstance(each, dict) and "@graph" in each)])
        kinds, words = thing.get("@type"), thing.get("datePublished")
        named = [str(kind) for kind in (kinds if isinstance(kinds, list) else [kinds])]
        rank = 0 if any(map(_STORY.search, named)) else 1 if any(map(_PAGE.search, named)) else None
        if rank is not None and isinstance(words, str):
            yield rank, words


def _tags(markup: str) -> Iterator[str]:
    found: dict[str, str] = {}
    for tag in _META.finditer(markup):
        told = {each[1].lower(): each[2] or each[3] or each[4] or "" for each in _ATTRIBUTE.finditer(tag[1])}
        name = (told.get("property") or told.get("name") or told.get("itemprop") or "").lower()
        if name in _NAMES and "content" in told:
            found.setdefault(name, told["content"])
    return (found[name] for name in _NAMES if name in found)


def _marked(markup: str) -> Iterator[str]:
    """What the page marks: itemprop, a time tag called published, or the one day that the story's time tags give."""
    from lxml.etree import LxmlError  # noqa: PLC0415
    from lxml.html import document_fromstring  # noqa: PLC0415

    try:
        root = document_fromstring(markup)
    except (LxmlError, ValueError):
        return
    times = [each for each in root.iter("time", "abbr", "span", "meta", "p", "div") if _is_time(each)]
    own = [each for each in times if not _CHANGED.search(_labels(each)) and not _is_apart(each)]
    called = [each for each in own if each.get("itemprop") == "datePublished" or _PUBLISHED.search(_labels(each))]
    yield from (_words(each) for each in called)
    plain = {day for each in own if (day := _day(_words(each)))}
    yield from plain if len(plain) == 1 else ()


def _is_time(element: "HtmlElement") -> bool:
    return bool(element.tag == "time" or element.get("itemprop") == "datePublished")


def _labels(element: "HtmlElement") -> str:
    """What says which day it is: its own marks and words, and the words before it. "published updated" is published."""
    before, above = element.getprevious(), element.getparent()
    said = (before.tail if before is not None else above.text if above is not None else "") or ""
    pubdate = "pubdate" if "pubdate" in element.attrib else ""
    marks = f"{element.get('class') or ''} {element.get('itemprop') or ''} {pubdate}"
    if _PUBLISHED.search(marks):
        marks = _CHANGED.sub("", marks)
    return f"{said[-40:]} {marks} {(element.text or '')[:60]}"


def _is_apart(element: "HtmlElement") -> bool:
    """Whether it stands among comments, teasers, entries of a live blog or at the foot of the page."""
    return any(
        above.tag in _APART or any(map(_ASIDE.fullmatch, f"{above.get('class') or ''} {above.get('id') or ''}".split()))
        for above in element.iterancestors()
        if isinstance(above.tag, str) and above.tag not in ("body", "html")
    )


def _words(element: "HtmlElement") -> str:
    return element.get("datetime") or element.get("content") or (element.text or "")


def _in_address(url: str) -> str | None:
    found = _IN_ADDRESS.search(url[:500])
    return _real(*map(int, found.groups())) if found else None
