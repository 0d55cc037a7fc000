"""A phrase: words of a text that name a court, before any row is chosen."""

from typing import NamedTuple

from portico.places.courthouse import Courthouse
from portico.places.geography import Place
from portico.places.names import Naming


class Phrase(NamedTuple):
    """Words first:stop of the text.

    namings   rows that the words spell out (none: the grammar alone found it)
    name      the proper name before kinds and head, as common word forms; empty if none
    kinds     words such as "criminal", "county"; head "court", "courthouse", …
    formal    whether kinds and head are written as a name: "Criminal Court", not "criminal court"
    county    all counties of the name that the name is; city likewise; in_county, in_city those of the place after it
    state     the state given right after
    streets   rows on the street that is named
    mixed     the head alone does not make it a court ("federal building")
    """

    first: int
    stop: int
    head: str = ""
    name: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    formal: bool = False
    namings: tuple[Naming, ...] = ()
    county: tuple[Place, ...] = ()
    city: tuple[Place, ...] = ()
    city_name: str | None = None
    in_county: tuple[Place, ...] = ()
    in_city: tuple[Place, ...] = ()
    in_city_name: str | None = None
    state: str | None = None
    streets: tuple[Courthouse, ...] = ()
    street: bool = False
    mixed: bool = False

    @property
    def generic(self) -> bool:
        """Whether nothing in it says which court: "the courthouse", "family court"."""
        return not (self.namings or self.name or self.in_county or self.in_city_name or self.street)
