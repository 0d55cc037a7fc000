"""The value: one building, in the period it is a courthouse."""

from dataclasses import dataclass
from typing import Literal

from portico.facts import PartialDate

Confidence = Literal["high", "medium", "low"]
CourtKind = Literal["criminal", "family", "civil", "traffic", "immigration", "mixed"]

# What a subject of the gazetteer says of the use of the building. Levels (superior, district, …) say nothing of it.
_USE: dict[str, CourtKind] = {
    "criminal": "criminal",
    "supreme_criminal": "criminal",
    "family": "family",
    "juvenile": "family",
    "civil": "civil",
    "supreme_civil": "civil",
    "small_claims": "civil",
    "housing": "civil",
    "probate": "civil",
    "surrogate": "civil",
    "land": "civil",
    "traffic": "traffic",
    "domestic_violence": "mixed",
    "mental_health": "mixed",
    "problem_solving": "mixed",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Courthouse:
    """One building, in the period it is a courthouse. The columns are told in `data/README.md`.

    id              permanent: a renamed courthouse keeps it, and published counts refer to it
    kinds           levels and subjects of the courts that sit there
    county          Census spelling without "County" or "Parish"; state is the USPS code
    lat, lon        WGS84 degrees; None = not known
    court_system    whose rules bind there
    opened, closed  first day in use, first day no longer in use; None = not known, which excludes nothing
    """

    id: str
    name: str
    county: str
    state: str
    court_system: str
    aliases: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    street: str | None = None
    city: str | None = None
    zip: str | None = None
    lat: float | None = None
    lon: float | None = None
    source_url: str = ""
    confidence: Confidence = "low"
    opened: PartialDate | None = None
    closed: PartialDate | None = None

    def may_be_in_use(self, on: PartialDate | None) -> bool:
        """False only when it was certainly not a courthouse that day; of an unknown day: True."""
        if on is None:
            return True
        not_yet = self.opened is not None and on.last < self.opened.first
        return not (not_yet or self._was_closed(on))

    def _was_closed(self, on: PartialDate) -> bool:
        if self.closed is None:
            return False
        # A month or year of closing is some day of it, so it excludes no day of it.
        return self.closed.last < on.first or self.closed.day == on.first

    @property
    def court_kind(self) -> CourtKind | None:
        """What the whole building is used for, as a code of the vocabulary; None if the row does not say.

        One use only when every subject points that way and the row is more than common knowledge (README, Kinds).
        """
        if self.court_system == "eoir":
            return "immigration"
        if not self.uses or self.confidence == "low":
            return None
        return next(iter(self.uses)) if len(self.uses) == 1 else "mixed"

    @property
    def uses(self) -> frozenset[CourtKind]:
        """What the kinds say the building is used for, however sure the row is."""
        return frozenset(_USE[kind] for kind in self.kinds if kind in _USE)

    @property
    def spellings(self) -> tuple[str, ...]:
        """Name and aliases, each once."""
        return tuple(dict.fromkeys((self.name, *self.aliases)))
