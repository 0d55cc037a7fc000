"""What the rules in force say: a sign for each provision, what it rests on and what it lacks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from portico.facts import Finding
from portico.web.dossier import DossierFinding
from portico.web.language import told as _
from portico.web.report.facts import NumberedFact
from portico.web.report.sheet import Bit, Sheet
from portico.web.wording import RESULT_CLASS, RESULT_WORDS, any_words, apart, values_words


@dataclass(frozen=True, slots=True)
class Ground:
    """A fact that a finding rests on.

    value    what the sources leave possible, where that is more than one value
    letters  the sources that tell of it
    """

    number: int
    label: str
    value: tuple[Bit, ...]
    letters: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    provision: str
    sign: str
    result: str
    grounds: tuple[Ground, ...]
    open: str
    lacks: str
    presumed: str
    without: str
    binding: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleView:
    """A rule with its provisions. certain: whether it was certainly in force there that day."""

    name: str
    period: str
    certain: bool
    url: str
    findings: tuple[FindingView, ...]


def rule_views(
    findings: Sequence[DossierFinding],
    facts: Sequence[NumberedFact],
    sheets: Sequence[Sheet],
    fact_words: Mapping[str, str],
) -> tuple[RuleView, ...]:
    """The findings, rule by rule, in the order given."""
    return tuple(
        _rule(list(same), facts, sheets, fact_words)
        for _rule_id, same in groupby(findings, key=lambda each: each.finding.rule)
    )


def _rule(
    same: Sequence[DossierFinding], facts: Sequence[NumberedFact], sheets: Sequence[Sheet], words: Mapping[str, str]
) -> RuleView:
    first, url = same[0], same[0].citation_url or ""
    return RuleView(
        name=first.rule_name,
        period=first.period,
        certain=first.finding.in_force == "certain",
        url=url if url.startswith(("https://", "http://")) else "",
        findings=tuple(_view(each, _grounds(each, facts, sheets), words) for each in same),
    )


def _view(told: DossierFinding, grounds: tuple[Ground, ...], words: Mapping[str, str]) -> FindingView:
    finding = told.finding
    return FindingView(
        provision=told.provision,
        sign=RESULT_CLASS[finding.result],
        result=_(RESULT_WORDS[finding.result]),
        grounds=grounds,
        open=_named(finding.facts_open, words),
        lacks=_named(finding.facts_missing, words),
        presumed=_presumed(finding, words),
        without="" if finding.without_presumptions is finding.result else _(RESULT_WORDS[finding.without_presumptions]),
        binding=_binding(finding),
    )


def _grounds(told: DossierFinding, facts: Sequence[NumberedFact], sheets: Sequence[Sheet]) -> tuple[Ground, ...]:
    wanted = set(told.rests_on)
    letters = {
        fact.number: tuple(
            sheet.letter
            for sheet in sheets
            if any(placed.told.id in wanted and placed.fact == fact for placed in sheet.claims)
        )
        for fact in facts
    }
    return tuple(
        Ground(fact.number, fact.label, _value(fact, sheets), letters[fact.number])
        for fact in facts
        if letters[fact.number]
    )


def _value(fact: NumberedFact, sheets: Sequence[Sheet]) -> tuple[Bit, ...]:
    words = values_words(fact.state)
    return sheets[0].free(any_words(words)) if len(words) > 1 else ()


def _binding(finding: Finding) -> str:
    """Whose conduct the provision is about, whether it binds or guides, and how sure our reading of it is."""
    soft = finding.strength == "soft"
    told = (
        _("Guides %(actor)s. Confidence in this reading: %(confidence)s")
        if soft
        else _("Binds %(actor)s. Confidence in this reading: %(confidence)s")
    )
    return told % {"actor": _(finding.bound_actor.replace("_", " ")), "confidence": _(finding.confidence)}


def fact_named(fact: str, words: Mapping[str, str]) -> str:
    """A legal fact in words: those given, else its name."""
    return _(words.get(fact, fact.replace("_", " ")))


def _named(facts: Sequence[str], words: Mapping[str, str]) -> str:
    return apart(fact_named(fact, words) for fact in facts)


def _presumed(finding: Finding, words: Mapping[str, str]) -> str:
    return apart(
        f"{fact_named(fact, words)}: {_(value.replace('_', ' '))}"
        for fact, value in sorted(finding.presumptions.items())
    )
