"""A figure on screen: its rows, and the events behind the one that is opened.

As the record stands now it comes from what the record keeps folded, in a page's time. Of an earlier day, or compared
with one, incidents are folded and counted one by one. Either way only those that the viewer may know of are counted.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from portico.counting import Row, Table, count, moved
from portico.counting.moved import Move
from portico.facts import IncidentState
from portico.store import Figures, IncidentRow, Record
from portico.web.access.permissions import visible
from portico.web.access.viewer import Viewer
from portico.web.numbers.asked import Counting, end_of

MOST_OPENED = 2000
"""Incidents of a record up to which the events behind the whole figure are shown; above, those behind a row."""

Named = Sequence[IncidentRow | IncidentState]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a page shows of a figure.

    table      with or without the incidents behind each row
    opened     the row whose events are shown, None if none is; its incidents, and those of some of their ids
    earlier    the figure of the day to compare with, and each event that stands otherwise since
    """

    table: Table | Figures
    opened: Row | None
    named: Callable[[Sequence[str]], Named]
    earlier: Table | None = None
    moves: tuple[Move, ...] = ()

    @property
    def open(self) -> tuple[tuple[str, str, int], ...]:
        """What leaves events open: attribute, status, how many."""
        if isinstance(self.table, Figures):
            return self.table.open
        return tuple((each.attribute, each.status, len(each.incidents)) for each in self.table.open)

    @property
    def not_told(self) -> tuple[tuple[str, int], ...]:
        """What nobody tells: attribute, of how many events."""
        if isinstance(self.table, Figures):
            return tuple(self.table.not_told.items())
        return tuple((each.attribute, len(each.incidents)) for each in self.table.not_told)

    @property
    def behind(self) -> tuple[str, ...]:
        """The incidents of the opened row, those that certainly count first."""
        return (*self.opened.certain, *self.opened.possible) if self.opened else ()


def seen(record: Record, viewer: Viewer, form: Counting) -> Seen:
    """The figure that is asked for. Raises CountError."""
    told = form.cleaned_data
    if told["as_of"] or told["before"]:
        return _one_by_one(record, viewer, form)
    figures = record.counted(told["definition"], by=form.dimensions, where=form.where, without=viewer.hidden)
    cells = dict(zip(form.dimensions, form.cells, strict=False))
    is_open = bool(cells) or figures.base <= MOST_OPENED
    return Seen(
        table=figures,
        opened=record.behind(told["definition"], cells, where=form.where, without=viewer.hidden) if is_open else None,
        named=lambda ids: tuple(record.incident_rows(ids).values()),
    )


def _one_by_one(record: Record, viewer: Viewer, form: Counting) -> Seen:
    states = counted_states(record, viewer, form)
    table = counted(form, states)
    by_id = {each.id: each for each in states}
    before = earlier(record, viewer, form, table)
    return Seen(
        table=table,
        opened=next((row for row in table.rows if row.cells == form.cells), None) if form.cells else table.total,
        named=lambda ids: tuple(by_id[each] for each in ids),
        earlier=before,
        moves=moved(before, table) if before else (),
    )


def counted_states(record: Record, viewer: Viewer, form: Counting) -> tuple[IncidentState, ...]:
    """The incidents as they stood on the day asked for, of those that this viewer may know of."""
    return visible(viewer, record.countable(as_of=end_of(form.cleaned_data["as_of"])))


def counted(form: Counting, states: Sequence[IncidentState]) -> Table:
    told = form.cleaned_data
    return count(told["definition"], states, by=form.dimensions, where=form.where, as_of=end_of(told["as_of"]))


def earlier(record: Record, viewer: Viewer, form: Counting, now: Table) -> Table | None:
    """The figure of the earlier day that was asked for."""
    day = form.cleaned_data["before"]
    if day is None:
        return None
    then = visible(viewer, record.countable(as_of=end_of(day)))
    return count(now.definition, then, by=now.by, where=form.where, as_of=end_of(day))
