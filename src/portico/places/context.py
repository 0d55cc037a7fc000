"""Context: where a text is about, told by the caller or named in the text itself."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from portico.places import geography
from portico.places.areas import Area, areas_in
from portico.places.courthouse import Courthouse
from portico.places.geography import BOROUGHS
from portico.places.spelling import Word, spell

COUNTY_OF_BOROUGH = {spell(borough): spell(county) for borough, county in BOROUGHS.items()}
NEW_YORK = frozenset({("new", "york"), ("new", "york", "city")})


@dataclass(frozen=True, slots=True)
class Told:
    """What the caller knows of the place; it only narrows. states None = nothing; county, city as common word forms."""

    states: frozenset[str] | None = None
    county: tuple[str, ...] = ()
    city: tuple[str, ...] = ()

    @classmethod
    def by(
        cls, state: str | None, county: str | None = None, city: str | None = None, aor: str | None = None
    ) -> "Told":
        """From the words of a caller. A state that is none and an unknown area of responsibility tell nothing."""
        states = [frozenset({code})] if state and (code := geography.usps(state)) else []
        if aor and (covered := geography.states_of(aor)):
            states.append(covered)
        name = geography.short_county(county.strip()) if county else ""
        return cls(frozenset.intersection(*states) if states else None, spell(name), spell(city or ""))

    def __bool__(self) -> bool:
        return self.states is not None or bool(self.county or self.city)

    def allows(self, row: Courthouse) -> bool:
        """Whether a courthouse may be meant."""
        return (
            (self.states is None or row.state in self.states)
            and self.county in ((), spell(row.county))
            and (not self.city or is_in_city(row, self.city))
        )


class Context:
    """The areas a text names, looked up only when a court needs them; what the caller tells goes before.

    found    the words of the text
    courts   first and last words of the courts named in it, half-open, in order and apart. A court's own name bears
             nothing out: that Middlesex is a town of New Jersey does not put Middlesex Superior Court there.
    sure     states of the courts whose own words leave only one
    """

    def __init__(
        self,
        found: Sequence[Word],
        courts: Sequence[tuple[int, int]] = (),
        sure: Callable[[], frozenset[str]] = frozenset,
        told: Told | None = None,
    ) -> None:
        self._found, self._courts, self._sure, self._told = found, courts, sure, told or Told()

    @cached_property
    def states(self) -> frozenset[str]:
        if self._told.states is not None:
            return self._told.states
        return self._sure() | frozenset(area.state for area in self.areas if area.state)

    @cached_property
    def counties(self) -> frozenset[tuple[tuple[str, ...], str]]:
        """Counties named, and those of the cities named, each with its state."""
        return frozenset((spell(area.county), area.state) for area in self.areas if area.county and area.state)

    @cached_property
    def named(self) -> tuple[Area, ...]:
        """Every area that the text names, those in the names of courts too."""
        return areas_in(self._found)

    @cached_property
    def areas(self) -> tuple[Area, ...]:
        """The areas that it is about."""
        starts = [self._found[first].start for first, _ in self._courts]
        ends = [self._found[stop - 1].end for _, stop in self._courts]

        def is_court(area: Area) -> bool:
            nearest = bisect_left(starts, area.end) - 1  # courts are in order and apart
            return nearest >= 0 and ends[nearest] > area.start

        return tuple(area for area in self.named if not is_court(area))


def is_in_city(row: Courthouse, city: tuple[str, ...]) -> bool:
    """Whether a courthouse is in a city, the boroughs of New York being parts of it and counties of another name."""
    if city in COUNTY_OF_BOROUGH and row.state == "NY":
        return spell(row.county) == COUNTY_OF_BOROUGH[city]
    if city in NEW_YORK and row.state == "NY":
        return row.county in BOROUGHS.values()
    return row.city is not None and spell(row.city) == city
