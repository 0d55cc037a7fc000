"""The list: incidents as rows, narrowed by what a person asks, without those that a viewer may not know of."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portico.facts import IncidentState
from portico.places import resolve, usps
from portico.store import IncidentFilter, IncidentRow, Page, Record
from portico.web.access.viewer import Viewer
from portico.web.wording import VERIFICATION_WORDS, any_words, capital, date_words, said_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One incident in the list."""

    state: IncidentRow | IncidentState
    title: str
    when: str
    confirmed: str
    sources: str


def found(record: Record, viewer: Viewer, where: IncidentFilter) -> Callable[[int, int], Page[IncidentRow]]:
    """The incidents that fit, by day of the event, the newest first, without those that a viewer may not know of.

    From an offset on so many of them, and how many there are.
    """
    return lambda offset, limit: record.find_incidents(
        where, order="date", without=viewer.hidden, offset=offset, limit=limit
    )


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


def _row(state: IncidentRow | IncidentState) -> Row:
    what = any_words(said_words(state.fact("kind"))) or _("event")
    where = any_words(said_words(state.fact("courthouse"))) or _("courthouse not said")
    return Row(
        state=state,
        title=_("%(what)s, %(court)s") % {"what": capital(what), "court": where},
        when=any_words(date_words(str(value)) for value in state.values("date")) or _("day not said"),
        confirmed=_(VERIFICATION_WORDS[state.verification]),
        sources=_sources(state.sources if isinstance(state, IncidentRow) else len(state.sources)),
    )


def _sources(number: int) -> str:
    return ngettext("%(sources)s source", "%(sources)s sources", number) % {"sources": number}
