"""What may turn out: each way in which the open facts of an incident could be settled, and the cell it would fall in.

An outcome settles one ground: a code; a date in EDTF, with X for what nobody tells; "Kings, NY", with ? for what nobody
tells; a courthouse, or ?. A count asks only whether each outcome is counted, some are, or none is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from portico.facts import (
    ATTRIBUTES,
    DataClass,
    FactState,
    IncidentState,
    PartialDate,
    Status,
    Truth,
    Value,
    left_open,
    truth,
)

DIMENSIONS: tuple[str, ...] = (
    *("courthouse", "county", "state", "month", "year"),
    *(name for name, each in ATTRIBUTES.items() if each.values and each.data_class is DataClass.CLEAR),
)
"""What can be counted by and asked for: places, time, and every clear attribute that has codes."""

UNTOLD, ANY_DAY = "?", "XXXX"
_WRITTEN = {"month": 7, "year": 4}
_GROUNDS = {"month": "date", "year": "date", "county": "place", "state": "place"}


def ground_of(dimension: str) -> str:
    """The ground that a dimension stands on: month and year are of one date, county and state of one place."""
    return _GROUNDS.get(dimension, dimension)


@dataclass(frozen=True, slots=True)
class Outcomes:
    """How one ground of an incident may turn out.

    possible  every outcome, as far as they can be listed
    told      those that a source tells as they stand: only these make a row
    status    how settled the fact is
    """

    possible: tuple[str, ...]
    told: frozenset[str]
    status: Status


def outcomes_of(state: IncidentState, ground: str) -> Outcomes:
    """The outcomes of one ground of an incident."""
    if ground == "place":
        return _places(*(_read(state.fact(name)) for name in ("county", "state")))
    if ground == "courthouse":
        known = state.fact("courthouse_id")
        return _courthouses(_read(known if known.values else state.fact("courthouse")))
    return (_dates if ground == "date" else _codes)(_read(state.fact(ground)))


@dataclass(frozen=True, slots=True)
class _Told:
    """What a count reads of a fact. `unlisted`: values are possible that it does not list."""

    attribute: str
    values: tuple[Value, ...]
    status: Status
    unlisted: bool


def _read(fact: FactState) -> _Told:
    # A free value that somebody denies may be anything else; of a coded one the fold lists what the denial leaves.
    free = not ATTRIBUTES[fact.attribute].values
    denied = free and fact.status is Status.DISPUTED and any(each.claim.hedge == "denied" for each in fact.claims)
    return _Told(fact.attribute, fact.values, fact.status, not fact.values or denied)


@lru_cache(maxsize=8192)
def _codes(fact: _Told) -> Outcomes:
    told = tuple(map(str, fact.values))
    if not told:
        return Outcomes(ATTRIBUTES[fact.attribute].values, frozenset(), fact.status)
    # "Inside" stays possible beside the hallway: perhaps nobody will ever say where.
    possible = (each for code in told for each in (code, *left_open(fact.attribute, code)))
    return Outcomes(tuple(dict.fromkeys(possible)), frozenset(told), fact.status)


@lru_cache(maxsize=8192)
def _dates(fact: _Told) -> Outcomes:
    told = tuple(dict.fromkeys(each for value in fact.values for each in _months_of(str(value))))
    return Outcomes((*told, *([ANY_DAY] if fact.unlisted else [])), frozenset(told), fact.status)


def _months_of(edtf: str) -> Sequence[str]:
    """A date as it is, or the months that a known year may mean. The days of an unknown year cannot be listed."""
    if "X" in edtf[:4] or (len(edtf) >= 7 and "X" not in edtf[:7]):
        return (edtf,)
    told = PartialDate(edtf)
    months = (f"{edtf[:4]}-{number:02d}" for number in range(1, 13))
    return [month for month in months if told.may_equal(PartialDate(month))]


@lru_cache(maxsize=8192)
def _places(county: _Told, state: _Told) -> Outcomes:
    counties, states = ((*map(str, fact.values), *([UNTOLD] if fact.unlisted else [])) for fact in (county, state))
    possible = tuple(f"{_plain(name)}, {usps}" for name in counties for usps in states)
    return Outcomes(possible, frozenset(possible), county.status)


def _plain(county: str) -> str:
    return county.removesuffix(" County").removesuffix(" Parish")


@lru_cache(maxsize=8192)
def _courthouses(fact: _Told) -> Outcomes:
    told = tuple(map(str, fact.values))
    return Outcomes((*told, *([UNTOLD] if fact.unlisted else [])), frozenset(told), fact.status)


def cell_of(dimension: str, outcome: str) -> str | None:
    """The cell that an outcome falls in; None if it leaves that open. A county is named with its state, if told."""
    if dimension in _WRITTEN:
        length = _WRITTEN[dimension]
        return outcome[:length] if len(outcome) >= length and "X" not in outcome[:length] else None
    county, _, last = outcome.rpartition(", ")
    if dimension == "county":
        return None if county == UNTOLD else county if last == UNTOLD else outcome
    if dimension == "state":
        return None if last == UNTOLD else last
    return None if outcome == UNTOLD else outcome


def leaves_open(dimension: str, outcome: str) -> bool:
    """Whether an outcome may fall in other cells than its own, too: a county of an untold state may be of any."""
    return cell_of(dimension, outcome) is None or (dimension == "county" and outcome.endswith(f", {UNTOLD}"))


@lru_cache(maxsize=65536)
def is_in(dimension: str, outcome: str, cell: str) -> Truth:
    """Whether an outcome falls in a cell; UNKNOWN when it leaves that open. "Kings" asks for it in any state."""
    if dimension in _WRITTEN:
        told = cell_of(dimension, outcome)
        if told is None:
            return Truth.UNKNOWN if PartialDate(outcome).may_equal(PartialDate(cell)) else Truth.FALSE
        return truth(told == cell)
    if dimension == "state":
        return _equal(outcome.rpartition(", ")[2], cell)
    if dimension == "county":
        county, _, usps = outcome.rpartition(", ")
        wanted, comma, state = cell.rpartition(", ")
        return _equal(county, _plain(wanted)) & _equal(usps, state) if comma else _equal(county, _plain(cell))
    return _equal(outcome, cell)


def _equal(told: str, wanted: str) -> Truth:
    return Truth.UNKNOWN if told == UNTOLD else truth(told.casefold() == wanted.casefold())
