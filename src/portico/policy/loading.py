"""The rule book: a folder of data files, loaded whole or not at all."""

from functools import cache
from pathlib import Path

from portico.policy.agreement import check_agreement
from portico.policy.compiling import Compiler
from portico.policy.errors import At
from portico.policy.fields import Fields, read_entries, read_fields
from portico.policy.reported_file import read_reported
from portico.policy.rule_file import citation, read_rule
from portico.policy.rules import CONFIDENCES, Building, Related, RuleBook, Ruling, Searched, Watched
from portico.policy.vocabulary_file import read_named_conditions, read_vocabulary

DATA = Path(__file__).parent / "data"


@cache
def load_rules(folder: Path = DATA) -> RuleBook:
    """The rule book of a folder, by default the one that comes with Portico; read once and kept in memory.

    Raises RuleError, naming file and key, as soon as one file cannot be used: half a rule book would answer wrongly.
    """
    vocabulary = read_vocabulary(folder / "vocabulary.yaml", folder / "vague.yaml")
    named = read_named_conditions(folder / "named_conditions.yaml", vocabulary)
    compiler = Compiler(vocabulary=vocabulary, named=named)
    buildings = {name: _building(name, block) for name, block in read_fields(folder / "buildings.yaml").named_blocks()}
    rules = {file: read_rule(file, compiler) for file in sorted((folder / "rules").glob("*.yaml"))}
    if not rules:
        raise At(folder / "rules").problem("no file", "at least one rule")
    check_agreement(rules, buildings)
    return RuleBook(
        vocabulary=vocabulary,
        rules=tuple(rules.values()),
        reported=read_reported(folder / "reported_to_legal.yaml", vocabulary),
        named_conditions=named,
        buildings=buildings,
        related=tuple(_related(each) for each in read_entries(folder / "related.yaml")),
        litigation=tuple(_ruling(each) for each in read_entries(folder / "litigation.yaml")),
        watchlist=tuple(_watched(each) for each in read_entries(folder / "watchlist.yaml")),
        searched=_searched(read_fields(folder / "not_found.yaml")),
    )


def _building(name: str, fields: Fields) -> Building:
    building = Building(
        id=name,
        name=fields.text("name"),
        address=fields.maybe_text("address"),
        in_gazetteer=fields.flag("in_gazetteer"),
    )
    fields.done()
    return building


def _related(fields: Fields) -> Related:
    return Related(
        id=fields.text("id"),
        name=fields.text("name"),
        why=fields.text("why"),
        begins=fields.day("from"),
        ends=fields.maybe_day("to"),
        confidence=fields.choice("confidence", CONFIDENCES),
        citation=citation(fields),
    )


def _ruling(fields: Fields) -> Ruling:
    return Ruling(
        case=fields.text("case"),
        event=fields.text("event"),
        day=fields.day("date"),
        effect=fields.text("effect"),
        confidence=fields.choice("confidence", CONFIDENCES),
        citation=citation(fields),
    )


def _watched(fields: Fields) -> Watched:
    watched = Watched(
        place=fields.text("place"),
        what=fields.text("what"),
        status=fields.text("status"),
        confidence=fields.choice("confidence", CONFIDENCES),
        url=fields.maybe_text("url"),
    )
    fields.done()
    return watched


def _searched(fields: Fields) -> Searched:
    searched = Searched(states=fields.texts("searched_without_result"), notes=fields.text("notes"))
    fields.done()
    return searched
