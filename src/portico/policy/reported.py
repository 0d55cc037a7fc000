"""The small table between two vocabularies: what a reported code says in the terms that rules turn on."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

from portico.policy.vocabulary import Answer

Codes = Mapping[str, tuple[str, ...]]  # reported attribute → the codes still possible; not there = nobody tells


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """One reported attribute → one legal fact. A code with no values says nothing about the fact."""

    reported: str
    legal: str
    values: Mapping[str, tuple[Answer, ...]]

    @property
    def reads(self) -> tuple[str, ...]:
        return (self.reported,)

    def answers(self, codes: Codes) -> tuple[Answer, ...]:
        """Every value that any possible code allows; none as soon as one of the codes says nothing."""
        allowed = [self.values.get(code, ()) for code in codes.get(self.reported, ())]
        return tuple(dict.fromkeys(answer for each in allowed for answer in each)) if all(allowed) else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Combination:
    """Several reported codes that together say one legal value, unless another code is reported."""

    value: Answer
    when: Mapping[str, frozenset[str]]
    unless: Mapping[str, frozenset[str]]

    def says(self, chosen: Mapping[str, str]) -> bool:
        return all(chosen.get(a) in codes for a, codes in self.when.items()) and not any(
            chosen.get(a) in codes for a, codes in self.unless.items()
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """A legal fact that follows from several reported attributes at once: the first combination that fits."""

    legal: str
    combinations: tuple[Combination, ...]

    @property
    def reads(self) -> tuple[str, ...]:
        named = (name for each in self.combinations for part in (each.when, each.unless) for name in part)
        return tuple(dict.fromkeys(named))

    def answers(self, codes: Codes) -> tuple[Answer, ...]:
        """The values that some choice among the possible codes says; none as soon as one choice says nothing."""
        told = [(name, codes[name]) for name in self.reads if codes.get(name)]
        said = [
            self._value(dict(zip((name for name, _ in told), chosen, strict=True)))
            for chosen in product(*(possible for _, possible in told))
        ]
        return () if None in said else tuple(dict.fromkeys(value for value in said if value is not None))

    def _value(self, chosen: Mapping[str, str]) -> Answer | None:
        return next((each.value for each in self.combinations if each.says(chosen)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedTable:
    """The whole table, in the order of the data."""

    translations: tuple[Translation | Together, ...]

    def recordable(self, legal: str) -> Mapping[str, str]:
        """The values of a legal fact that a person can report in a code of the same name → the reported attribute.

        A value that a code only allows (a hallway is public, and so is a lobby) is not among them: it is more than the
        person said.
        """
        return {
            code: each.reported
            for each in self.translations
            if isinstance(each, Translation) and each.legal == legal
            for code, answers in each.values.items()
            if len(answers) == 1 and code in (answers[0] if isinstance(answers[0], frozenset) else (answers[0],))
        }
