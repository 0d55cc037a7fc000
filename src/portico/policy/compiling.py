"""Conditions as the data writes them → conditions that can be asked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from portico.facts import truth
from portico.policy.conditions import AllOf, AnyOf, AtMost, Condition, Const, HasAny, IsOneOf, LocalLaw, Not, Ref
from portico.policy.errors import At
from portico.policy.fields import Fields, choice
from portico.policy.vocabulary import LegalFact, Vocabulary

_FORMS = "{fact: ..}, {all: [..]}, {any: [..]}, {not: ..}, {const: ..}, {ref: ..} or {local_law: none_inconsistent}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiler:
    """Compiles conditions against a vocabulary and the named conditions read before."""

    vocabulary: Vocabulary
    named: Mapping[str, Condition]

    def condition(self, raw: object, at: At) -> Condition:
        """Raises RuleError, naming the key, for an unknown form, fact, value or name."""
        block = Fields(raw, at)
        forms: dict[str, Callable[[Fields], Condition]] = {
            "fact": self._test,
            "all": lambda fields: AllOf(self._several(fields, "all")),
            "any": lambda fields: AnyOf(self._several(fields, "any")),
            "not": lambda fields: Not(self.condition(fields.take("not"), at.key("not"))),
            "const": lambda fields: Const(truth(fields.flag("const"))),
            "ref": self._ref,
            "local_law": _local_law,
        }
        form = next((form for form in forms if block.has(form)), None)
        if form is None:
            raise at.problem(f"the keys {', '.join(block.names) or 'none'}", f"a condition: {_FORMS}")
        found = forms[form](block)
        block.done()
        return found

    def _several(self, fields: Fields, key: str) -> tuple[Condition, ...]:
        at = fields.at.key(key)
        conditions = tuple(self.condition(each, at.item(n)) for n, each in enumerate(fields.items(key)))
        if not conditions:
            raise at.problem("an empty list", "at least one condition")
        return conditions

    def _ref(self, fields: Fields) -> Condition:
        name = choice(fields.take("ref"), self.named, fields.at.key("ref"))
        return Ref(name, self.named[name])

    def _test(self, fields: Fields) -> Condition:
        name = choice(fields.take("fact"), self.vocabulary.facts, fields.at.key("fact"))
        fact = self.vocabulary.facts[name]
        if not fact.tested:
            raise fields.at.key("fact").error(name, "a fact that rules may test; this one is only recorded")
        if fact.is_number:
            return AtMost(name, _number(fields, "lte"))
        if fact.several:
            return HasAny(name, _values(fields, "has_any", fact), _values(fields, "maybe_any", fact, optional=True))
        return IsOneOf(name, _values(fields, "in", fact), _values(fields, "maybe", fact, optional=True))


def _local_law(fields: Fields) -> Condition:
    fields.choice("local_law", ("none_inconsistent",))
    return LocalLaw()


def _values(fields: Fields, key: str, fact: LegalFact, *, optional: bool = False) -> frozenset[str]:
    if not optional and not fields.has(key):
        raise fields.at.problem(
            f"the keys {', '.join(fields.names) or 'none'}", f"the key {key} for the fact {fact.name}"
        )
    at = fields.at.key(key)
    return frozenset(choice(value, fact.values, at.item(n)) for n, value in enumerate(fields.items(key)))


def _number(fields: Fields, key: str) -> float:
    found = fields.take(key)
    if not isinstance(found, int | float):
        raise fields.at.key(key).error(found, "a number")
    return float(found)
