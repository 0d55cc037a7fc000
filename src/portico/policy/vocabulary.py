"""The legal vocabulary: the facts that rules turn on, their values and presumptions."""

from collections.abc import Mapping
from dataclasses import dataclass, field

# One possible value of a fact: a code, a number, or for a fact that holds several values at once the set of them.
Answer = str | float | frozenset[str]
# What is known: fact → the values possible; a fact that is not there is unknown.
Known = Mapping[str, tuple[Answer, ...]]

# The attributes of a place that rules may name, in the order a page asks for them.
PLACE_ATTRIBUTES = ("date", "state", "county", "court_system", "building", "ice_aor")


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalFact:
    """One coded fact.

    values   the codes it may take; empty for a number
    several  it holds several values at once (`multi` in the data)
    presume  the value assumed when nobody reports it; None = nothing is assumed
    asks     what to ask a person
    vague    value that names a kind → what it may turn out to be when somebody asks again
    tested   False for a fact worth recording that no rule reads
    """

    name: str
    values: tuple[str, ...] = ()
    several: bool = False
    presume: str | None = None
    asks: str | None = None
    note: str | None = None
    tested: bool = True
    vague: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def is_number(self) -> bool:
        return not self.values


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Every legal fact by name, in the order of the data, and the court systems that a place may belong to."""

    facts: Mapping[str, LegalFact]
    court_systems: tuple[str, ...]

    def presumed(self) -> Known:
        """What is assumed of facts that nobody reports."""
        return {fact.name: (fact.presume,) for fact in self.facts.values() if fact.presume is not None}
