"""Events that an account may be of: looked for at its courthouse and about its day, then scored with reasons.

Events are compared as they are folded, so that a long record is not read for one question.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from portico.facts import (
    ATTRIBUTES,
    MASKED,
    Account,
    Claim,
    DataClass,
    DateError,
    FactState,
    IncidentState,
    PartialDate,
)
from portico.matching import Reason, propose
from portico.store import IncidentFilter, IncidentRow, Record
from portico.web.access.acts import Act
from portico.web.access.permissions import may
from portico.web.access.viewer import Viewer

_FOLDED = "person:folded"  # a claim that no text is behind
_MOST_COMPARED = 200
_MOST_UNDATED = 50
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Near:
    """An event that it may be. score: 0 to 1, an order and not odds."""

    incident: IncidentState
    score: float
    reasons: tuple[Reason, ...]


def near(
    record: Record, viewer: Viewer, account: Account, *, without: Collection[str] = (), most: int = 5
) -> tuple[Near, ...]:
    """The events that may be the account's, the highest score first.

    without  ids of events that are left out: its own, and those that people keep apart from it
    """
    found = {row.id: row for row in _candidates(record, account) if row.id not in without}
    scored = propose(clear(account), {name: as_account(row.facts) for name, row in found.items()})
    close: list[Near] = []
    for each in scored:
        state = record.incident(each.other)
        if state is not None and may(viewer, Act.LOOK, accounts=state.accounts):
            close.append(Near(state, each.score, each.reasons))
        if len(close) == most:
            break
    return tuple(close)


def _candidates(record: Record, account: Account) -> Iterator[IncidentRow]:
    """Events of the same building or county about the same day; of one without a day or a place, the last ones."""
    since, until = _days(account)
    places = _places(account)
    for place in places:
        asked = replace(place, since=since, until=until)
        yield from record.find_incidents(asked, order="arrival", limit=_MOST_COMPARED).rows
        if since is not None:
            # An event of which nobody tells the day may be of this one.
            yield from record.find_incidents(place, order="arrival", limit=_MOST_UNDATED).rows
    if not places and since is not None:
        asked = IncidentFilter(since=since, until=until)
        yield from record.find_incidents(asked, order="arrival", limit=_MOST_COMPARED).rows


def _places(account: Account) -> list[IncidentFilter]:
    """Its buildings, and its counties."""
    buildings = tuple(str(each) for each in account.candidates("courthouse_id") if each != MASKED)
    counties = tuple(str(each) for each in account.candidates("county") if each != MASKED)
    asked = (IncidentFilter(courthouse=buildings), IncidentFilter(county=counties))
    return [each for each in asked if each != IncidentFilter()]


def _days(account: Account) -> tuple[date | None, date | None]:
    """The days between which it may have been, one more on either side; None when no year is told."""
    known = [span for value in account.candidates("date") if (span := _span(str(value))) is not None]
    if not known:
        return None, None
    return min(first for first, _last in known) - _ONE_DAY, max(last for _first, last in known) + _ONE_DAY


def _span(edtf: str) -> tuple[date, date] | None:
    if edtf.startswith("XXXX"):
        return None
    try:
        told = PartialDate(edtf)
    except DateError:
        return None
    return max(told.first, date.min + _ONE_DAY), min(told.last, date.max - _ONE_DAY)


def as_account(facts: Sequence[FactState]) -> Account:
    """An event's facts as if one source told them: several values leave it open which."""
    return Account(claims=tuple(_claim(fact) for fact in facts if _is_told(fact)))


def _is_told(fact: FactState) -> bool:
    is_clear = ATTRIBUTES[fact.attribute].data_class is DataClass.CLEAR
    return is_clear and bool(fact.values) and MASKED not in fact.values and fact.attribute != "asserted_by"


def _claim(fact: FactState) -> Claim:
    one = fact.values[0] if len(fact.values) == 1 else None
    return Claim(
        attribute=fact.attribute, value=one, any_of=() if one is not None else fact.values, spans=(), origin=_FOLDED
    )


def clear(account: Account) -> Account:
    """The account without values that are masked for want of the key: two masks are not one name."""
    return Account(claims=tuple(claim for claim in account.claims if MASKED not in claim.possible))
