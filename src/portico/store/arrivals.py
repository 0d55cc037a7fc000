"""Documents in order of arrival, by whether something in them is left to decide."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from portico.store import plain
from portico.store.models import Received, Told, Waiting
from portico.store.values import Page


def arrivals(
    alias: str,
    *,
    waiting: bool | None,
    only: Collection[str] | None,
    without: Collection[str],
    older_than: str | None,
    offset: int,
    limit: int,
) -> Page[str]:
    """One page, the newest first, and how many there are in all."""
    if waiting and limit == 0 and only is None and older_than is None:
        return Page(rows=(), total=_how_many_wait(alias, without), offset=offset)
    rows, number = _rows(alias, waiting)
    if only is not None:
        rows = rows.filter(source__in=sorted(only))
    if without:
        rows = rows.exclude(source__in=sorted(without))
    if older_than is not None:
        arrived = Received.objects.using(alias).filter(until=None, source=older_than)
        rows = rows.filter(**{f"{number}__lt": Subquery(arrived.values("entry")[:1])})
    page = rows.order_by(f"-{number}").values_list("source", flat=True)[offset : offset + limit]
    return Page(rows=tuple(page), total=rows.count(), offset=offset)


def _rows(alias: str, waiting: bool | None) -> tuple[QuerySet, str]:
    """What is asked for, and the column of the entry that received it."""
    if waiting:
        return Waiting.objects.using(alias).all(), "number"
    received = Received.objects.using(alias).filter(until=None)
    if waiting is None:
        return received, "entry"
    return received.exclude(Exists(Waiting.objects.using(alias).filter(number=OuterRef("entry")))), "entry"


def _how_many_wait(alias: str, without: Collection[str]) -> int:
    """For the frame of every page."""
    return plain.count(alias, Waiting) - len(plain.column(alias, Waiting, "number", source__in=without))


def newest_accounts(alias: str, most: int) -> tuple[str, ...]:
    told = Told.objects.using(alias).filter(until=None, kind="account").order_by("-entry")
    return tuple(told.values_list("told", flat=True)[:most])
