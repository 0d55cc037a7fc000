"""Courts: the courthouses that running text names, each with the rows it may mean."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from portico.facts import PartialDate
from portico.places import geography
from portico.places.areas import Area, areas_in
from portico.places.court_words import court_words
from portico.places.courthouse import Courthouse
from portico.places.gazetteer import Gazetteer, load_gazetteer
from portico.places.geography import BOROUGHS, Place
from portico.places.names import names_of
from portico.places.phrases import Phrase, court_phrases
from portico.places.spelling import Word, spell, words

_BOROUGHS = {spell(borough): spell(county) for borough, county in BOROUGHS.items()}
_NEW_YORK = frozenset({("new", "york"), ("new", "york", "city")})


@dataclass(frozen=True, slots=True, kw_only=True)
class CourtMention:
    """A court or courthouse named in a text.

    start, end   code points, half-open; name is those words, without a leading article
    candidates   rows it may mean; none where the gazetteer has no row, or the words are generic
    settled      whether words and text leave no reading but these rows: a lone candidate that is not settled may as well be
                 a county or city of that name in another state
    county, city, state   what is sure of them, with a building or without
    court_system None where the words leave it open
    generic      nothing says which court: "the courthouse", "family court"
    bare         a name that means the building only where the text is about that state or city
    """

    start: int
    end: int
    name: str
    candidates: tuple[Courthouse, ...] = ()
    settled: bool = False
    county: str | None = None
    city: str | None = None
    state: str | None = None
    court_system: str | None = None
    generic: bool = False
    bare: bool = False

    @property
    def courthouse(self) -> Courthouse | None:
        """The one courthouse that is certain; None if there are several, or the text leaves another reading."""
        return self.candidates[0] if self.settled and len(self.candidates) == 1 else None


def find_courts(
    text: str,
    *,
    state: str | None = None,
    county: str | None = None,
    city: str | None = None,
    on: PartialDate | None = None,
    gazetteer: Gazetteer | None = None,
) -> tuple[CourtMention, ...]:
    """Every court that a text names as a place, in order, none overlapping another.

    text   running text; courts that are only authors of rulings, titles, streets and towns are left out
    state  USPS code, county, city: where the text is about, if the caller knows. Without them, the areas that the text
           itself names are taken. They only narrow, and never choose one of two that both fit.
    on     local day of the event: buildings certainly not in use that day are left out
    """
    rows = gazetteer or load_gazetteer()
    found = words(text)
    about = _About(found, state, county, city)
    return tuple(_mention(text, found, phrase, rows, about, on) for phrase in court_phrases(found, names_of(rows)))


class _About:
    """Where a text is about: what the caller says, else what the text names. Looked up only when a court needs it."""

    def __init__(self, found: Sequence[Word], state: str | None, county: str | None, city: str | None) -> None:
        self._found = found
        self.state = geography.usps(state) if state else None
        self.county, self.city = county and spell(_plain_county(county)), city and spell(city)

    @cached_property
    def states(self) -> frozenset[str]:
        if self.state:
            return frozenset({self.state})
        return frozenset(area.state for area in self._areas if area.state)

    @cached_property
    def counties(self) -> frozenset[tuple[tuple[str, ...], str]]:
        return frozenset((spell(a.county), a.state) for a in self._areas if a.county and a.state)

    @cached_property
    def _areas(self) -> tuple[Area, ...]:
        return areas_in(self._found)


def _mention(
    text: str, found: Sequence[Word], phrase: Phrase, gazetteer: Gazetteer, about: _About, on: PartialDate | None
) -> CourtMention:
    start, end = found[phrase.first].start, found[phrase.stop - 1].end
    name = text[start:end]
    if phrase.generic:
        system = _system(phrase, (), about.state)
        return CourtMention(start=start, end=end, name=name, court_system=system, generic=True)
    rows, settled = _candidates(phrase, gazetteer, about, on, name)
    county, city, state = _area_of(phrase, rows, settled, about)
    bare = phrase.mixed or any(naming.how == "bare" for naming in phrase.namings)
    return CourtMention(
        start=start,
        end=end,
        name=name,
        candidates=rows,
        settled=settled,
        county=county,
        city=city,
        state=state,
        court_system=_system(phrase, rows, state),
        bare=bare,
    )


def _candidates(
    phrase: Phrase, gazetteer: Gazetteer, about: _About, on: PartialDate | None, text: str
) -> tuple[tuple[Courthouse, ...], bool]:
    """The rows a phrase may mean, and whether nothing else fits."""
    rows = tuple(naming.courthouse for naming in phrase.namings) or _by_area(phrase, gazetteer)
    if phrase.namings and _is_description(phrase, rows, text):
        rows = tuple(dict.fromkeys((*rows, *_by_area(phrase, gazetteer, every=True))))
    rows = _at_place(rows, phrase, gazetteer)
    rows = _told_by_caller(rows, about)
    states = _states(phrase, rows, about)
    rows = tuple(row for row in rows if row.state in states)
    rows = _in_named_counties(rows, about)
    rows = tuple(row for row in rows if row.may_be_in_use(on))
    settled = bool(rows) and states <= {row.state for row in rows} and _is_supported(phrase, rows, gazetteer, about)
    return rows, settled


def _is_description(phrase: Phrase, rows: tuple[Courthouse, ...], text: str) -> bool:
    """Whether "the Kings County courthouse" describes rather than names.

    Where a county's courts sit apart by subject, a small c leaves open which of its buildings is meant.
    """
    one_use = all(len(row.uses) == 1 for row in rows)
    return phrase.head == "courthouse" and bool(phrase.county) and one_use and text.endswith("courthouse")


def _by_area(phrase: Phrase, gazetteer: Gazetteer, *, every: bool = False) -> tuple[Courthouse, ...]:
    """Rows of the county or city named, as far as the kinds of court allow. A building's own name has only its row."""
    if (phrase.mixed and not phrase.streets) or (phrase.name and not phrase.county and not phrase.city):
        return ()
    index = _row_index(gazetteer)
    if phrase.city or phrase.county:
        rows = index.in_cities(phrase.city, phrase.city_name) or index.in_counties(phrase.county)
    elif phrase.in_city_name or phrase.in_county:
        rows = index.in_cities(phrase.in_city, phrase.in_city_name) or index.in_counties(phrase.in_county)
    else:
        rows = phrase.streets
    rows = tuple(row for row in rows if phrase.mixed or _may_hold(row, phrase))
    if "county" in phrase.kinds and not every:
        return tuple(row for row in rows if _is_of_county(row)) or rows
    return rows


def _is_of_county(row: Courthouse) -> bool:
    return any(spelling.casefold().endswith("county courthouse") for spelling in row.spellings)


def _at_place(rows: tuple[Courthouse, ...], phrase: Phrase, gazetteer: Gazetteer) -> tuple[Courthouse, ...]:
    """Of the rows, those at the street, city or county that follows the name, if any are there."""
    if phrase.street:
        there = tuple(row for row in rows if row in phrase.streets)
        # A street that no row stands on is another building, unless the name is in the gazetteer.
        rows = there or (rows if phrase.namings or phrase.streets else ())
    if phrase.in_city_name or phrase.in_county:
        index = _row_index(gazetteer)
        near = index.in_cities(phrase.in_city, phrase.in_city_name) or index.in_counties(phrase.in_county)
        rows = tuple(row for row in rows if row in near) or rows
    return rows


def _may_hold(row: Courthouse, phrase: Phrase) -> bool:
    """Whether a building may be what the words say: the kinds named are heard there."""
    say = court_words()
    systems = {say.systems[kind] for kind in phrase.kinds if kind in say.systems}
    if systems & {"eoir", "federal_article_iii"}:
        if row.court_system not in systems:
            return False
    elif row.court_system == "eoir" or (row.court_system == "federal_article_iii" and phrase.kinds):
        return False
    return all(not say.kinds.get(kind) or say.kinds[kind].intersection(row.kinds) for kind in phrase.kinds)


def _told_by_caller(rows: tuple[Courthouse, ...], about: _About) -> tuple[Courthouse, ...]:
    if about.state:
        rows = tuple(row for row in rows if row.state == about.state)
    if about.county:
        rows = tuple(row for row in rows if spell(row.county) == about.county)
    if about.city:
        rows = tuple(row for row in rows if is_in_city(row, about.city))
    return rows


def is_in_city(row: Courthouse, city: tuple[str, ...]) -> bool:
    """Whether a courthouse is in a city, the boroughs of New York being parts of it and counties of another name."""
    if city in _BOROUGHS and row.state == "NY":
        return spell(row.county) == _BOROUGHS[city]
    if city in _NEW_YORK and row.state == "NY":
        return row.county in BOROUGHS.values()
    return row.city is not None and spell(row.city) == city


def _states(phrase: Phrase, rows: tuple[Courthouse, ...], about: _About) -> frozenset[str]:
    """The states that the words may speak of. What stands right beside the name decides before the rest of the text."""
    if phrase.state:
        return frozenset({phrase.state})
    named = frozenset({row.state for row in rows} | {place.state for place in (*phrase.county, *phrase.city)})
    around = frozenset(place.state for place in (*phrase.in_county, *phrase.in_city))
    possible = (named & around or named or around) if phrase.name or phrase.namings else named | around
    if about.state:
        return possible & about.states
    return possible & about.states or possible if len(possible) > 1 else possible


def _in_named_counties(rows: tuple[Courthouse, ...], about: _About) -> tuple[Courthouse, ...]:
    """Of rows in several counties, those in counties that the text names, if any: never a choice within one county."""
    if len({(row.county, row.state) for row in rows}) < 2:
        return rows
    return tuple(row for row in rows if (spell(row.county), row.state) in about.counties) or rows


def _is_supported(phrase: Phrase, rows: tuple[Courthouse, ...], gazetteer: Gazetteer, about: _About) -> bool:
    """Whether a bare name or an address is borne out by the text; other names stand by themselves."""
    hows = {naming.how for naming in phrase.namings}
    if "bare" in hows or ("address" in hows and _is_common_street(rows, gazetteer)):
        return phrase.state is not None or all(row.state in about.states for row in rows)
    if hows == {"address"} and about.states:
        return any(row.state in about.states for row in rows)
    return True


def _is_common_street(rows: tuple[Courthouse, ...], gazetteer: Gazetteer) -> bool:
    streets = names_of(gazetteer).streets
    for row in rows:
        words_of = spell(row.street or "")
        named = streets.exactly(words_of[1:]) or streets.exactly(words_of[2:])
        if len({other.city for other in named}) > 1:
            return True
    return False


def _area_of(
    phrase: Phrase, rows: tuple[Courthouse, ...], settled: bool, about: _About
) -> tuple[str | None, str | None, str | None]:
    """County, city and state as far as they are sure."""
    states = _states(phrase, rows, about)
    state = next(iter(states)) if len(states) == 1 else None
    if rows and settled:
        return _common(row.county for row in rows), _common(row.city for row in rows), state
    county = _common(place.name for place in phrase.county or phrase.in_county if state in (None, place.state))
    city = phrase.city_name or phrase.in_city_name
    city = city.removeprefix("The ") if city else None
    if city and state and not county:
        county = geography.county_of(city, state)
    return county, city, state


def _common(values: Iterable[str | None]) -> str | None:
    different = set(values)
    return different.pop() if len(different) == 1 else None


def _system(phrase: Phrase, rows: tuple[Courthouse, ...], state: str | None) -> str | None:
    if rows:
        return _common(row.court_system for row in rows)
    systems = court_words().systems
    told = next((systems[kind] for kind in phrase.kinds if kind in systems), None)
    if told in ("eoir", "federal_article_iii"):
        return told
    if state == "NY":
        return told or "ny_ucs"
    return "state_or_local" if state and not phrase.mixed else None


class _RowIndex:
    """The rows of a gazetteer by county and by city."""

    def __init__(self, courthouses: Iterable[Courthouse]) -> None:
        self._counties: dict[tuple[tuple[str, ...], str], list[Courthouse]] = {}
        self._cities: dict[tuple[str, ...], list[Courthouse]] = {}
        for row in courthouses:
            self._counties.setdefault((spell(row.county), row.state), []).append(row)
            if row.city:
                self._cities.setdefault(spell(row.city), []).append(row)

    def in_counties(self, counties: Iterable[Place]) -> tuple[Courthouse, ...]:
        return tuple(row for county in counties for row in self._counties.get((spell(county.name), county.state), ()))

    def in_cities(self, cities: Sequence[Place], name: str | None) -> tuple[Courthouse, ...]:
        city = spell((name or "").removeprefix("The "))
        if city in _BOROUGHS:
            return tuple(self._counties.get((_BOROUGHS[city], "NY"), ()))
        if city in _NEW_YORK:
            city = ("new", "york")
        states = {place.state for place in cities}
        return tuple(row for row in self._cities.get(city, ()) if not states or row.state in states)


@lru_cache(maxsize=4)
def _row_index(gazetteer: Gazetteer) -> _RowIndex:
    return _RowIndex(gazetteer.courthouses)


def _plain_county(county: str) -> str:
    for word in (" County", " Parish", " county", " parish"):
        county = county.removesuffix(word)
    return county
