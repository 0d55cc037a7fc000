"""What may turn out: each way in which the open facts of an incident could be settled, and the cell it would fall in.

An outcome settles one ground: a code; a date in EDTF, with X for what nobody tells; "Kings, NY", with ? for what nobody
tells; a courthouse, or ?. A count asks only whether each outcome is counted, some are, or none is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from portico.facts import (
    ATTRIBUTES,
    DataClass,
    FactState,
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
_FACTS = {"place": ("county", "state"), "courthouse": ("courthouse_id", "courthouse")}


def ground_of(dimension: str) -> str:
    """The ground that a dimension stands on: month and year are of one date, county and state of one place."""
    return _GROUNDS.get(dimension, dimension)


class Told(NamedTuple):
    """What a count reads of one fact. `unlisted`: values are possible that are not among these.

    A tuple, because a hundred thousand of them are looked up for every count.
    """

    attribute: str
    values: tuple[Value, ...]
    disputed: bool
    unlisted: bool


def read_ground(ground: str, facts: Mapping[str, FactState]) -> tuple[Told, ...]:
    """What the facts of an incident, by attribute, tell of one ground."""
    return tuple(_read(name, facts.get(name)) for name in _FACTS.get(ground, (ground,)))


def _read(attribute: str, fact: FactState | None) -> Told:
    if fact is None or not fact.values:
        return Told(attribute, (), False, True)
    disputed = fact.status is Status.DISPUTED
    # A free value that somebody denies may be anything else; of a coded one the fold lists what the denial leaves.
    denied = disputed and not ATTRIBUTES[attribute].values and any(each.claim.hedge == "denied" for each in fact.claims)
    return Told(attribute, fact.values, disputed, denied)


@dataclass(frozen=True, slots=True)
class Outcomes:
    """How one ground of an incident may turn out.

    possible  every outcome, as far as they can be listed
    told      those that a source tells as they stand: only these make a row
    stands    why more than one is possible: "disputed", "unknown" (nobody tells), "left_open" (told less exactly)
    """

    possible: tuple[str, ...]
    told: frozenset[str]
    stands: Literal["disputed", "unknown", "left_open"]


def outcomes_of(ground: str, told: tuple[Told, ...]) -> Outcomes:
    """The outcomes of one ground of an incident, from what `read_ground` gives."""
    if ground == "place":
        return _places(*told)
    if ground == "courthouse":
        known, named = told
        return _courthouses(known if known.values else named)
    return (_dates if ground == "date" else _codes)(*told)


def _stands(*told: Told) -> Literal["disputed", "unknown", "left_open"]:
    if any(each.disputed for each in told):
        return "disputed"
    return "unknown" if any(not each.values for each in told) else "left_open"


def _codes(told: Told) -> Outcomes:
    codes = tuple(map(str, told.values))
    if not codes:
        return Outcomes(ATTRIBUTES[told.attribute].values, frozenset(), _stands(told))
    # "Inside" stays possible beside the hallway: perhaps nobody will ever say where.
    possible = (each for code in codes for each in (code, *left_open(told.attribute, code)))
    return Outcomes(tuple(dict.fromkeys(possible)), frozenset(codes), _stands(told))


def _dates(told: Told) -> Outcomes:
    days = tuple(dict.fromkeys(each for value in told.values for each in _months_of(str(value))))
    return Outcomes((*days, *([ANY_DAY] if told.unlisted else [])), frozenset(days), _stands(told))


def _months_of(edtf: str) -> Sequence[str]:
    """A date as it is, or the months that a known year may mean. The days of an unknown year cannot be listed."""
    if "X" in edtf[:4] or (len(edtf) >= 7 and "X" not in edtf[:7]):
        return (edtf,)
    told = PartialDate(edtf)
    months = (f"{edtf[:4]}-{number:02d}" for number in range(1, 13))
    return [month for month in months if told.may_equal(PartialDate(month))]


def _places(county: Told, state: Told) -> Outcomes:
    counties, states = ((*map(str, told.values), *([UNTOLD] if told.unlisted else [])) for told in (county, state))
    possible = tuple(f"{_plain(name)}, {usps}" for name in counties for usps in states)
    return Outcomes(possible, frozenset(possible), _stands(county, state))


def _plain(county: str) -> str:
    return county.removesuffix(" County").removesuffix(" Parish")


def _courthouses(told: Told) -> Outcomes:
    named = tuple(map(str, told.values))
    return Outcomes((*named, *([UNTOLD] if told.unlisted else [])), frozenset(named), _stands(told))


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
