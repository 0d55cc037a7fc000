"""The vocabulary and the named conditions, read from their files."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from portico.policy.compiling import Compiler
from portico.policy.conditions import Condition
from portico.policy.fields import Fields, choice, read_fields
from portico.policy.vocabulary import PLACE_ATTRIBUTES, LegalFact, Vocabulary


def read_vocabulary(file: Path, vague_file: Path) -> Vocabulary:
    """The vocabulary, and which of its values are vague. Raises RuleError."""
    fields = read_fields(file)
    systems = _court_systems(fields.block("place"))
    tested = {name: _fact(name, block, tested=True) for name, block in fields.block("facts").named_blocks()}
    recorded = fields.block("recorded_but_tested_by_no_rule").named_blocks()
    untested = {name: _fact(name, block, tested=False) for name, block in recorded}
    fields.done()
    facts = {**tested, **untested}
    vague = _vague(read_fields(vague_file), facts)
    return Vocabulary(facts={**facts, **vague}, court_systems=systems)


def read_named_conditions(file: Path, vocabulary: Vocabulary) -> Mapping[str, Condition]:
    """The conditions that rules share, in the order of the file; each may read those above it. Raises RuleError."""
    fields = read_fields(file)
    named: dict[str, Condition] = {}
    compiler = Compiler(vocabulary=vocabulary, named=named)
    for name in fields.names:
        named[name] = compiler.condition(fields.take(name), fields.at.key(name))
    return named


def _court_systems(fields: Fields) -> tuple[str, ...]:
    systems: tuple[str, ...] = ()
    for name, block in fields.named_blocks():
        choice(name, ("country", *PLACE_ATTRIBUTES), block.at)
        values = block.texts("values")
        block.maybe_text("type")
        block.maybe_text("note")
        block.done()
        systems = values if name == "court_system" else systems
    return systems


def _fact(name: str, fields: Fields, *, tested: bool) -> LegalFact:
    values = _values(fields)
    fact = LegalFact(
        name=name,
        values=values,
        several=fields.flag("multi"),
        presume=fields.maybe_choice("presume", values),
        asks=fields.maybe_text("asks"),
        note=fields.maybe_text("note"),
        tested=tested,
    )
    fields.done()
    return fact


def _values(fields: Fields) -> tuple[str, ...]:
    """The codes; none for a number, which says `type: number` instead."""
    if fields.has("type"):
        fields.choice("type", ("number",))
        return ()
    values = fields.texts("values")
    if not values or len(set(values)) < len(values) or "unknown" in values:
        raise fields.at.key("values").problem(f"[{', '.join(values)}]", "the codes, each once, without `unknown`")
    return values


def _vague(fields: Fields, facts: Mapping[str, LegalFact]) -> dict[str, LegalFact]:
    """The facts that have vague values, with them."""
    found = {}
    for name, block in fields.named_blocks():
        fact = facts[choice(name, facts, block.at)]
        may_be = {}
        for value in block.names:
            at = block.at.key(choice(value, fact.values, block.at.key(value)))
            may_be[value] = tuple(choice(each, fact.values, at.item(n)) for n, each in enumerate(block.items(value)))
        found[name] = replace(fact, vague=may_be)
    return found


def fact_named(fields: Fields, key: str, vocabulary: Vocabulary) -> LegalFact:
    """The fact that a key names. Raises RuleError."""
    return vocabulary.facts[choice(fields.take(key), vocabulary.facts, fields.at.key(key))]
