"""The inbox: incidents with claims that nobody has decided, the newest first, and others that may be the same event."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.db.models import Count, Q, Sum

from portico.store import finding, folding, log
from portico.store.ids import earliest_of
from portico.store.models import Entry, Folded, Linked, Received, Told
from portico.store.values import Inbox, InboxItem, IncidentFilter, IncidentRow

_MOST_NEAR = 5


def inbox(alias: str, asked: IncidentFilter, *, offset: int, limit: int) -> Inbox:
    """One page of what needs a person, with how many there are in all."""
    waiting = replace(asked, undecided=True)
    page = finding.find(alias, waiting, "arrival", newest_first=True, offset=offset, limit=limit)
    sources = _sources(alias, page.rows)
    arrived = _arrived(alias, {source for each in sources.values() for source in each})
    near = {row.id: near_to(alias, row) for row in page.rows}
    items = tuple(
        InboxItem(
            incident=row,
            documents=tuple(sources[row.id]),
            received_at=max(log.instant(arrived[source]) for source in sources[row.id]),
            near=near[row.id],
        )
        for row in page.rows
    )
    claims = finding.chosen(alias, waiting).aggregate(claims=Sum("undecided"))["claims"] or 0
    return Inbox(rows=items, total=page.total, offset=offset, claims=claims, alike=_alike(alias))


def near_to(alias: str, row: IncidentRow) -> tuple[str, ...]:
    """Others that may have been on the same day in the same building or county: whom to compare, no proposal yet."""
    mine = Folded.objects.using(alias).filter(number__in=_number(alias, row.id)).first()
    if mine is None or mine.first_day is None:
        return ()
    place = Q()
    for column in ("courthouse", "county"):
        told = getattr(mine, column)
        if told and not told.startswith(folding.SEVERAL):
            place |= Q(**{column: told})
    if not place:
        return ()
    rows = Folded.objects.using(alias).filter(place, first_day__lte=mine.last_day, last_day__gte=mine.first_day)
    # A day is compared with days; what is told as a month or a year would be near to everything.
    rows = rows.filter(
        Q(first_day__gte=mine.first_day) | Q(first_day__lte=mine.first_day, month__startswith=folding.SEVERAL)
    )
    return tuple(rows.exclude(number=mine.number).order_by("-number").values_list("incident", flat=True)[:_MOST_NEAR])


def _number(alias: str, incident: str) -> list[int]:
    told = Told.objects.using(alias).filter(until=None, told=earliest_of(incident))
    return list(told.values_list("entry", flat=True))


def _sources(alias: str, rows: Sequence[IncidentRow]) -> Mapping[str, list[str]]:
    """The documents of each incident, in order of arrival."""
    names = [row.id for row in rows]
    linked = Linked.objects.using(alias).filter(until=None, incident__in=names).values_list("account", "incident")
    of_account = {earliest_of(name): name for name in names} | dict(linked)
    told = Told.objects.using(alias).filter(until=None, told__in=list(of_account)).order_by("entry")
    found: dict[str, list[str]] = defaultdict(list)
    for account, source in told.values_list("told", "source"):
        if source not in found[of_account[account]]:
            found[of_account[account]].append(source)
    return found


def _arrived(alias: str, sources: set[str]) -> dict[str, str]:
    """When each document was received, as the log writes it."""
    held = Received.objects.using(alias).filter(until=None, source__in=sorted(sources))
    entry_of = dict(held.values_list("source", "entry"))
    at = dict(Entry.objects.using(alias).filter(sequence__in=list(entry_of.values())).values_list("sequence", "at"))
    return {source: at[entry] for source, entry in entry_of.items()}


def _alike(alias: str) -> int:
    """How many incidents share their one day and county with another."""
    dated = Folded.objects.using(alias).exclude(county="").exclude(first_day=None)
    shared = dated.values("first_day", "last_day", "month", "state", "county").annotate(together=Count("number"))
    return sum(
        shared.filter(together__gt=1).exclude(month__startswith=folding.SEVERAL).values_list("together", flat=True)
    )
