"""What to ask next: the smallest sets of facts that close an open finding, and the facts that decide most."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations, product
from math import prod

from portico.facts import Finding, Result
from portico.policy.evaluating import Bound, presume
from portico.policy.place import Place
from portico.policy.questions import Open, Question, Reply, open_provision, questions
from portico.policy.rules import RuleBook
from portico.policy.vocabulary import PLACE_ATTRIBUTES, Known

# Larger sets than these are not looked for: nobody can ask five things of a witness to close one finding.
_MOST = 4
# Beyond this many open facts no set of four surely closes a finding in practice, and looking would take seconds.
_MANY = 10
_SAMPLE = 128


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """The smallest sets of facts that close one open finding. Each is in the order of the vocabulary.

    surely    whatever the answers are, the finding is closed then; empty when no set of up to four does that, because
              the law, a vague word of the rule or its dates stay open, and when more than ten facts are open
    possibly  some answers close it, others leave it open

    The facts are those not reported, those reported only as one of several, those reported in a vague word
    ("federal agents"), and the attributes of the place.
    """

    surely: tuple[tuple[str, ...], ...] = ()
    possibly: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What to ask next.

    facts    most deciding first: by the number of open findings that one answer is expected to close, every code of the
             vocabulary counting alike, a fact that closes only together with others sharing with them
    closing  provision → what closes it, for every open finding
    """

    facts: tuple[str, ...] = ()
    closing: Mapping[str, Closing] = field(default_factory=dict)


def ask(
    provisions: tuple[Bound, ...], found: tuple[Finding, ...], known: Known, place: Place, book: RuleBook
) -> Asking:
    """What would close the findings that are open."""
    presumed = presume(known, book)
    merit: dict[str, Fraction] = defaultdict(Fraction)
    closing: dict[str, Closing] = {}
    for bound, finding in zip(provisions, found, strict=True):
        if finding.result is Result.NOT_ENOUGH_KNOWN:
            about = open_provision(bound, provisions, presumed, place, book)
            sets = _Sets(about, questions(about, place, book))
            closing[finding.provision] = sets.closing()
            for fact, share in sets.shares(closing[finding.provision]).items():
                merit[fact] += share
    order = [*book.vocabulary.facts, *PLACE_ATTRIBUTES]
    facts = sorted((fact for fact in merit if merit[fact]), key=lambda fact: (-merit[fact], order.index(fact)))
    return Asking(facts=tuple(facts), closing=closing)


@dataclass(frozen=True, slots=True)
class _Sets:
    """The sets of questions about one open provision."""

    about: Open
    asked: tuple[Question, ...]

    def closing(self) -> Closing:
        return Closing(
            surely=_names(self._smallest(self._surely) if self._may_surely() else ()),
            possibly=_names(self._smallest(self._possibly)),
        )

    def shares(self, closing: Closing) -> Mapping[str, Fraction]:
        """Fact → the greatest share of replies that close, divided among the facts of the set."""
        by_name = {question.name: question for question in self.asked}
        shares: dict[str, Fraction] = defaultdict(Fraction)
        for names in {*closing.surely, *closing.possibly}:
            share = self._share(tuple(by_name[name] for name in names)) / len(names)
            for name in names:
                shares[name] = max(shares[name], share)
        return shares

    def _smallest(self, closes: Callable[[tuple[Question, ...]], bool]) -> tuple[tuple[Question, ...], ...]:
        for size in range(1, min(_MOST, len(self.asked)) + 1):
            found = tuple(chosen for chosen in combinations(self.asked, size) if closes(chosen))
            if found:
                return found
        return ()

    def _surely(self, asked: tuple[Question, ...]) -> bool:
        return all(self._closed(replies) for replies in _replies(asked))

    def _possibly(self, asked: tuple[Question, ...]) -> bool:
        return any(self._closed(replies) for replies in _replies(asked))

    def _may_surely(self) -> bool:
        """False when some replies to all questions leave it open: then no smaller set can be sure to close it."""
        return len(self.asked) <= _MANY and all(self._closed(replies) for replies in _spread(self.asked))

    def _share(self, asked: tuple[Question, ...]) -> Fraction:
        closed = sum(_weight(replies) for replies in _replies(asked) if self._closed(replies))
        return Fraction(closed, sum(map(_weight, _replies(asked))))

    def _closed(self, replies: Mapping[str, Reply]) -> bool:
        return self.about.result(replies) is not Result.NOT_ENOUGH_KNOWN


def _replies(asked: tuple[Question, ...]) -> Iterator[Mapping[str, Reply]]:
    """Every combination of replies."""
    names = [question.name for question in asked]
    return (dict(zip(names, chosen, strict=True)) for chosen in product(*(each.replies for each in asked)))


def _spread(asked: tuple[Question, ...]) -> Iterator[Mapping[str, Reply]]:
    """A fixed sample of combinations, spread over all of them (by a linear congruential sequence)."""
    state = 1
    for _ in range(_SAMPLE):
        chosen = {}
        for question in asked:
            state = (1103515245 * state + 12345) % 2**31
            chosen[question.name] = question.replies[(state >> 16) % len(question.replies)]
        yield chosen


def _weight(replies: Mapping[str, Reply]) -> int:
    return prod(reply.weight for reply in replies.values())


def _names(sets: tuple[tuple[Question, ...], ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(question.name for question in each) for each in sets)
