"""Lists of incidents: which of them, in which order, how many there are."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Literal

from django.db.models import F, Q, QuerySet, Subquery

from portico.facts import Verification
from portico.store import folding, log, plain
from portico.store.ids import earliest_of, incident_id
from portico.store.many import columns_of
from portico.store.models import Entry, Folded, Linked, Several, Told
from portico.store.values import IncidentFilter, IncidentRow, Page

Order = Literal["changed", "date", "arrival"]
_COLUMNS = {"changed": "changed", "arrival": "number"}
_FACTS = {
    "courthouse": "courthouse_id",
    "county": "county",
    "state": "state",
    "kind": "kind",
    "zone": "zone",
    "agency": "agency",
}


def find(
    alias: str,
    asked: IncidentFilter,
    order: Order,
    *,
    newest_first: bool,
    older_than: str | None = None,
    without: Collection[str] = (),
    offset: int,
    limit: int,
) -> Page[IncidentRow]:
    """One page of the incidents that may be what is asked for, and how many there are."""
    rows = chosen(alias, asked)
    if without:
        rows = rows.exclude(number__in=told_by(alias, without))
    if older_than is not None:
        # Also when it was linked into another, or taken back: where a list was read to stays where it was.
        arrived = Told.objects.using(alias).filter(told=earliest_of(older_than))
        rows = rows.filter(number__lt=Subquery(arrived.values("entry")[:1]))
    within_days = asked.since is not None or asked.until is not None
    narrowed = asked != IncidentFilter()
    page = _page(rows, order, newest_first, narrowed=narrowed, within_days=within_days, offset=offset, limit=limit)
    total = rows.count() if offset or len(page) == limit else len(page)
    return Page(rows=_as_told(alias, page), total=total, offset=offset)


def some(alias: str, incidents: Sequence[str]) -> dict[str, IncidentRow]:
    """Chosen incidents by their ids; those that are no more are left out."""
    rows = Folded.objects.using(alias).filter(number__in=numbers(alias, incidents))
    return {row.id: row for row in _as_told(alias, list(rows))}


def numbers(alias: str, incidents: Sequence[str]) -> list[int]:
    """The numbers of the incidents of these ids that are there."""
    told = Told.objects.using(alias).filter(until=None)
    return list(columns_of(told, "told", [earliest_of(each) for each in incidents], "entry"))


def told_by(alias: str, accounts: Collection[str]) -> list[int]:
    """The numbers of the incidents that these accounts tell of."""
    linked = Linked.objects.using(alias).filter(until=None)
    incident = dict(columns_of(linked, "account", accounts, "account", "incident"))
    return numbers(alias, sorted({incident.get(each, incident_id(each)) for each in accounts}))


def chosen(alias: str, asked: IncidentFilter) -> QuerySet:
    """The rows of the incidents that may be what is asked for: a disputed fact is each of its values."""
    rows = Folded.objects.using(alias)
    for column, attribute in _FACTS.items():
        cells = getattr(asked, column)
        if cells:
            rows = rows.filter(may_be(alias, column, attribute, cells))
    if asked.verification:
        rows = rows.filter(verification__in=[Verification(each).value for each in asked.verification])
    rows = rows.filter(within(asked.since, asked.until, "first_day", "last_day"))
    if asked.undecided is not None:
        rows = rows.filter(undecided__gt=0) if asked.undecided else rows.filter(undecided=0)
    return rows


def within(since: date | None, until: date | None, first: str, last: str) -> Q:
    """What may have been on one of these days; both count too."""
    asked = Q()
    if since is not None:
        asked &= Q(**{f"{last}__gte": since.isoformat()})
    if until is not None:
        asked &= Q(**{f"{first}__lte": until.isoformat()})
    return asked


def may_be(alias: str, column: str, attribute: str, cells: Collection[str]) -> Q:
    """What tells one of these, or disputes it with something else. cells: of a county, in any spelling."""
    cells = _spellings(column, cells)
    others = Several.objects.using(alias).filter(attribute=attribute, value__in=cells)
    return Q(**{f"{column}__in": cells}) | Q(
        **{f"{column}__startswith": folding.SEVERAL, "number__in": others.values("number")}
    )


def _spellings(column: str, cells: Collection[str]) -> list[str]:
    """A county is found with and without the word for it."""
    asked = [folding.cut(each) for each in cells]
    if column != "county":
        return asked
    plain = [each.removesuffix(" County").removesuffix(" Parish") for each in asked]
    return list(dict.fromkeys(f"{each}{word}" for each in plain for word in ("", " County", " Parish")))


def _page(
    rows: QuerySet, order: Order, newest_first: bool, *, narrowed: bool, within_days: bool, offset: int, limit: int
) -> list[Folded]:
    """within_days: days are asked for, so that none without a day fits."""
    if order != "date":
        return list(_ordered(rows, _COLUMNS[order], newest_first, narrowed=narrowed)[offset : offset + limit])
    # Those without a day come after the others in either direction, which no index of both databases has.
    dated = _ordered(rows.exclude(first_day=None), "first_day", newest_first, narrowed=False)
    page = list(dated[offset : offset + limit])
    if len(page) < limit and not within_days:
        before = 0 if page or not offset else max(0, offset - dated.count())
        others = _ordered(rows.filter(first_day=None), "number", newest_first, narrowed=False)
        page += others[before : before + limit - len(page)]
    return page


def _ordered(rows: QuerySet, column: str, newest_first: bool, *, narrowed: bool) -> QuerySet:
    # Of a few out of many, the database shall sort the few, and not walk through all in their order.
    by = F(column) + 0 if narrowed and column == "changed" else F(column)
    direction = "-" if newest_first else ""
    return rows.order_by(by.desc() if newest_first else by.asc(), f"{direction}number")


def _as_told(alias: str, page: Sequence[Folded]) -> tuple[IncidentRow, ...]:
    changed = dict(plain.select(alias, Entry, ("sequence", "at"), sequence__in={row.changed for row in page}))
    return tuple(
        IncidentRow(
            id=row.incident,
            facts=folding.decoded(bytes(row.facts)),
            verification=Verification(row.verification),
            accounts=row.tellers,
            sources=row.reports,
            undecided=row.undecided,
            changed=log.instant(changed[row.changed]),
        )
        for row in page
    )
