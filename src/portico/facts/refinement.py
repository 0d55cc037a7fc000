"""Which codes say less than others: `inside_unspecified` may be the hallway, "ICE" may be its investigators.

Two kinds, because a count treats them differently. A code that is *left open* names no place or agency of its own: it
is one of several. A *whole* is a code of its own right that also fits what another source says of one of its parts.
"""

from collections.abc import Mapping
from types import MappingProxyType

_LEFT_OPEN: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "zone": {
        "inside_unspecified": ("courtroom", "hallway", "lobby", "elevator", "nonpublic_area"),
        "outside_unspecified": ("entrance", "parking", "street_vicinity"),
    },
    "agency": {"federal_unspecified": ("ice", "hsi", "cbp")},
    "court_system": {"state_or_local": ("ny_ucs", "ny_town_village")},
}

# HSI is a component of ICE; a domestic violence case is also called a criminal case; who was released or moved had
# been taken, so a report of the taking does not speak against a later one.
_WHOLES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "agency": {"ice": ("hsi",)},
    "proceeding": {"criminal": ("domestic_violence",)},
    "custody_outcome": {"taken": ("released", "transferred")},
}

LEFT_OPEN: Mapping[str, Mapping[str, tuple[str, ...]]] = MappingProxyType(_LEFT_OPEN)


def left_open(attribute: str, code: object) -> tuple[str, ...]:
    """The codes that a code leaves open, without itself; none if it says which.

    >>> left_open("agency", "federal_unspecified")
    ('ice', 'hsi', 'cbp')
    """
    return _LEFT_OPEN.get(attribute, {}).get(str(code), ())


def covers(attribute: str, coarse: object, fine: object) -> bool:
    """Whether whoever says `fine` also says `coarse`: they are equal, or `coarse` says the same less exactly."""
    parts = (*left_open(attribute, coarse), *_WHOLES.get(attribute, {}).get(str(coarse), ()))
    return coarse == fine or fine in parts


def compatible(attribute: str, one: object, other: object) -> bool:
    """Whether two codes may both be right of one event.

    >>> compatible("zone", "inside_unspecified", "hallway"), compatible("zone", "lobby", "hallway")
    (True, False)
    """
    return covers(attribute, one, other) or covers(attribute, other, one)
