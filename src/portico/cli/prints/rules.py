"""Rules and findings for a terminal: a sign, the words of the result, what it rests on and what it lacks."""

from collections.abc import Iterable, Iterator, Mapping

from portico.cli.prints.layout import columns, heading, paragraph
from portico.facts import Finding, Result
from portico.policy import CaseResult, Rule, answer_text, load_rules
from portico.web.periods import period_words
from portico.web.wording import RESULT_WORDS

_SIGNS = {
    Result.CONSISTENT: "=",
    Result.INCONSISTENT: "≠",
    Result.NOT_ENOUGH_KNOWN: "?",
    Result.NOT_APPLICABLE: "–",
}


def case_lines(result: CaseResult) -> Iterator[str]:
    """The findings of a case, rule by rule, and what to ask next."""
    yield from heading(f"Rules in force there that day ({result.id})")
    yield from paragraph(f"The answer: {answer_text(result)}.")
    yield from findings_lines(result.findings)
    yield from asking_lines(result.ask_next)


def findings_lines(findings: Iterable[Finding]) -> Iterator[str]:
    book, shown = load_rules(), None
    for finding in findings:
        if finding.rule != shown:
            shown = finding.rule
            rule = book.rule(shown)
            doubt = "" if finding.in_force == "certain" else ", not certain that it was in force"
            yield from paragraph(f"{rule.name} ({shown}; {period_words(rule.period)}{doubt})", hanging="  ")
        sign = f"{_SIGNS[finding.result]} {RESULT_WORDS[finding.result]}"
        basis = "" if finding.result is Result.NOT_APPLICABLE else _basis(finding)
        yield from columns([(sign, f"{book.provision(finding.provision).text} {basis}")], (20,), "    ")


def asking_lines(ask_next: Iterable[str]) -> Iterator[str]:
    facts = load_rules().vocabulary.facts
    asked = [(name, facts[name].asks if name in facts else None) for name in ask_next]
    if asked:
        yield "  To settle the open ones, ask (most deciding first):"
        yield from columns(((name, question or name) for name, question in asked), (34,), "    ")


def rule_lines(rule: Rule) -> Iterator[str]:
    """One rule: who made it, when it is in force, what it asks of whom, where it was read."""
    yield from heading(rule.name)
    yield from paragraph(f"{rule.id}. {rule.issuing_body}. In force {period_words(rule.period)}.")
    yield from paragraph(f"Protects {rule.protected}; {', '.join(rule.where)}. {rule.consequences}.")
    yield from columns(
        ((each.id, f"{each.text} [{each.bound_actor}, {each.strength}]") for each in rule.provisions), (34,)
    )
    yield from paragraph(f"Confidence {rule.confidence}; verified from {rule.verified_from}; read on {rule.read_on}.")
    for each in rule.citations:
        yield from paragraph(
            f"Source: {each.url or 'no address kept'}{f' ({each.note})' if each.note else ''}", hanging="  "
        )
    if rule.notes:
        yield from paragraph(f"Note: {rule.notes}", hanging="  ")


def _basis(finding: Finding) -> str:
    rests = [f"{name} (open)" if name in finding.facts_open else name for name in finding.facts_used]
    parts = [
        f"[{finding.provision}; binds {finding.bound_actor}, {finding.strength}; confidence {finding.confidence}]",
        f"Rests on {', '.join(rests)}." if rests else "",
        f"Lacks {', '.join(finding.facts_missing)}." if finding.facts_missing else "",
        _presumed(finding.presumptions, finding),
    ]
    return " ".join(filter(None, parts))


def _presumed(presumptions: Mapping[str, str], finding: Finding) -> str:
    if not presumptions:
        return ""
    presumed = ", ".join(f"{fact} = {value}" for fact, value in presumptions.items())
    differs = finding.without_presumptions is not finding.result
    return f"Presumes {presumed}{f'; without: {RESULT_WORDS[finding.without_presumptions]}' if differs else ''}."
