"""What came in, and what of it waits for a person."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import DEFAULT_DB_ALIAS
from django.http import HttpRequest
from django.utils.translation import gettext as _

from portico.facts import Source
from portico.store import Page, Record, StoredAccount, StoredDocument, plain
from portico.web.access.viewer import viewer_of
from portico.web.desk.records import record_of
from portico.web.inbox.models import Aside

SHOWS = ("waiting", "aside", "done", "all")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A document in the inbox.

    claims, undecided  how many were read in it, and how many of them nobody has decided
    aside              somebody set it aside
    """

    document: StoredDocument
    accounts: tuple[StoredAccount, ...]
    claims: int
    undecided: int
    aside: bool

    @property
    def source(self) -> str:
        return self.document.source.sha256

    @property
    def received_at(self) -> datetime:
        return self.document.received_at


def arrived(
    request: HttpRequest, show: str, *, older_than: str | None = None, offset: int = 0, limit: int = 0
) -> Page[str]:
    """The documents under a heading that this viewer may know of, the newest first: one page, and how many.

    older_than  only what arrived before this document
    """
    record, hidden = record_of(request), viewer_of(request).hidden_sources
    aside = set(plain.column(DEFAULT_DB_ALIAS, Aside, "source"))
    match show:
        case "waiting":
            return record.arrivals(
                waiting=True, without=aside | hidden, older_than=older_than, offset=offset, limit=limit
            )
        case "aside":
            return record.arrivals(only=aside - hidden, older_than=older_than, offset=offset, limit=limit)
        case "done":
            return record.arrivals(
                waiting=False, without=aside | hidden, older_than=older_than, offset=offset, limit=limit
            )
        case _:
            return record.arrivals(without=hidden, older_than=older_than, offset=offset, limit=limit)


def items_of(record: Record, sources: Sequence[str]) -> tuple[Item, ...]:
    """These documents with what is left to decide in each."""
    documents = record.some_documents(sources)
    aside = set(Aside.objects.filter(source__in=sources).values_list("source", flat=True))
    told: dict[str, list[StoredAccount]] = {}
    for account in record.told_by(*sources).values():
        told.setdefault(account.source, []).append(account)
    return tuple(_item(documents[each], told.get(each, ()), each in aside) for each in sources if each in documents)


def _item(document: StoredDocument, accounts: Sequence[StoredAccount], aside: bool) -> Item:
    claims, decided = sum(len(each.told) for each in accounts), sum(len(each.decided) for each in accounts)
    return Item(document=document, accounts=tuple(accounts), claims=claims, undecided=claims - decided, aside=aside)


def waiting_count(request: object) -> int:
    """How many documents wait, for the navigation of every page."""
    assert isinstance(request, HttpRequest)
    return arrived(request, "waiting").total


def next_source(request: HttpRequest, *, after: str) -> str | None:
    """The next document that waits after this one in the inbox; the first after the last."""
    older = arrived(request, "waiting", older_than=after, limit=1).rows if after else ()
    first = arrived(request, "waiting", limit=2).rows
    return next((each for each in (*older, *first) if each != after), None)


def newest_accounts(record: Record) -> Iterator[StoredAccount]:
    """The accounts that came in last, the newest first."""
    return (found for name in record.arrived_accounts() if (found := record.account(name)) is not None)


def kind_words(source: Source) -> str:
    """What sort of document, in words."""
    if source.private:
        return _("Private note")
    kinds = {"text/html": _("Web page"), "application/pdf": _("PDF"), "message/rfc822": _("E-mail")}
    return kinds.get(source.media_type, _("Text"))
