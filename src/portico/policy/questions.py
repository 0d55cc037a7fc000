"""Questions: what could still be learnt about a provision, and the replies that make a difference to it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from portico.facts import PartialDate, Result, Truth, all_true
from portico.policy.conditions import AtMost, FactTest, World
from portico.policy.evaluating import Bound, judge, local_law, reach
from portico.policy.period import telling_days
from portico.policy.place import Place
from portico.policy.rules import Rule, RuleBook
from portico.policy.vocabulary import PLACE_ATTRIBUTES, Answer, Known, LegalFact

_ANY_DAY = PartialDate("XXXX")
_ELSEWHERE = "(any other)"  # stands for every value that no rule names

# Of an attribute of the place: what each rule makes of a value, by rule id.
Matches = Mapping[str, Truth]


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply, standing for every reply with the same effect.

    answer  a value of the fact, or what each rule makes of a value of the place
    weight  how many values of the vocabulary it stands for; 0 for several values at once
    """

    answer: Answer | Matches
    weight: int


@dataclass(frozen=True, slots=True)
class Question:
    """A fact or an attribute of the place that is not settled, with the replies that differ for a provision."""

    name: str
    replies: tuple[Reply, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """A provision whose result is open.

    barring  the provisions that it looks at as local law; empty unless it does
    known    what is known, presumptions with it
    reach    rule id → attribute of the place → whether it matches
    """

    bound: Bound
    barring: tuple[Bound, ...]
    known: Known
    reach: Mapping[str, Mapping[str, Truth]]

    @property
    def relevant(self) -> tuple[Bound, ...]:
        return (self.bound, *self.barring)

    @property
    def rules(self) -> tuple[Rule, ...]:
        return tuple({each.rule.id: each.rule for each in self.relevant}.values())

    def result(self, replies: Mapping[str, Reply]) -> Result:
        """The result once the replies are known."""
        told = {name: reply.answer for name, reply in replies.items()}
        facts: Known = {name: (answer,) for name, answer in told.items() if not isinstance(answer, Mapping)}
        known = {**self.known, **facts}
        placed = {name: answer for name, answer in told.items() if isinstance(answer, Mapping)}
        law = local_law([self._placed(each, placed) for each in self.barring], known)
        return judge(self._placed(self.bound, placed), World(known, law))

    def _placed(self, bound: Bound, placed: Mapping[str, Matches]) -> Bound:
        if not placed:
            return bound
        parts = {**self.reach[bound.rule.id], **{name: matches[bound.rule.id] for name, matches in placed.items()}}
        return Bound(bound.rule, bound.provision, all_true(parts.values()))


def open_provision(bound: Bound, provisions: Iterable[Bound], known: Known, place: Place, book: RuleBook) -> Open:
    barring = (
        tuple(each for each in provisions if each.provision.bars_action) if bound.provision.reads_local_law else ()
    )
    rules = {each.rule.id: each.rule for each in (bound, *barring)}
    matched = {rule_id: reach(rule, place, book) for rule_id, rule in rules.items()}
    return Open(bound=bound, barring=barring, known=known, reach=matched)


def questions(about: Open, place: Place, book: RuleBook) -> tuple[Question, ...]:
    """Everything not settled that the provision reads, in the order of the vocabulary; the place last."""
    tests: dict[str, list[FactTest]] = {}
    for each in about.relevant:
        for condition in (each.rule.applies_if, *each.provision.conditions):
            for test in condition.tests:
                tests.setdefault(test.fact, []).append(test)
    facts = [
        _about_fact(fact, tests[fact.name], about.known)
        for fact in book.vocabulary.facts.values()
        if fact.name in tests
    ]
    placed = [_about_place(name, about, place, book) for name in PLACE_ATTRIBUTES]
    return tuple(question for question in (*facts, *placed) if question.replies)


# ------------------------------------------------------------------ facts


def _about_fact(fact: LegalFact, tests: list[FactTest], known: Known) -> Question:
    """The question, without replies when it is settled or every reply would leave its tests unknown."""

    def effect(answer: Answer) -> tuple[Truth, ...]:
        return tuple(test.of(answer) for test in tests)

    by_effect: dict[tuple[Truth, ...], tuple[Answer, int]] = {}
    for answer in _unsettled(fact, tests, known.get(fact.name, ())):
        first, weight = by_effect.get(effect(answer), (answer, 0))
        by_effect[effect(answer)] = (first, weight + 1)
    for joint in _joint([answer for answer, _ in by_effect.values() if isinstance(answer, frozenset)]):
        by_effect.setdefault(effect(joint), (joint, 0))
    if all(set(effects) <= {Truth.UNKNOWN} for effects in by_effect):
        return Question(fact.name, ())
    return Question(fact.name, tuple(Reply(answer, weight) for answer, weight in by_effect.values()))


def _unsettled(fact: LegalFact, tests: Iterable[FactTest], known: tuple[Answer, ...]) -> Iterable[Answer]:
    """What it may turn out to be; nothing when it is settled."""
    if len(known) == 1:
        return _refined(fact, known[0])
    if known:
        return known
    if fact.is_number:
        limits = {test.limit for test in tests if isinstance(test, AtMost)}
        return sorted({number for limit in limits for number in (limit, limit + 1)})
    return [frozenset((value,)) for value in fact.values] if fact.several else fact.values


def _refined(fact: LegalFact, answer: Answer) -> tuple[Answer, ...]:
    """What a vague answer may turn out to be; of several values at once, what may be true besides, or nothing more."""
    if not isinstance(answer, frozenset):
        return fact.vague.get(str(answer), ())
    more = {may_be for value in answer for may_be in fact.vague.get(value, ())} - answer
    return (answer, *(answer | {each} for each in sorted(more))) if more else ()


def _joint(answers: list[frozenset[str]]) -> Iterable[frozenset[str]]:
    """Several values at once: they may pass together tests that none passes alone."""
    return (frozenset().union(*chosen) for size in range(2, len(answers) + 1) for chosen in combinations(answers, size))


# ------------------------------------------------------------------ place


def _about_place(name: str, about: Open, place: Place, book: RuleBook) -> Question:
    """The question, without replies when it is settled or no rule needs it."""
    needed = any(matched.get(name) is Truth.UNKNOWN for matched in about.reach.values())
    values = (_days(about, place, book) if name == "date" else _values(name, about, place, book)) if needed else []
    by_effect: dict[tuple[Truth, ...], tuple[Matches, int]] = {}
    for matches in values:
        first, weight = by_effect.get(tuple(matches.values()), (matches, 0))
        by_effect[tuple(matches.values())] = (first, weight + 1)
    return Question(name, tuple(Reply(matches, weight) for matches, weight in by_effect.values()))


def _days(about: Open, place: Place, book: RuleBook) -> Iterable[Matches]:
    """What the rules make of each day it may be; nothing when the day is known."""
    if len(place.dates) == 1 and place.dates[0].day:
        return []
    days = telling_days(place.dates or (_ANY_DAY,), book.turns)
    return [{rule.id: rule.period.in_force(day) for rule in about.rules} for day in days]


def _values(name: str, about: Open, place: Place, book: RuleBook) -> Iterable[Matches]:
    """What the rules make of each value it may have; nothing when the value is known."""
    possible = place.possible(name)
    if len(possible) == 1:
        return []
    named = {value for rule in about.rules for value in rule.jurisdiction.named.get(name, frozenset())}
    if not possible:
        possible = book.vocabulary.court_systems if name == "court_system" else (*sorted(named), _ELSEWHERE)
    return [{rule.id: _match(rule, name, value) for rule in about.rules} for value in possible]


def _match(rule: Rule, name: str, value: str) -> Truth:
    return rule.jurisdiction.matches(name, (value,)) if name in rule.jurisdiction.named else Truth.TRUE
