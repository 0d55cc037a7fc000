"""The list: incidents as rows, narrowed by what a person asks, without those that a viewer may not know of."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from portico.facts import IncidentState
from portico.places import resolve, usps
from portico.store import IncidentFilter, IncidentRow, Page, Record
from portico.web.access.permissions import visible
from portico.web.access.viewer import Viewer
from portico.web.wording import VERIFICATION_WORDS, any_words, capital, date_words, said_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One incident in the list."""

    state: IncidentRow | IncidentState
    title: str
    when: str
    confirmed: str
    sources: int


class Found:
    """The incidents that fit, by day of the event, the newest first; fetched a page at a time, for a paginator."""

    def __init__(self, record: Record, viewer: Viewer, where: IncidentFilter) -> None:
        self._record, self._where = record, where
        self._read: dict[tuple[int, int], Page[IncidentRow]] = {}
        self._rows: Sequence[IncidentRow] | None = _without_hidden(record, viewer, where) if viewer.hidden else None

    def __len__(self) -> int:
        if self._rows is not None:
            return len(self._rows)
        known = next(iter(self._read.values()), None)
        return (known or self._page(0, 1)).total

    def __getitem__(self, part: slice) -> Sequence[IncidentRow]:
        if self._rows is not None:
            return self._rows[part]
        return self._page(part.start, part.stop - part.start).rows

    def _page(self, offset: int, limit: int) -> Page[IncidentRow]:
        """One page; each is read once, since a paginator asks for the total before and after."""
        asked = (offset, limit)
        if asked not in self._read:
            self._read[asked] = self._record.find_incidents(self._where, order="date", offset=offset, limit=limit)
        return self._read[asked]


def filter_of(asked: Mapping[str, object]) -> IncidentFilter:
    """What was asked, as the record understands it. A disputed fact fits each of its values."""
    since, until = asked.get("since"), asked.get("until")

    def one(name: str) -> tuple[str, ...]:
        return (str(asked[name]),) if asked.get(name) else ()

    place = _place(str(asked.get("court") or "").strip())
    return IncidentFilter(
        kind=one("kind"),
        zone=one("zone"),
        verification=one("verification"),
        since=since if isinstance(since, date) else None,
        until=until if isinstance(until, date) else None,
        courthouse=place.get("courthouse", ()),
        county=place.get("county", ()),
        state=place.get("state", ()),
    )


def rows(found: Iterable[IncidentRow | IncidentState]) -> list[Row]:
    return [_row(each) for each in found]


def _place(words: str) -> dict[str, tuple[str, ...]]:
    """A courthouse, county or state as somebody types it: a state's name or letters, courthouses, else a county."""
    if not words:
        return {}
    state = usps(words)
    if state:
        return {"state": (state,)}
    found = resolve(words)
    named = [each.courthouse.id for each in found.candidates] or ([found.courthouse.id] if found.courthouse else [])
    if named and found.label != "not_court":
        return {"courthouse": tuple(named)}
    return {"county": (words.title(),)}


def _without_hidden(record: Record, viewer: Viewer, where: IncidentFilter) -> Sequence[IncidentRow]:
    known = {state.id for state in visible(viewer, record.incidents())}
    every = record.find_incidents(where, order="date", limit=1).total
    return [each for each in record.find_incidents(where, order="date", limit=max(1, every)).rows if each.id in known]


def _row(state: IncidentRow | IncidentState) -> Row:
    what = any_words(said_words(state.fact("kind"))) or _("event")
    where = any_words(said_words(state.fact("courthouse"))) or _("courthouse not said")
    return Row(
        state=state,
        title=_("%(what)s, %(court)s") % {"what": capital(what), "court": where},
        when=any_words(date_words(str(value)) for value in state.values("date")) or _("day not said"),
        confirmed=_(VERIFICATION_WORDS[state.verification]),
        sources=state.sources if isinstance(state, IncidentRow) else len(state.sources),
    )
