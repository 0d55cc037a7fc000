"""The rules in force at a place on a day, and what each provision says of reported facts. Never one verdict."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator
from pathlib import Path

from portico.cli.inputs import InputError
from portico.cli.options import answering, pairs
from portico.cli.output import Answer
from portico.policy import Case, CaseResult, Rule, case_of, evaluate, load_cases, rule

_PLACE = ("date", "state", "county", "court_system", "building", "ice_aor")


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("rule", nargs="?", help="show one rule with its citations")
    parser.add_argument("--case", type=Path, metavar="FILE", help="a case, or several, with place and facts")
    for name in _PLACE:
        parser.add_argument(f"--{name.replace('_', '-')}", metavar=name.upper())
    parser.add_argument("--fact", action="append", default=[], metavar="K=V", help="a legal fact; may be repeated")
    answering(parser)


def run(args: Namespace) -> Answer:
    from portico.cli.prints.rules import case_lines, rule_lines

    if args.rule:
        return Answer(rows=[rule(args.rule)], text=rule_lines, json=_rule_json)
    return Answer(rows=_results(_cases(args)), text=case_lines, json=lambda result: result.to_json())


def _results(cases: Iterable[Case]) -> Iterator[CaseResult]:
    return map(evaluate, cases)


def _cases(args: Namespace) -> Iterable[Case]:
    place = {name: value for name in _PLACE if (value := getattr(args, name))}
    if args.case:
        if place or args.fact:
            raise InputError("Give either --case FILE or the place and facts on the command line, not both.")
        return load_cases(args.case)
    if not place:
        raise InputError("Give a rule's id, --case FILE, or a place: --date, --state, --county, --court-system.")
    facts = {fact: _several("|".join(values)) for fact, values in pairs(args.fact, "--fact").items()}
    return [case_of({"id": "case", "place": place, "facts": facts}, name="the command line")]


def _several(value: str) -> object:
    """`a|b` is one of these, it is not known which; a number is a number."""
    if "|" in value:
        return {"any_of": [_several(each) for each in value.split("|")]}
    try:
        return float(value)
    except ValueError:
        return value


def _rule_json(shown: Rule) -> dict[str, object]:
    from portico.web.periods import period_words

    return {
        "id": shown.id,
        "name": shown.name,
        "issuing_body": shown.issuing_body,
        "in_force": period_words(shown.period),
        "provisions": {each.id: each.text for each in shown.provisions},
        "citations": [{"url": each.url, "note": each.note} for each in shown.citations],
        "confidence": shown.confidence,
        "read_on": shown.read_on.isoformat(),
    }
