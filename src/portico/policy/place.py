"""Where and when: the place of a case, and whether a rule reaches it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from portico.facts import PartialDate, Truth, same_for_all


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What is known of where and when. None = unknown; a tuple = one of these, it is not known which.

    date          local day at the courthouse, as far as it is known
    state         USPS code
    county        name without the word County
    court_system  a code of the vocabulary
    building      id of the gazetteer
    ice_aor       area of responsibility of ICE's field office, as the rules write it (`san_francisco`)

    >>> Place(date=PartialDate("2019-05-14"), county="Kings County").possible("county")
    ('Kings',)
    """

    date: PartialDate | tuple[PartialDate, ...] | None = None
    state: str | tuple[str, ...] | None = None
    county: str | tuple[str, ...] | None = None
    court_system: str | tuple[str, ...] | None = None
    building: str | tuple[str, ...] | None = None
    ice_aor: str | tuple[str, ...] | None = None

    def possible(self, attribute: str) -> tuple[str, ...]:
        """The values an attribute other than the date may have, each once; none = unknown."""
        found: str | tuple[str, ...] | None = getattr(self, attribute)
        values = (found,) if isinstance(found, str) else found or ()
        return tuple(dict.fromkeys(v.removesuffix(" County") if attribute == "county" else v for v in values))

    @property
    def dates(self) -> tuple[PartialDate, ...]:
        """The dates it may be; none = unknown."""
        return (self.date,) if isinstance(self.date, PartialDate) else self.date or ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Jurisdiction:
    """Where a rule reaches. Only what it names is looked at.

    named                   attribute of the place → values reached
    disputed_court_systems  whether it reaches these is disputed
    """

    named: Mapping[str, frozenset[str]] = field(default_factory=dict)
    disputed_court_systems: frozenset[str] = frozenset()

    def matches(self, attribute: str, possible: Iterable[str]) -> Truth:
        """Whether one attribute matches: unknown if it is, if its values differ, or if the reach is disputed."""
        return same_for_all(self._matches(attribute, value) for value in possible)

    def _matches(self, attribute: str, value: str) -> Truth:
        if value in self.named[attribute]:
            return Truth.TRUE
        disputed = attribute == "court_system" and value in self.disputed_court_systems
        return Truth.UNKNOWN if disputed else Truth.FALSE
