"""Folded incidents: what their accounts fold to without the key, kept for lists, filters and figures.

A row follows from the projections and the payloads alone, so that rebuilding gives it again byte for byte. The claims
themselves are not in it: who asks for one incident gets it folded from its accounts, which are few.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import msgspec

from portico.facts import (
    ATTRIBUTES,
    MASKED,
    Claim,
    DataClass,
    DateError,
    FactState,
    PartialDate,
    SourcedClaim,
    Status,
    Value,
)
from portico.record import fold
from portico.store.ids import claim_id
from portico.store.payloads import is_masked

SEVERAL = "*"
"""Begins what stands in a column whose fact has several values, or one that somebody denies: the fact as JSON."""

TOO_LONG = "*!"
"""Stands there where that would not fit: the fact is in `facts` alone, and `Several` has a row of this name."""

_SPEAKERS_AND_PLACES_OF_CUSTODY = frozenset({"asserted_by", "custody_place"})
KEPT = frozenset(
    name
    for name, each in ATTRIBUTES.items()
    if each.data_class is DataClass.CLEAR and name not in _SPEAKERS_AND_PLACES_OF_CUSTODY
)
"""The facts that are listed, asked for and counted."""

_SORTED = sorted(KEPT)

FILTERED = ("kind", "zone", "agency", "courthouse_id", "county", "state")
_NO_DAY: tuple[str, None, None] = ("", None, None)
_NOT_SAID = (None, None)
_LONGEST = 200  # characters of a value in a column
LONGEST = 1000  # characters of a dispute in one
_WITH_A_COLUMN = (*FILTERED, "date")


class Brief(msgspec.Struct, frozen=True, array_like=True):
    """A fact without the claims behind it. denials: those that deny it, which a count has to know of."""

    status: Status
    values: tuple[Value, ...]
    denials: tuple[SourcedClaim, ...] = ()

    @property
    def is_settled(self) -> bool:
        """One value, and nobody says otherwise."""
        return len(self.values) == 1 and self.status is not Status.DISPUTED


Facts = Mapping[str, Brief]


def of_one_account(account: str, source: str, claims: Sequence[Claim]) -> Facts:
    """What the claims of an account that stands alone fold to; most have one plain claim for each fact."""
    plain: dict[str, Brief] = {}
    for claim in claims:
        name = claim.attribute
        if name not in KEPT:
            continue
        if name in plain or claim.any_of or claim.hedge == "denied":
            return briefly(
                SourcedClaim(id=claim_id(account, place), account=account, source=source, claim=each)
                for place, each in enumerate(claims)
            )
        if claim.value is not None and claim.value != MASKED:
            plain[name] = _plain(claim.value)
    return plain


@lru_cache(maxsize=65536)
def _plain(value: Value) -> Brief:
    return Brief(Status.SINGLE_SOURCE, (value,))


def briefly(claims: Iterable[SourcedClaim]) -> Facts:
    """What the claims about one event fold to; hidden values are not told."""
    told = [each for each in claims if each.claim.attribute in KEPT and not is_masked(each.claim)]
    return {fact.attribute: _brief(fact) for fact in fold(told, id="").facts if fact.values}


def _brief(fact: FactState) -> Brief:
    denials = tuple(each for each in fact.claims if each.claim.hedge == "denied")
    return Brief(fact.status, fact.values, denials)


def encoded(facts: Facts) -> bytes:
    """Canonical JSON. Most facts are told alike in thousands of incidents, and written once."""
    return b"{%b}" % b",".join([_line(name, facts[name]) for name in _SORTED if name in facts])


@lru_cache(maxsize=65536)
def _line(name: str, brief: Brief) -> bytes:
    return msgspec.json.encode({name: brief})[1:-1]


_decoder = msgspec.json.Decoder(dict[str, Brief])


def decoded(facts: bytes) -> tuple[FactState, ...]:
    """The facts again, in the order of the vocabulary; their claims are only those that deny."""
    told = _decoder.decode(facts)
    return tuple(
        FactState(attribute=name, status=each.status, values=each.values, claims=each.denials)
        for name in ATTRIBUTES
        if (each := told.get(name)) is not None
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """An incident as it stands, beside its facts."""

    number: int
    incident: str
    changed: int
    verification: str
    tellers: int
    reports: int
    undecided: int


COLUMNS = (
    *("number", "incident", "changed", "verification", "kind", "zone", "agency", "courthouse", "county", "state"),
    *("month", "first_day", "last_day", "people_least", "people_most", "tellers", "reports", "undecided", "facts"),
)
SEVERAL_COLUMNS = ("number", "attribute", "value")


def row(at: Standing, facts: Facts) -> tuple[object, ...]:
    """The row of `Folded`, its values in the order of `COLUMNS`."""
    return (
        *(at.number, at.incident, at.changed, at.verification),
        *[_column(name, facts[name]) if name in facts else "" for name in FILTERED],
        *(_days(facts["date"]) if "date" in facts else _NO_DAY),
        *(_people(facts["people_arrested"]) if "people_arrested" in facts else _NOT_SAID),
        *(at.tellers, at.reports, at.undecided, encoded(facts)),
    )


def several(number: int, facts: Facts) -> list[tuple[object, ...]]:
    """The rows of `Several`, in the order of `SEVERAL_COLUMNS`."""
    disputed = {name: brief for name, brief in facts.items() if not brief.is_settled and name in _WITH_A_COLUMN}
    if not disputed:
        return []
    too_long = [(number, TOO_LONG, name) for name, brief in disputed.items() if _column(name, brief) == TOO_LONG]
    values = [
        (number, name, cut(value)) for name, brief in disputed.items() if name != "date" for value in brief.values
    ]
    return [*values, *too_long]


def cut(value: Value) -> str:
    """A value as a column holds it."""
    return str(value)[:_LONGEST].replace("\x00", " ")  # which PostgreSQL does not keep


@lru_cache(maxsize=65536)
def _column(name: str, brief: Brief) -> str:
    value = str(brief.values[0])
    if brief.is_settled and not value.startswith(SEVERAL):
        return cut(value)
    return _written(name, brief)


def _written(name: str, brief: Brief) -> str:
    # A count asks who denies a code no more than who says it; of other values, a denial leaves all others open.
    left = Brief(brief.status, brief.values) if ATTRIBUTES[name].values else brief
    written = SEVERAL + msgspec.json.encode(left).decode()
    return written if len(written) <= LONGEST else TOO_LONG


def fact_of(attribute: str, column: str) -> FactState | None:
    """The fact that a column tells; None if nobody does, or it is `TOO_LONG`."""
    if not column or column == TOO_LONG:
        return None
    if not column.startswith(SEVERAL):
        return FactState(attribute=attribute, status=Status.SINGLE_SOURCE, values=(column,))
    brief = msgspec.json.decode(column[len(SEVERAL) :], type=Brief)
    return FactState(attribute=attribute, status=brief.status, values=brief.values, claims=brief.denials)


@lru_cache(maxsize=8192)
def _days(brief: Brief) -> tuple[str, str | None, str | None]:
    """The month if it is certain, and the first and last day that the values leave possible."""
    spans = [span for value in brief.values if (span := _span(str(value))) is not None]
    first = min((first for first, _ in spans), default=None)
    last = max((last for _, last in spans), default=None)
    only = str(brief.values[0])
    is_plain = brief.is_settled and len(only) >= 7 and "X" not in only
    return only[:7] if is_plain else _written("date", brief), first, last


@lru_cache(maxsize=8192)
def _span(edtf: str) -> tuple[str, str] | None:
    """None of a date whose year nobody tells."""
    try:
        told = PartialDate(edtf)
    except DateError:
        return None
    return None if edtf.startswith("XXXX") else (told.first.isoformat(), told.last.isoformat())


@lru_cache(maxsize=8192)
def _people(brief: Brief) -> tuple[int, int]:
    numbers = [int(value) for value in brief.values]
    return min(numbers), max(numbers)
