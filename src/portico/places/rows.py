"""Rows: the courthouses of a county or city, and whether one may be what the words say."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from portico.places.context import COUNTY_OF_BOROUGH, NEW_YORK
from portico.places.court_words import court_words
from portico.places.courthouse import Courthouse
from portico.places.gazetteer import Gazetteer
from portico.places.geography import Place
from portico.places.spelling import spell


class RowIndex:
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
        """Rows in any of the cities; by the name alone where the cities are not known."""
        city = spell(name or "")
        if city in COUNTY_OF_BOROUGH:
            return tuple(self._counties.get((COUNTY_OF_BOROUGH[city], "NY"), ()))
        if city in NEW_YORK:
            city = ("new", "york")
        states = {place.state for place in cities}
        return tuple(row for row in self._cities.get(city, ()) if not states or row.state in states)


@lru_cache(maxsize=4)
def rows_of(gazetteer: Gazetteer) -> RowIndex:
    """The index of a gazetteer, made once for each."""
    return RowIndex(gazetteer.courthouses)


def may_hold(row: Courthouse, kinds: Sequence[str]) -> bool:
    """Whether a building may hold the courts that the words name: each kind named is heard there."""
    say = court_words()
    systems = {say.systems[kind] for kind in kinds if kind in say.systems}
    if systems & {"eoir", "federal_article_iii"}:
        if row.court_system not in systems:
            return False
    elif row.court_system == "eoir" or (row.court_system == "federal_article_iii" and kinds):
        return False
    return all(not say.kinds.get(kind) or say.kinds[kind].intersection(row.kinds) for kind in kinds)


def is_of_county(row: Courthouse) -> bool:
    """Whether some name calls it a county courthouse."""
    return any(spelling.casefold().endswith("county courthouse") for spelling in row.spellings)
