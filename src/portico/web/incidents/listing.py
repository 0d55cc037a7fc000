"""The list: incidents as rows, narrowed by what a person asks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from portico.facts import IncidentState, PartialDate
from portico.web.wording import VERIFICATION_WORDS, any_words, capital, date_words, said_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One incident in the list."""

    state: IncidentState
    title: str
    when: str
    confirmed: str
    sources: int


def rows(states: Iterable[IncidentState]) -> list[Row]:
    return [_row(state) for state in states]


def narrowed(states: Iterable[IncidentState], asked: Mapping[str, object]) -> list[IncidentState]:
    """Those that may fit everything asked, the newest event first. A disputed fact fits each of its values."""
    fitting = [state for state in states if _fits(state, asked)]
    return sorted(fitting, key=lambda state: (_last_day(state), state.id), reverse=True)


def _fits(state: IncidentState, asked: Mapping[str, object]) -> bool:
    for attribute in ("kind", "zone"):
        if asked.get(attribute) and asked[attribute] not in state.values(attribute):
            return False
    if asked.get("verification") and state.verification.value != asked["verification"]:
        return False
    return _in_place(state, str(asked.get("court") or "")) and _in_time(state, asked.get("since"), asked.get("until"))


def _in_place(state: IncidentState, wanted: str) -> bool:
    told = (str(value) for name in ("courthouse", "county", "city", "state") for value in state.values(name))
    return not wanted or any(wanted.casefold() in value.casefold() for value in told)


def _in_time(state: IncidentState, since: object, until: object) -> bool:
    """Whether some day that a source leaves possible lies between the two, both included."""
    if not (since or until):
        return True
    days = [PartialDate(str(value)) for value in state.values("date")]
    return any(
        (not isinstance(since, date) or day.last >= since) and (not isinstance(until, date) or day.first <= until)
        for day in days
    )


def _last_day(state: IncidentState) -> str:
    return max((str(value) for value in state.values("date")), default="")


def _row(state: IncidentState) -> Row:
    what = any_words(said_words(state.fact("kind"))) or "event"
    where = any_words(said_words(state.fact("courthouse"))) or "courthouse not said"
    return Row(
        state=state,
        title=f"{capital(what)}, {where}",
        when=any_words(date_words(str(value)) for value in state.values("date")) or "day not said",
        confirmed=VERIFICATION_WORDS[state.verification],
        sources=len(state.sources),
    )
