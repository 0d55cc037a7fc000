"""Areas: the states, counties and cities that running text names."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from portico.places import geography
from portico.places.geography import BOROUGHS, Place
from portico.places.spelling import Word, words

_COUNTY_HEADS = frozenset({"county", "parish"})
# Words after which a capitalised name is a place, not a person.
_LOCATIVE = frozenset({
    "in", "at", "near", "from", "outside", "to", "of", "around", "across", "downtown", "through", "between", "for",
})  # fmt: skip
# A bare city name inside a longer name is somebody's name or an institution's ("Austin Reed", "Mobile Services"),
# save before these.
_AFTER_CITY = frozenset({
    "police", "mayor", "district", "city", "county", "superior", "criminal", "family", "immigration", "municipal",
    "court", "courthouse", "jail", "man", "woman", "lawyer", "attorney", "supreme", "civil", "residents",
    "resident", "office", "officials", "field",
})  # fmt: skip
# Cities whose names are common words of such texts, and months; like those named as countries, they count only with
# their state.
_COMMON_WORDS = frozenset({
    "justice", "superior", "central", "federal", "commerce", "media", "independence", "august", "april", "may", "june",
    "hope", "liberty", "union", "orange",
})  # fmt: skip
_COURT_KINDS = frozenset({"superior", "district", "circuit", "criminal", "family", "supreme", "probate", "municipal"})
_STREETS = frozenset({"st", "ave", "rd", "blvd", "dr", "sq", "ln", "pl", "pkwy", "hwy"})
_PLAIN = re.compile(r"[ \n]{1,2}\Z")
_CODE = 2
_STATE_CODE = re.compile(r"[A-Z]{2}\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A state, county or city named in a text.

    start, end  code points, half-open
    name        as the gazetteer or the census spells it
    county      of a county, its name; of a city, its county where settled
    state       USPS code; None if it may be in several states and the words beside it do not say which
    candidates  the states it may be in
    """

    start: int
    end: int
    kind: Literal["state", "county", "city"]
    name: str
    county: str | None
    state: str | None
    candidates: tuple[str, ...]


def find_areas(text: str) -> tuple[Area, ...]:
    """The areas that a text names, in order; a city and the state after its comma are two, the city's state settled.

    Where the text names the state of a shared county or city elsewhere, and only one fits, that one is meant.
    """
    return areas_in(words(text))


def areas_in(found: Sequence[Word]) -> tuple[Area, ...]:
    """`find_areas` for a text already cut into words."""
    areas = _without_overlaps(_areas(found))
    named = {area.state for area in areas if area.state}
    return tuple(_settled(area, named) for area in areas)


def _areas(found: Sequence[Word]) -> Iterator[Area]:
    norms, first_words = [word.norm for word in found], geography.first_words()
    at = 0
    while at < len(found):
        may_begin = found[at].capital and (norms[at] in first_words or len(found[at].raw) == _CODE)
        if not may_begin and norms[at] != "counties":
            at += 1
            continue
        end, area = (
            _county_at(found, norms, at) or _state_at(found, norms, at) or _city_at(found, norms, at) or (at + 1, None)
        )
        if area is not None:
            yield area
        if norms[at] == "counties":
            yield from _listed_counties(found, norms, at)
        at = end


def _without_overlaps(areas: Iterator[Area]) -> list[Area]:
    """A later area that overlaps takes the place of an earlier: "Washington and Multnomah counties" names no state."""
    kept: list[Area] = []
    for area in areas:
        while kept and area.start < kept[-1].end:
            kept.pop()
        kept.append(area)
    return kept


def _settled(area: Area, named: set[str]) -> Area:
    if area.state is not None:
        return area
    fitting = tuple(state for state in area.candidates if state in named)
    if len(fitting) != 1:
        return area
    county = area.county or geography.county_of(area.name, fitting[0])
    return Area(
        start=area.start,
        end=area.end,
        kind=area.kind,
        name=area.name,
        county=county,
        state=fitting[0],
        candidates=fitting,
    )


def state_beside(found: Sequence[Word], norms: Sequence[str], end: int) -> tuple[int, str] | None:
    """The state given right after a name, as in "Hillsboro, Ore." or "Hillsboro, OR": where it ends, and its code."""
    if end >= len(found) or not found[end].capital or len(found[end].gap.strip(" ,()-\n")) > 0:
        return None
    stop, codes = geography.state_names().longest_at(norms, end)
    if codes:
        return (
            (stop, codes[0])
            if found[end].gap.startswith(",") or found[end].gap == " (" or len(found[end].gap) == 1
            else None
        )
    if _STATE_CODE.match(found[end].raw) and found[end].gap != "" and geography.state_name(found[end].raw):
        return end + 1, found[end].raw
    return None


def _county_at(found: Sequence[Word], norms: Sequence[str], at: int) -> tuple[int, Area] | None:
    """ "Washington County", "Prince George's County, Md.", "County of Kings", "Jefferson Parish"."""
    first, after = at, -1
    if norms[at] == "county" and at + 2 < len(found) and norms[at + 1] == "of" and found[at + 2].capital:
        end, places = geography.county_names().longest_at(norms, at + 2)
        after = end
    else:
        end, places = geography.county_names().longest_at(norms, at)
        if places and end < len(found) and norms[end] in _COUNTY_HEADS and _PLAIN.match(found[end].gap):
            after = end + 1
    if not places or after < 0:
        return None
    places = geography.so_called(places, own=found[end - 1].own, parish="parish" in norms[first:after])
    if not places:
        return None
    return after, _area("county", found[first].start, found[after - 1].end, places, state_beside(found, norms, after))


def _state_at(found: Sequence[Word], norms: Sequence[str], at: int) -> tuple[int, Area] | None:
    if found[at].gap.startswith(",") and _STATE_CODE.match(found[at].raw) and geography.state_name(found[at].raw):
        return at + 1, _state(found[at], found[at], found[at].raw)
    end, codes = geography.state_names().longest_at(norms, at)
    if not codes or not all(word.capital for word in found[at:end] if word.norm != "of"):
        return None
    if end < len(found) and norms[end] == "city" and _PLAIN.match(found[end].gap):
        return None
    if not _is_state_here(found, at, end) or (end < len(found) and norms[end] in _STREETS and found[end].gap == " "):
        return None
    beside = state_beside(found, norms, end)
    if beside and beside[1] != codes[0] and found[end].gap.startswith(","):
        return None  # "Washington, D.C.", "Oregon, Wis."
    return end, _state(found[at], found[end - 1], codes[0])


def _state(first: Word, last: Word, code: str) -> Area:
    name = geography.state_name(code)
    assert name is not None
    # Bare "Washington" is as often the capital.
    either = first is last and first.norm == "washington"
    return Area(
        start=first.start,
        end=last.end,
        kind="state",
        name=name,
        county=None,
        state=None if either else code,
        candidates=("WA", "DC") if either else (code,),
    )


def _is_state_here(found: Sequence[Word], at: int, end: int) -> bool:
    """Whether a state's name is meant: an abbreviation stands after a comma ("Del Rio" is not in Delaware)."""
    whole = end - at > 1 or geography.is_state_name(found[at].norm)
    return whole or (found[at].gap.startswith(",") and found[at - 1].capital and found[at - 1].raw.isalpha())


def _city_at(found: Sequence[Word], norms: Sequence[str], at: int) -> tuple[int, Area] | None:
    end, _ = geography.city_names().longest_at(norms, at)
    if end == at or not all(word.capital for word in found[at:end]):
        return None
    beside = state_beside(found, norms, end)
    named = geography.city_names().exactly(tuple(norms[at:end]))
    if beside and any(place.state == beside[1] for place in named):
        return end, _area("city", found[at].start, found[end - 1].end, named, beside)
    name = tuple(norms[at:end])
    if not _stands_alone(found, at, end) or name in geography.country_names():
        return None
    if norms[end : end + 1] and norms[end] in _COURT_KINDS and geography.counties_named(name):
        return None  # "Suffolk Superior Court" is a county's, though Suffolk is a city of Virginia too
    return end, _area("city", found[at].start, found[end - 1].end, geography.cities_named(tuple(norms[at:end])), None)


def _stands_alone(found: Sequence[Word], at: int, end: int) -> bool:
    """Whether capitalised words are a name by themselves, or part of a person's or an institution's."""
    after = found[end] if end < len(found) else None
    goes_on = after is not None and after.gap in (" ", "-") and after.capital
    if goes_on and after is not None and after.norm not in _AFTER_CITY:
        return False
    located = _is_located(found, at)
    if not located and at and found[at].gap == " " and found[at - 1].capital:
        return False
    if end - at == 1 and found[at].norm in _COMMON_WORDS:
        return False
    # One capitalised word is a place after "in" or before "police"; at the start of a sentence it may be anyone.
    before_office = after is not None and after.norm in _AFTER_CITY and after.gap == " "
    return located or before_office or end - at > 1 or found[at].norm in _BOROUGH_WORDS or _is_dateline(found, at, end)


def _is_located(found: Sequence[Word], at: int) -> bool:
    """Whether a word before says that a place follows: "in", "near", "a resident of", "Town of"."""
    if not at or found[at].gap not in (" ", "\n") or found[at - 1].norm not in _LOCATIVE:
        return False
    if found[at - 1].norm != "of" or at == 1:
        return True
    whose = found[at - 2]
    return not whose.capital or whose.norm in ("city", "town", "village", "borough")


def _is_dateline(found: Sequence[Word], at: int, end: int) -> bool:
    """ "CLEVELAND — A man who": at the start of a line, before a dash, or a city of a county after a comma."""
    if end >= len(found):
        return False
    starts = at == 0 or "\n" in found[at].gap
    return starts and found[end].gap.lstrip(" .").startswith(("—", "–", "--", "- ", "("))


_BOROUGH_WORDS = frozenset(borough.casefold() for borough in BOROUGHS)


def _listed_counties(found: Sequence[Word], norms: Sequence[str], at: int) -> Iterator[Area]:
    """ "Washington and Multnomah counties": each named before the plural."""
    listed: list[Area] = []
    end = at
    while end > 0 and end > at - 12:
        for start in range(max(0, end - 3), end):
            places = geography.counties_named(tuple(norms[start:end]))
            if places and found[start].capital:
                listed.append(_area("county", found[start].start, found[end - 1].end, places, None))
                end = start
                break
        else:
            break
        if end > 0 and norms[end - 1] == "and":
            end -= 1
        elif "," not in found[end].gap:
            break
    yield from reversed(listed)


def _area(
    kind: Literal["county", "city"], start: int, end: int, places: Sequence[Place], beside: tuple[int, str] | None
) -> Area:
    states = tuple(dict.fromkeys(place.state for place in places))
    if beside and beside[1] in states:
        states = (beside[1],)
    state = states[0] if len(states) == 1 else None
    name = next(place.name for place in places if place.state in states)
    county = name if kind == "county" else state and geography.county_of(name, state)
    return Area(start=start, end=end, kind=kind, name=name, county=county, state=state, candidates=states)
