"""Meanings: the rows that a phrase may mean, and what is sure of its county, city and state where none is certain."""

from collections.abc import Iterable
from typing import NamedTuple

from portico.facts import PartialDate
from portico.places import geography
from portico.places.context import Context, Told, is_in_city
from portico.places.court_words import court_words
from portico.places.courthouse import Courthouse
from portico.places.gazetteer import Gazetteer
from portico.places.geography import BOROUGHS
from portico.places.names import names_of
from portico.places.phrase import Phrase
from portico.places.rows import is_of_county, may_hold, rows_of
from portico.places.spelling import spell

_APPELLATE = frozenset({"appellate", "federal_appellate"})
_BOROUGH_OF = {county: borough for borough, county in BOROUGHS.items() if county != "New York"}


class Meaning(NamedTuple):
    """What a phrase may mean.

    rows      courthouses, in the order of the gazetteer's names
    states    every state that the words may speak of; more than those of the rows if a namesake has no row
    doubtful  a bare name, or an address of a kind that every town has, with nothing in the text that bears it out
    """

    phrase: Phrase
    rows: tuple[Courthouse, ...]
    states: frozenset[str]
    doubtful: bool = False

    def narrowed(self, told: Told, on: PartialDate | None) -> "Meaning":
        """Without what the caller's place or day leaves out. A told place bears out a doubtful name."""
        rows = tuple(row for row in self.rows if told.allows(row) and row.may_be_in_use(on))
        states = self.states if told.states is None else self.states & told.states
        return self._replace(rows=rows, states=states, doubtful=self.doubtful and not told)

    @property
    def settled(self) -> bool:
        """Whether nothing but the rows fits."""
        return bool(self.rows) and not self.doubtful and self.states <= {row.state for row in self.rows}

    @property
    def state(self) -> str | None:
        return next(iter(self.states)) if len(self.states) == 1 else None

    @property
    def county(self) -> str | None:
        if self.settled:
            return common(row.county for row in self.rows)
        phrase = self.phrase
        counties = {each.name for each in phrase.county or phrase.in_county if self.state in (None, each.state)}
        if (city := self._city_named) and self.state and (county := geography.county_of(city, self.state)):
            counties.add(county)
        return counties.pop() if len(counties) == 1 else None

    @property
    def city(self) -> str | None:
        """The city that the words name, else the building's; of New York City, the borough."""
        named = self._city_named
        if not self.settled or (named and all(is_in_city(row, spell(named)) for row in self.rows)):
            return named
        return common(_city_of(row) for row in self.rows)

    @property
    def _city_named(self) -> str | None:
        """The city by name, unless the state is another's."""
        places = self.phrase.city if self.phrase.city_name else self.phrase.in_city
        elsewhere = bool(places) and self.state is not None and all(place.state != self.state for place in places)
        return None if elsewhere else self.phrase.city_name or self.phrase.in_city_name

    @property
    def court_system(self) -> str | None:
        """None where the words leave it open."""
        if self.rows:
            return common(row.court_system for row in self.rows)
        return told_system(self.phrase, self.state)


def _city_of(row: Courthouse) -> str | None:
    return _BOROUGH_OF.get(row.county, row.city) if row.state == "NY" else row.city


def common(values: Iterable[str | None]) -> str | None:
    """The value they all have; None if they differ or there is none."""
    different = set(values)
    return different.pop() if len(different) == 1 else None


def told_system(phrase: Phrase, state: str | None) -> str | None:
    """The court system that the words alone give."""
    systems = court_words().systems
    told = next((systems[kind] for kind in phrase.kinds if kind in systems), None)
    if told in ("eoir", "federal_article_iii"):
        return told
    if state == "NY":
        return told or "ny_ucs"
    return "state_or_local" if state and not phrase.mixed else None


def meaning_of(phrase: Phrase, written: str, gazetteer: Gazetteer, context: Context) -> Meaning:
    """What a phrase may mean in its text. `written` is the phrase as the text has it."""
    rows = _spelled(phrase) or _by_area(phrase, gazetteer)
    if phrase.namings and _is_description(phrase, rows, written):
        rows = tuple(dict.fromkeys((*rows, *_by_area(phrase, gazetteer, every=True))))
    rows = _at_place(rows, phrase, gazetteer)
    states = _states(phrase, rows, context)
    rows = _in_named_counties(tuple(row for row in rows if row.state in states), context)
    return Meaning(phrase=phrase, rows=rows, states=states, doubtful=_is_doubtful(phrase, rows, gazetteer, context))


def _spelled(phrase: Phrase) -> tuple[Courthouse, ...]:
    return tuple(dict.fromkeys(naming.courthouse for naming in phrase.namings))


def _by_area(phrase: Phrase, gazetteer: Gazetteer, *, every: bool = False) -> tuple[Courthouse, ...]:
    """Rows of the county or city named, as far as the kinds of court allow. A building's own name has only its row."""
    if (phrase.mixed and not phrase.streets) or (phrase.name and not phrase.county and not phrase.city):
        return ()
    index = rows_of(gazetteer)
    if phrase.city or phrase.county:
        # "Worcester Superior Court" may be the city's or the county's.
        both = (*index.in_cities(phrase.city, phrase.city_name), *index.in_counties(phrase.county))
        rows = tuple(dict.fromkeys(both))
    elif phrase.in_city_name or phrase.in_county:
        rows = index.in_cities(phrase.in_city, phrase.in_city_name) or index.in_counties(phrase.in_county)
    else:
        rows = phrase.streets
    rows = tuple(row for row in rows if phrase.mixed or may_hold(row, phrase.kinds))
    if phrase.kinds and not phrase.street:
        rows = tuple(row for row in rows if not _APPELLATE.issuperset(row.kinds))  # hears nobody who is to appear
    if "county" in phrase.kinds and not every:
        return tuple(row for row in rows if is_of_county(row)) or rows
    return rows


def _is_description(phrase: Phrase, rows: tuple[Courthouse, ...], written: str) -> bool:
    """Whether "the Kings County courthouse" describes rather than names.

    Where a county's courts sit apart by subject, a small c leaves open which of its buildings is meant.
    """
    one_use = all(len(row.uses) == 1 for row in rows)
    only_county = phrase.head == "courthouse" and phrase.kinds == ("county",) and bool(phrase.county)
    return only_county and one_use and written.endswith("courthouse")


def _at_place(rows: tuple[Courthouse, ...], phrase: Phrase, gazetteer: Gazetteer) -> tuple[Courthouse, ...]:
    """Of the rows, those at the street, city or county that follows the name, if any are there."""
    if phrase.street:
        there = tuple(row for row in rows if row in phrase.streets)
        # A street that no row stands on is another building, unless the name is in the gazetteer.
        rows = there or (rows if phrase.namings or phrase.streets else ())
    if phrase.in_city_name or phrase.in_county:
        index = rows_of(gazetteer)
        near = index.in_cities(phrase.in_city, phrase.in_city_name) or index.in_counties(phrase.in_county)
        rows = tuple(row for row in rows if row in near) or rows
    return rows


def sure_states(phrases: Iterable[Phrase], gazetteer: Gazetteer) -> frozenset[str]:
    """The states of those courts whose own words leave only one: they tell where the text is about."""
    sure: set[str] = set()
    open_to: list[frozenset[str]] = []
    for phrase in phrases:
        rows = _spelled(phrase) or _by_area(phrase, gazetteer)
        states = _own_states(phrase, rows)
        if len(states) == 1 and all(naming.how == "name" for naming in phrase.namings):
            sure |= states
        elif states and states not in open_to:
            open_to.append(states)
    # "Portland courthouse" and "Cumberland County" in one text have only Maine in common.
    both = frozenset.intersection(*open_to) if len(open_to) > 1 else frozenset()
    return frozenset(sure) or (both if len(both) == 1 else frozenset())


def _states(phrase: Phrase, rows: tuple[Courthouse, ...], context: Context) -> frozenset[str]:
    """The states that the words may speak of. What stands right beside the name decides before the rest of the text."""
    possible = _own_states(phrase, rows)
    return (possible & context.states or possible) if len(possible) > 1 else possible


def _own_states(phrase: Phrase, rows: tuple[Courthouse, ...]) -> frozenset[str]:
    if phrase.state:
        return frozenset({phrase.state})
    namesakes = {place.state for place in (*phrase.county, *phrase.city) if _may_be_so_called(place.state, phrase)}
    named = frozenset({row.state for row in rows} | namesakes)
    around = frozenset(place.state for place in (*phrase.in_county, *phrase.in_city))
    return (named & around or named or around) if phrase.name or phrase.namings else named | around


def _may_be_so_called(state: str, phrase: Phrase) -> bool:
    """Whether a state may have such a court. Written small ("criminal court"), any court may be called so."""
    kinds = court_words().kinds
    return not phrase.formal or all(geography.may_have(state, kinds.get(kind, ())) for kind in phrase.kinds)


def _in_named_counties(rows: tuple[Courthouse, ...], context: Context) -> tuple[Courthouse, ...]:
    """Of rows in several counties, those in counties that the text names, if any: never a choice within one county."""
    if len({(row.county, row.state) for row in rows}) < 2:
        return rows
    return tuple(row for row in rows if (spell(row.county), row.state) in context.counties) or rows


def _is_doubtful(phrase: Phrase, rows: tuple[Courthouse, ...], gazetteer: Gazetteer, context: Context) -> bool:
    """Whether a bare name or an address is not borne out by the text; other names stand by themselves."""
    hows = {naming.how for naming in phrase.namings}
    if "bare" in hows or ("address" in hows and _is_common_street(rows, gazetteer)):
        return phrase.state is None and not all(row.state in context.states for row in rows)
    return hows == {"address"} and bool(context.states) and not any(row.state in context.states for row in rows)


def _is_common_street(rows: tuple[Courthouse, ...], gazetteer: Gazetteer) -> bool:
    streets = names_of(gazetteer).streets
    for row in rows:
        street = spell(row.street or "")
        named = streets.exactly(street[1:]) or streets.exactly(street[2:])
        if len({other.city for other in named}) > 1:
            return True
    return False
