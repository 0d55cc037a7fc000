"""Documents in order of arrival, by whether something in them is left to decide."""

from collections.abc import Collection

from django.db.models import Count, Exists, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from portico.store.models import Decided, Received, Told
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
    rows = Received.objects.using(alias).filter(until=None)
    if only is not None:
        rows = rows.filter(source__in=sorted(only))
    if without:
        rows = rows.exclude(source__in=sorted(without))
    if older_than is not None:
        arrived = Received.objects.using(alias).filter(until=None, source=older_than)
        rows = rows.filter(entry__lt=Subquery(arrived.values("entry")[:1]))
    if waiting is not None:
        has_open = Exists(_with_open_claims(alias).filter(source=OuterRef("source")))
        rows = rows.filter(has_open) if waiting else rows.exclude(has_open)
    page = rows.order_by("-entry").values_list("source", flat=True)[offset : offset + limit]
    return Page(rows=tuple(page), total=rows.count(), offset=offset)


def _with_open_claims(alias: str) -> QuerySet:
    """The accounts of which nobody has decided every claim."""
    decided = Decided.objects.using(alias).filter(until=None, account=OuterRef("told")).order_by()
    many = decided.values("account").annotate(many=Count("pk")).values("many")
    told = Told.objects.using(alias).filter(until=None, kind="account")
    return told.annotate(decided=Coalesce(Subquery(many, output_field=IntegerField()), 0)).filter(
        claims__gt=F("decided")
    )


def newest_accounts(alias: str, most: int) -> tuple[str, ...]:
    told = Told.objects.using(alias).filter(until=None, kind="account").order_by("-entry")
    return tuple(told.values_list("told", flat=True)[:most])
