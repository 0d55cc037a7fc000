"""The table from reported codes to legal facts, read from its file and checked against both vocabularies."""

from pathlib import Path

from portico.facts import ATTRIBUTES
from portico.policy.errors import At
from portico.policy.fields import Fields, choice, read_fields
from portico.policy.reported import Codes, Combination, ReportedTable, Together, Translation
from portico.policy.vocabulary import Answer, LegalFact, Vocabulary
from portico.policy.vocabulary_file import fact_named


def read_reported(file: Path, vocabulary: Vocabulary) -> ReportedTable:
    """Raises RuleError for an attribute, code, fact or value that neither vocabulary knows."""
    fields = read_fields(file)
    single = tuple(_translation(each, vocabulary) for each in fields.blocks("facts"))
    lines = [_combination(each, vocabulary) for each in fields.blocks("together")]
    fields.done()
    legal = tuple(dict.fromkeys(name for name, _ in lines))
    joint = tuple(Together(legal=name, combinations=tuple(c for n, c in lines if n == name)) for name in legal)
    for name in set(legal) & {each.legal for each in single}:
        raise fields.at.problem(f"the fact {name} told in two ways", "one way for each legal fact")
    return ReportedTable(translations=(*single, *joint))


def _translation(fields: Fields, vocabulary: Vocabulary) -> Translation:
    reported = choice(fields.take("reported"), _CODED, fields.at.key("reported"))
    fact = fact_named(fields, "legal", vocabulary)
    values = fields.block("values")
    codes = ATTRIBUTES[reported].values
    for code in set(codes) ^ set(values.names):
        raise values.at.problem(f"the code {code} missing or unknown", f"every code of {reported}: {', '.join(codes)}")
    allowed = {code: tuple(_answers(fact, values.items(code), values.at.key(code))) for code in codes}
    fields.done()
    return Translation(reported=reported, legal=fact.name, values=allowed)


def _answers(fact: LegalFact, raw: list[object], at: At) -> list[Answer]:
    return [_answer(fact, each, at.item(n)) for n, each in enumerate(raw)]


def _answer(fact: LegalFact, raw: object, at: At) -> Answer:
    if not fact.several:
        return choice(raw, fact.values, at)
    values = raw if isinstance(raw, list) else [raw]
    return frozenset(choice(value, fact.values, at) for value in values)


def _combination(fields: Fields, vocabulary: Vocabulary) -> tuple[str, Combination]:
    fact = fact_named(fields, "legal", vocabulary)
    value = _answer(fact, fields.take("value"), fields.at.key("value"))
    when = _codes(fields.block("when"))
    unless = _codes(fields.block("unless")) if fields.has("unless") else {}
    fields.done()
    if not when:
        raise fields.at.key("when").problem("nothing", "the reported codes that together say it")
    sets = ({name: frozenset(codes) for name, codes in part.items()} for part in (when, unless))
    return fact.name, Combination(value=value, when=next(sets), unless=next(sets))


def _codes(fields: Fields) -> Codes:
    found: dict[str, tuple[str, ...]] = {}
    for name in fields.names:
        at = fields.at.key(name)
        allowed = ATTRIBUTES[choice(name, _CODED, at)].values
        found[name] = tuple(choice(code, allowed, at.item(n)) for n, code in enumerate(fields.items(name)))
    return found


_CODED = tuple(name for name, attribute in ATTRIBUTES.items() if attribute.values)
