"""What an answer would give: findings with one more fact supposed, never recorded."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from portico.facts import Finding, Result
from portico.policy import Case, CaseResult, LegalFacts, PartialDate, evaluate, findings, load_rules
from portico.web.wording import spaced

MOST_QUESTIONS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One value of a fact: whether it is supposed now, and what it would change (provision → result)."""

    value: str
    words: str
    chosen: bool
    gives: tuple[tuple[str, Result], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    fact: str
    asks: str
    answers: tuple[Answer, ...]


def supposed_of(asked: Mapping[str, str]) -> dict[str, str]:
    """Of a query's parameters those that are facts with codes and one of their values; anything else is left out."""
    facts = load_rules().vocabulary.facts
    return {name: value for name, value in asked.items() if name in facts and value in facts[name].values}


def supposing(case: Case, supposed: Mapping[str, str]) -> Case:
    """The case as if the supposed answers had been reported."""
    facts = load_rules().vocabulary.facts
    answers = {name: (frozenset({value}) if facts[name].several else value,) for name, value in supposed.items()}
    return replace(case, facts=LegalFacts(known={**case.facts.known, **answers}, claims=case.facts.claims))


def questions(case: Case, now: CaseResult, supposed: Mapping[str, str]) -> tuple[Question, ...]:
    """The facts that decide most of what is open, and those already supposed, each with what its answers would give."""
    facts = load_rules().vocabulary.facts
    coded = [name for name in (*supposed, *evaluate(case).ask_next) if name in facts and facts[name].values]
    return tuple(
        Question(
            fact=name,
            asks=_(facts[name].asks or name.replace("_", " ")),
            answers=tuple(_answer(case, now, supposed, name, value) for value in facts[name].values),
        )
        for name in tuple(dict.fromkeys(coded))[:MOST_QUESTIONS]
    )


def _answer(case: Case, now: CaseResult, supposed: Mapping[str, str], name: str, value: str) -> Answer:
    before = {each.provision: each.result for each in now.findings}
    changed = supposing(case, {**supposed, name: value})
    return Answer(
        value=value,
        words=spaced(value),
        chosen=supposed.get(name) == value,
        gives=tuple(
            (_short(each), each.result)
            for each in findings(changed.facts, changed.place)
            if each.result is not before[each.provision]
        ),
    )


def _short(finding: Finding) -> str:
    """The provision as a reader finds it on the page: the last part of its id."""
    return finding.provision.rsplit(".", 1)[-1]


def unknown_day(case: Case) -> str | None:
    """Why no rule is certain, when the day or the place is not known."""
    if case.place.date in (None, ()):
        return _("No source gives the day: every rule is uncertain as to date.")
    if isinstance(case.place.date, PartialDate) and case.place.date.day is None:
        return _("The day is known only in part: rules are certain only where they were in force on every such day.")
    return None
