"""The lines of the inbox: of each document what it is, what was read in it, and which event it may be of."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from portico.facts import MASKED, Account
from portico.store import IncidentRow
from portico.web.access.viewer import viewer_of
from portico.web.desk.records import record_of
from portico.web.inbox.waiting import Item, items_of, kind_words
from portico.web.masks import guarded_words
from portico.web.matching.queue import proposals
from portico.web.report.sheet import Bit, masked_bits
from portico.web.wording import any_words, value_words
from portico.web.wording import listed as listed_words

_LONGEST = 160  # characters of the first line of a text without a title


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A document in the list.

    linked  with how many other accounts its first one is one event
    """

    item: Item
    kind: str
    by: str
    title: tuple[Bit, ...]
    told: str
    linked: int


def listed(request: HttpRequest, sources: Sequence[str]) -> tuple[Line, ...]:
    """The lines of one page."""
    record = record_of(request)
    items = items_of(record, sources)
    rows = record.incident_rows([each.accounts[0].incident for each in items if each.accounts])
    return tuple(_line(each, rows) for each in items)


def _line(item: Item, rows: Mapping[str, IncidentRow]) -> Line:
    first = item.accounts[0] if item.accounts else None
    row = rows.get(first.incident) if first else None
    return Line(
        item=item,
        kind=kind_words(item.document.source),
        by=item.document.source.publisher or "",
        title=_title(item),
        told=_told(first.account) if first else "",
        linked=row.accounts - 1 if row else 0,
    )


def may_be_known(request: HttpRequest, sources: Sequence[str]) -> tuple[str, ...]:
    """Of these documents, those of which an account may be of another event of the record."""
    record, viewer = record_of(request), viewer_of(request)
    seen = [each for each in sources if each not in viewer.hidden_sources]
    firsts = {each.source: each for each in reversed([*record.told_by(*seen).values()])}
    return tuple(source for source, first in firsts.items() if proposals(record, viewer, first, most=1))


def _title(item: Item) -> tuple[Bit, ...]:
    """Its title, else its first words; nothing of a private one. Guarded words are masked, as everywhere."""
    document = item.document
    if document.locked or document.text is None:
        return ()
    words = document.source.title or _first_line(document.text)
    told = ((document.text, claim) for account in item.accounts for claim in account.told)
    return masked_bits(words, guarded_words(told))


def _first_line(text: str) -> str:
    words = " ".join(next((line for line in text.splitlines() if line.strip()), "").split())
    return words if len(words) <= _LONGEST else words[:_LONGEST].rsplit(" ", 1)[0] + " …"


def _told(account: Account) -> str:
    """When and where, as far as told: "14 May 2019, Kings County Criminal Court"."""
    return listed_words((_words(account, "date"), _words(account, "courthouse") or _words(account, "county")))


def _words(account: Account, attribute: str) -> str:
    values: Iterator[str] = (
        value_words(attribute, value) for value in account.candidates(attribute) if value != MASKED
    )
    return any_words(values)
