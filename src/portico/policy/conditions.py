"""Conditions: what a provision asks of the facts, as a tree of small immutable tests in Kleene's logic.

Every test reads all of its parts, without short cuts: the answer never depends on their order.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass

from portico.facts import Truth, all_true, any_true, same_for_all, truth
from portico.policy.vocabulary import Answer, Known


@dataclass(frozen=True, slots=True)
class World:
    """What a condition may ask of.

    known      fact → its possible values
    local_law  whether no other provision that bars the action is broken
    """

    known: Known
    local_law: Truth = Truth.UNKNOWN


class Condition(ABC):
    """A question with the answers true, false and unknown."""

    __slots__ = ()

    @abstractmethod
    def holds(self, world: World) -> Truth: ...

    @property
    def parts(self) -> tuple["Condition", ...]:
        """The conditions it is made of, in order."""
        return ()

    @property
    def tests(self) -> tuple["FactTest", ...]:
        """Every single test of a fact in it, in reading order."""
        return tuple(test for part in self.parts for test in part.tests)

    @property
    def facts(self) -> tuple[str, ...]:
        """Every fact it reads, each once, in reading order."""
        return tuple(dict.fromkeys(test.fact for test in self.tests))

    @property
    def reads_local_law(self) -> bool:
        return any(part.reads_local_law for part in self.parts)


@dataclass(frozen=True, slots=True)
class FactTest(Condition):
    """One test of one fact. Of several possible values each is tried; unless all agree the answer is unknown."""

    fact: str

    def holds(self, world: World) -> Truth:
        return same_for_all(self.of(answer) for answer in world.known.get(self.fact, ()))

    @abstractmethod
    def of(self, answer: Answer) -> Truth:
        """The answer if the fact surely has this value."""

    @property
    def tests(self) -> tuple["FactTest", ...]:
        return (self,)


@dataclass(frozen=True, slots=True)
class IsOneOf(FactTest):
    """`{fact, in, maybe}`: the value is among those the provision names; in `maybe` its wording is open."""

    named: frozenset[str]
    maybe: frozenset[str] = frozenset()

    def of(self, answer: Answer) -> Truth:
        if answer in self.named:
            return Truth.TRUE
        return Truth.UNKNOWN if answer in self.maybe else Truth.FALSE


@dataclass(frozen=True, slots=True)
class HasAny(FactTest):
    """`{fact, has_any, maybe_any}`: any of the values that the fact holds is named; the reported list is complete."""

    named: frozenset[str]
    maybe: frozenset[str] = frozenset()

    def of(self, answer: Answer) -> Truth:
        values = answer if isinstance(answer, frozenset) else frozenset((answer,))
        if values & self.named:
            return Truth.TRUE
        return Truth.UNKNOWN if values & self.maybe else Truth.FALSE


@dataclass(frozen=True, slots=True)
class AtMost(FactTest):
    """`{fact, lte}`: the number is not above the limit; in the unit of the fact."""

    limit: float

    def of(self, answer: Answer) -> Truth:
        return truth(isinstance(answer, int | float) and answer <= self.limit)


@dataclass(frozen=True, slots=True)
class AllOf(Condition):
    conditions: tuple[Condition, ...]

    @property
    def parts(self) -> tuple[Condition, ...]:
        return self.conditions

    def holds(self, world: World) -> Truth:
        return all_true([each.holds(world) for each in self.conditions])


@dataclass(frozen=True, slots=True)
class AnyOf(Condition):
    conditions: tuple[Condition, ...]

    @property
    def parts(self) -> tuple[Condition, ...]:
        return self.conditions

    def holds(self, world: World) -> Truth:
        return any_true([each.holds(world) for each in self.conditions])


@dataclass(frozen=True, slots=True)
class Not(Condition):
    condition: Condition

    @property
    def parts(self) -> tuple[Condition, ...]:
        return (self.condition,)

    def holds(self, world: World) -> Truth:
        return ~self.condition.holds(world)


@dataclass(frozen=True, slots=True)
class Const(Condition):
    always: Truth

    def holds(self, world: World) -> Truth:
        return self.always


@dataclass(frozen=True, slots=True)
class Ref(Condition):
    """A condition that several rules share, under the name it has in the data."""

    name: str
    condition: Condition

    @property
    def parts(self) -> tuple[Condition, ...]:
        return (self.condition,)

    def holds(self, world: World) -> Truth:
        return self.condition.holds(world)


@dataclass(frozen=True, slots=True)
class LocalLaw(Condition):
    """`{local_law: none_inconsistent}`: no provision that bars the action itself is broken."""

    def holds(self, world: World) -> Truth:
        return world.local_law

    @property
    def reads_local_law(self) -> bool:
        return True


TRUE = Const(Truth.TRUE)
