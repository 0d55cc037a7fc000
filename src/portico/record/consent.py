"""Consent: what somebody allows to be done with what they told, by purpose and day, and when who they are must go."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

Purpose = Literal["representation", "statistics", "story", "media"]
Consenting = Literal["given", "refused", "withdrawn"]

PURPOSES: tuple[Purpose, ...] = get_args(Purpose)
ANSWERS: tuple[Consenting, ...] = get_args(Consenting)
NAMING: frozenset[Purpose] = frozenset({"representation", "story", "media"})
"""The purposes for which it is kept who somebody is. A count needs nobody's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """What somebody said about one purpose.

    on     the local day on which they said it
    until  the last day it holds; None = until they say otherwise
    """

    purpose: Purpose
    answer: Consenting
    on: date
    until: date | None = None

    def holds(self, on: date) -> bool:
        """Whether it allows the purpose on that day."""
        return self.answer == "given" and self.on <= on and (self.until is None or on <= self.until)


def allows(consents: Iterable[Consent], purpose: Purpose, on: date) -> bool:
    """Whether the consents that stand, one for each purpose, allow it that day. Nothing said allows nothing."""
    return any(each.purpose == purpose and each.holds(on) for each in consents)


def due_since(consents: Iterable[Consent]) -> date | None:
    """The first day on which nothing that stands keeps who somebody is; None while something does, or nothing ended it.

    consents  those that stand, one for each purpose

    It ends with the last day of the last purpose, with a withdrawal at once, and never begins for whom one is told not
    to represent. A refused story alone ends nothing: nobody was asked about the rest.
    """
    naming = [each for each in consents if each.purpose in NAMING]
    if any(each.answer == "given" and each.until is None for each in naming):
        return None
    ends = [each.until + timedelta(days=1) for each in naming if each.answer == "given" and each.until]
    ends += [each.on for each in naming if each.answer == "withdrawn"]
    ends += [each.on for each in naming if each.answer == "refused" and each.purpose == "representation"]
    return max(ends, default=None)
