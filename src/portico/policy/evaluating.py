"""Which rules are in force, and what each of their provisions says about the facts.

Evaluated as `data/README.md` says: three-valued, once with presumptions and once without, local law imported last.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from portico.facts import Finding, Result, Truth, all_true, any_true
from portico.policy.conditions import World
from portico.policy.period import in_force_on, telling_days
from portico.policy.place import Place
from portico.policy.rules import CONFIDENCES, Confidence, Provision, Rule, RuleBook, RuleException, lowest
from portico.policy.vocabulary import Known


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """The rules in force on a day and at a place: surely, or as far as is known. Neither depends on the facts."""

    certain: tuple[Rule, ...] = ()
    uncertain: tuple[Rule, ...] = ()

    @property
    def rules(self) -> tuple[Rule, ...]:
        return (*self.certain, *self.uncertain)


@dataclass(frozen=True, slots=True)
class Bound:
    """An evaluable provision of a rule that is in force, certainly (force TRUE) or perhaps (UNKNOWN)."""

    rule: Rule
    provision: Provision
    force: Truth


Results = Mapping[str, Result]  # provision id → result


def reach(rule: Rule, place: Place, book: RuleBook) -> Mapping[str, Truth]:
    """Whether the rule reaches the date, and each attribute of the place that it names."""
    days = telling_days(place.dates, book.turns)
    where = {name: rule.jurisdiction.matches(name, place.possible(name)) for name in rule.jurisdiction.named}
    return {"date": in_force_on(rule.period, days), **where}


def reaches(rule: Rule, place: Place) -> Truth:
    """Whether the rule reaches the place, on whatever day."""
    return all_true([rule.jurisdiction.matches(name, place.possible(name)) for name in rule.jurisdiction.named])


def force(rule: Rule, place: Place, book: RuleBook) -> Truth:
    """Whether the rule is in force at that place on that day: every part of its reach matches."""
    return all_true(reach(rule, place, book).values())


def in_force(place: Place, book: RuleBook) -> InForce:
    forces = [(rule, force(rule, place, book)) for rule in book.rules]
    return InForce(
        certain=tuple(rule for rule, how in forces if how is Truth.TRUE),
        uncertain=tuple(rule for rule, how in forces if how is Truth.UNKNOWN),
    )


def bound_by(rules: InForce) -> tuple[Bound, ...]:
    """Every provision that gets a result, in the order of the book."""
    certain = [Bound(rule, each, Truth.TRUE) for rule in rules.certain for each in rule.evaluable]
    uncertain = [Bound(rule, each, Truth.UNKNOWN) for rule in rules.uncertain for each in rule.evaluable]
    return (*certain, *uncertain)


def judge(bound: Bound, world: World, exceptions: Iterable[RuleException] | None = None) -> Result:
    """The answer of one provision. exceptions: those that count; None = all of them."""
    rule, provision = bound.rule, bound.provision
    counted = provision.exceptions if exceptions is None else tuple(exceptions)
    applies = all_true((bound.force, rule.applies_if.holds(world), provision.applies_if.holds(world)))
    satisfied = any_true([provision.satisfied_if.holds(world), *(each.when.holds(world) for each in counted)])
    if applies is Truth.FALSE:
        return Result.NOT_APPLICABLE
    if satisfied is Truth.TRUE:
        return Result.CONSISTENT
    broken = applies is Truth.TRUE and satisfied is Truth.FALSE
    return Result.INCONSISTENT if broken else Result.NOT_ENOUGH_KNOWN


def local_law(provisions: Iterable[Bound], known: Known) -> Truth:
    """Whether none of the provisions that bar the action itself is broken; true when there are none."""
    found = {judge(bound, World(known)) for bound in provisions if bound.provision.bars_action}
    if Result.INCONSISTENT in found:
        return Truth.FALSE
    return Truth.UNKNOWN if Result.NOT_ENOUGH_KNOWN in found else Truth.TRUE


def world_of(provisions: tuple[Bound, ...], known: Known) -> World:
    """What is known, local law with it."""
    return World(known, local_law(provisions, known))


def presume(known: Known, book: RuleBook) -> Known:
    """What is known, and what the book assumes of facts that nobody reports."""
    return {**book.presumed, **known}


def find(provisions: tuple[Bound, ...], known: Known, book: RuleBook) -> tuple[Finding, ...]:
    """A finding for every provision bound, in their order."""
    presumed = world_of(provisions, presume(known, book))
    plain = world_of(provisions, known)
    return tuple(_finding(bound, presumed, plain) for bound in provisions)


def _finding(bound: Bound, presumed: World, plain: World) -> Finding:
    provision, needed = bound.provision, bound.provision.facts_needed
    result = judge(bound, presumed)
    return Finding(
        rule=bound.rule.id,
        provision=provision.id,
        in_force="certain" if bound.force is Truth.TRUE else "uncertain",
        result=result,
        without_presumptions=judge(bound, plain),
        facts_used=tuple(fact for fact in needed if fact in plain.known),
        facts_open=tuple(fact for fact in needed if len(plain.known.get(fact, ())) > 1),
        facts_missing=tuple(fact for fact in needed if fact not in presumed.known),
        presumptions={
            fact: str(presumed.known[fact][0]) for fact in needed if fact in presumed.known.keys() - plain.known
        },
        bound_actor=provision.bound_actor,
        strength=provision.strength,
        confidence=_confidence(bound, presumed, result),
    )


def _confidence(bound: Bound, world: World, result: Result) -> Confidence:
    """The lowest confidence that the result rests on.

    An exception counts only where it decides: the result is tried with the surest exceptions first, and the level at
    which it already stands is the one it rests on.
    """
    own = lowest(bound.rule.confidence, bound.provision.confidence)

    def stands_at(level: Confidence) -> bool:
        sure = [each for each in bound.provision.exceptions if lowest(each.confidence or "high", level) == level]
        return judge(bound, world, sure) is result

    return lowest(own, next(level for level in CONFIDENCES if stands_at(level)))
