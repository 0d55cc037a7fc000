"""The whole answer about one case: rules in force, findings, what to ask next. Never one verdict."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from portico.facts import Finding, PartialDate, Result, SourcedClaim, Truth
from portico.policy.asking import Asking, ask
from portico.policy.cases import Case, known_facts
from portico.policy.evaluating import InForce, bound_by, find, in_force, reaches
from portico.policy.legal import LegalFacts
from portico.policy.loading import load_rules
from portico.policy.place import Place
from portico.policy.rules import Rule
from portico.policy.vocabulary import Known

Facts = LegalFacts | Mapping[str, object]  # as read from an incident, or in the coded form of a case file
Day = date | PartialDate


class Kind(Enum):
    """What kind of answer a case gets. No rule is an answer of its own, and none of these is 'consistent'."""

    FINDINGS = "findings"
    NO_RULE_FOUND = "no_rule_found"
    NOTHING_EVALUABLE = "nothing_evaluable"
    NONE_REACHES = "none_reaches"


_WORDS = {
    Kind.FINDINGS: "findings, one for each provision",
    Kind.NO_RULE_FOUND: "no rule found for this date and place",
    Kind.NOTHING_EVALUABLE: "rules are in force, but none of their provisions turns on coded facts",
    Kind.NONE_REACHES: "no rule in force reaches these facts",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseResult:
    """The answer about one case. The findings stay apart: rules bind different people and may pull apart."""

    case: Case
    in_force: InForce
    findings: tuple[Finding, ...]
    asking: Asking

    @property
    def id(self) -> str:
        return self.case.id

    @property
    def ask_next(self) -> tuple[str, ...]:
        return self.asking.facts

    @property
    def kind(self) -> Kind:
        if not self.in_force.rules:
            return Kind.NO_RULE_FOUND
        if not self.findings:
            return Kind.NOTHING_EVALUABLE
        reached = any(finding.result is not Result.NOT_APPLICABLE for finding in self.findings)
        return Kind.FINDINGS if reached else Kind.NONE_REACHES

    def rests_on(self, finding: Finding) -> Mapping[str, tuple[SourcedClaim, ...]]:
        """Each fact the finding uses → the claims it was read from, and by them the words of the sources."""
        claims = self.case.facts.claims
        return {fact: claims[fact] for fact in finding.facts_used if fact in claims}

    def to_json(self) -> dict[str, object]:
        """The JSON that `portico rules` gives for a case: plain values, in a fixed order."""
        return {
            "id": self.id,
            "rules_in_force": {
                "certain": [rule.id for rule in self.in_force.certain],
                "uncertain": [rule.id for rule in self.in_force.uncertain],
            },
            "results": {finding.provision: _finding_json(finding) for finding in self.findings},
            "ask_next": list(self.ask_next),
        }


def _finding_json(finding: Finding) -> dict[str, object]:
    return {
        "result": finding.result.value,
        "without_presumptions": finding.without_presumptions.value,
        "facts_used": list(finding.facts_used),
        "facts_missing": list(finding.facts_missing),
        "presumptions": list(finding.presumptions),
        "bound_actor": finding.bound_actor,
        "strength": finding.strength,
        "confidence": finding.confidence,
    }


def evaluate(case: Case) -> CaseResult:
    """Which rules were in force, what each of their provisions says of the facts, and what to ask next."""
    book = load_rules()
    rules = in_force(case.place, book)
    provisions, known = bound_by(rules), case.facts.known
    found = find(provisions, known, book)
    asking = ask(provisions, found, known, case.place, book)
    return CaseResult(case=case, in_force=rules, findings=found, asking=asking)


def answer_text(result: CaseResult) -> str:
    """The kind of answer in words, for a page. Findings themselves are shown one by one, never added up."""
    return _WORDS[result.kind]


def rules_in_force(place: Place, on: Day | None = None) -> InForce:
    """The rules in force at a place, on its date or on another day."""
    return in_force(_on(place, on), load_rules())


def rules_at(place: Place) -> tuple[Rule, ...]:
    """The rules that reach, or may reach, a place on any day, in the order in which they began."""
    book = load_rules()
    reaching = [each for each in book.rules if reaches(each, place) is not Truth.FALSE]
    return tuple(sorted(reaching, key=lambda each: each.period.first))


def findings(facts: Facts, place: Place, on: Day | None = None) -> tuple[Finding, ...]:
    """A finding for every evaluable provision of every rule in force there that day, certainly or perhaps.

    Raises CaseError for a fact or value that the vocabulary does not know.
    """
    return find(bound_by(rules_in_force(place, on)), _known(facts), load_rules())


def ask_next(facts: Facts, place: Place, on: Day | None = None) -> Asking:
    """What would close the findings that are open, most deciding fact first. Raises CaseError."""
    return evaluate(Case(id="", place=_on(place, on), facts=LegalFacts(known=_known(facts)))).asking


def each_answer(facts: Facts, place: Place, fact: str, on: Day | None = None) -> Mapping[str, Mapping[str, Result]]:
    """What each value of a fact would change: value → provision → result, where it is another than now.

    For facts with codes; a fact that holds several values is tried with each alone. Raises CaseError.
    """
    now = {finding.provision: finding.result for finding in findings(facts, place, on)}
    told = _known(facts)
    known_facts({fact: "unknown"})
    return {
        value: {
            each.provision: each.result
            for each in findings({**told, fact: value}, place, on)
            if each.result is not now[each.provision]
        }
        for value in load_rules().vocabulary.facts[fact].values
    }


def rule(rule_id: str) -> Rule:
    """One rule with its provisions and citations. Raises UnknownRuleError."""
    return load_rules().rule(rule_id)


def _on(place: Place, on: Day | None) -> Place:
    if on is None:
        return place
    return replace(place, date=on if isinstance(on, PartialDate) else PartialDate.of(on))


def _known(facts: Facts) -> Known:
    return facts.known if isinstance(facts, LegalFacts) else known_facts(facts)
