"""Whereabouts: the county and state that a spelling given by itself speaks of, whether it names a court or not."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from portico.places import geography
from portico.places.geography import Place
from portico.places.phrasebook import PhraseBook
from portico.places.spelling import Word

_COUNTY_HEADS = frozenset({"county", "parish"})
# USPS codes that are words: a state only right after a comma or hyphen.
_CODE_WORDS = frozenset({"in", "or", "me", "ok", "hi", "co", "de", "la", "id", "al", "pa", "ma"})
_WORDS_IN_MARKS = frozenset({"in", "or", "me", "hi", "co"})
_STATE_OFFICES = frozenset({"dept", "department", "doc", "probation", "parole", "board"})
# Names of cities that are words of the field.
_NOT_CITIES = frozenset(
    ("central", "federal", "justice", "superior", "marshall", "hall", "county", "district", "state", "boston district")
)


class Whereabouts(NamedTuple):
    """County without "County", USPS code; None = the words do not settle it."""

    county: str | None = None
    state: str | None = None


def whereabouts(found: Sequence[Word], states: frozenset[str] | None) -> Whereabouts:
    """Of a spelling whose every word may be part of a name. `states` is where the place may be; None = anywhere.

    A county named as such goes before a city, a city before a county's bare name, that before a small
    town, the last city before an earlier one.
    """
    norms = [word.norm for word in found]
    code = _state(found, norms, states)
    allowed = frozenset({code}) if code else states
    for places, is_county, named_so in (
        *((places, True, True) for places in _counties(found, norms)),
        *((places, False, False) for places in reversed(list(_cities(norms, geography.city_names())))),
        *((places, True, False) for places in _bare_counties(norms)),
        *((places, False, False) for places in reversed(list(_cities(norms, geography.town_names())))),
    ):
        fitting = [place for place in places if allowed is None or place.state in allowed]
        if len({place.state for place in fitting}) == 1:
            place = max(fitting, key=lambda each: each.population)
            return Whereabouts(
                place.name if is_county else geography.county_around(place.name, place.state), place.state
            )
        if fitting and is_county and named_so:
            return Whereabouts(fitting[0].name, None)
    return Whereabouts(None, code or (next(iter(states)) if states is not None and len(states) == 1 else None))


def stated(found: Sequence[Word]) -> str | None:
    """The state that the words give beyond doubt: by name or code at the end or after a comma, or "Texas Dept. of"."""
    norms = [word.norm for word in found]
    for at, word in reversed(list(enumerate(found))):
        end, codes = geography.state_names().longest_at(norms, at)
        marked = word.gap.strip() in (",", "-", "(")
        state_office = at == 0 and norms[end : end + 1] and norms[end] in _STATE_OFFICES
        closed = end < len(found) and found[end].gap.strip() == "("
        if codes and _is_full(norms[at:end]) and (marked or closed or end == len(found) or state_office):
            return codes[0]
        dotted = at + 1 < len(found) and found[at + 1].gap.startswith(".")  # "Mt. Pleasant"
        if (
            marked
            and not dotted
            and word.norm.isalpha()
            and geography.state_name(word.norm)
            and word.norm not in _WORDS_IN_MARKS
        ):
            return word.norm.upper()
    return None


def _state(found: Sequence[Word], norms: Sequence[str], states: frozenset[str] | None) -> str | None:
    """The state given by name, or by a code at the end or after a comma or hyphen; the last one, if it may be."""
    named: list[str] = []
    for at, word in enumerate(found):
        end, codes = geography.state_names().longest_at(norms, at)
        if codes and (end == len(found) or norms[end] not in _COUNTY_HEADS) and _is_full(norms[at:end]):
            named.append(codes[0])
        code = word.norm.upper()
        dotted = at + 1 < len(found) and found[at + 1].gap.startswith(".")
        marked = word.gap.strip() in (",", "-", "(") and not dotted
        ends = at + 1 == len(found) or norms[at + 1 : at + 2] == ["state"]
        if geography.state_name(code) and (marked or (ends and word.norm not in _CODE_WORDS) or at == 0 == len(named)):
            named.append(code)
    return next((code for code in reversed(named) if states is None or code in states), None)


def _is_full(norms: Sequence[str]) -> bool:
    """Whether it is a state's whole name or initials: "Del Rio" is not in Delaware."""
    return len(norms) > 1 or geography.is_state_name(norms[0])


def _counties(found: Sequence[Word], norms: Sequence[str]) -> Iterator[Sequence[Place]]:
    for at in range(len(found)):
        for end in range(min(at + 4, len(found) - 1), at, -1):
            if norms[end] in _COUNTY_HEADS and (places := geography.counties_named(tuple(norms[at:end]))):
                yield places
                break


def _cities(norms: Sequence[str], names: PhraseBook[Place]) -> Iterator[Sequence[Place]]:
    at = 0
    while at < len(norms):
        end, places = names.longest_at(norms, at)
        if places and " ".join(norms[at:end]) not in _NOT_CITIES:
            yield places
        at = max(end, at + 1)


def _bare_counties(norms: Sequence[str]) -> Iterator[Sequence[Place]]:
    at = 0
    while at < len(norms):
        end, places = geography.county_names().longest_at(norms, at)
        if places and " ".join(norms[at:end]) not in _NOT_CITIES:
            yield places
        at = max(end, at + 1)
