"""Rules as values: a rule in one unbroken period, its provisions, and the book that holds them all."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

from portico.policy.conditions import TRUE, Condition
from portico.policy.errors import UnknownRuleError
from portico.policy.period import Period
from portico.policy.place import Jurisdiction
from portico.policy.reported import ReportedTable
from portico.policy.vocabulary import Known, Vocabulary

Confidence = Literal["high", "medium", "low"]
Strength = Literal["hard", "soft"]

KINDS = ("statute", "court_rule", "court_order", "agency_directive", "executive_order", "memo")
MODALITIES = ("forbids", "requires", "limits", "directs_staff", "permits")
STRENGTHS: tuple[Strength, ...] = ("hard", "soft")
CONFIDENCES: tuple[Confidence, ...] = ("high", "medium", "low")  # best first


def lowest(*confidences: Confidence) -> Confidence:
    """The lowest of several: a result is no surer than the least sure thing it rests on."""
    return max(confidences, key=CONFIDENCES.index)


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Where a rule was read. precision: `site` = only the site of `url` is known, `none` = no address was kept."""

    url: str | None
    precision: Literal["site", "none"] | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleException:
    """What satisfies a provision although it is not kept. confidence None = that of its provision."""

    id: str
    when: Condition
    confidence: Confidence | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """One thing a rule asks of one actor. `text` is our wording, not the rule's.

    evaluable     False = it turns on no coded fact and never gets a result
    bars_action   it rules out the arrest itself, so rules that import local law look at its result
    facts_needed  every fact read to evaluate it, in reading order of the data
    """

    id: str
    text: str
    modality: str
    bound_actor: str
    strength: Strength
    confidence: Confidence
    evaluable: bool = True
    applies_if: Condition = TRUE
    satisfied_if: Condition = TRUE
    exceptions: tuple[RuleException, ...] = ()
    bars_action: bool = False
    facts_needed: tuple[str, ...] = ()
    consequence: str | None = None

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Every condition of its own."""
        return (self.applies_if, self.satisfied_if, *(exception.when for exception in self.exceptions))

    @property
    def reads_local_law(self) -> bool:
        return any(condition.reads_local_law for condition in self.conditions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule in one unbroken period. The words are for readers; dates, jurisdiction and conditions are evaluated.

    read_on                 when someone last compared it with its source
    supersedes_not_encoded  an earlier rule that has no entry
    """

    id: str
    name: str
    issuing_body: str
    kind: str
    jurisdiction: Jurisdiction
    period: Period
    protected: str
    where: tuple[str, ...]
    provisions: tuple[Provision, ...]
    consequences: str
    citations: tuple[Citation, ...]
    confidence: Confidence
    verified_from: str
    read_on: date
    applies_if: Condition = TRUE
    supersedes: tuple[str, ...] = ()
    superseded_by: tuple[str, ...] = ()
    supersedes_not_encoded: tuple[str, ...] = ()
    notes: str | None = None

    @property
    def evaluable(self) -> tuple[Provision, ...]:
        return tuple(provision for provision in self.provisions if provision.evaluable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Building:
    """A building that a rule names. in_gazetteer: `places` has it under the same id."""

    id: str
    name: str
    address: str | None = None
    in_gazetteer: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """A rule often cited by mistake: it does not cover courthouses. ends: the first day no longer in force."""

    id: str
    name: str
    why: str
    begins: date
    ends: date | None
    confidence: Confidence
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """A ruling on which no rule of the book rests; `effect` says where it touched arrests."""

    case: str
    event: str
    day: date
    effect: str
    confidence: Confidence
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A bill or proposal whose outcome was not confirmed. place: USPS code."""

    place: str
    what: str
    status: str
    confidence: Confidence
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """States searched without finding a rule. Not found is not none; a state named nowhere was not searched."""

    states: tuple[str, ...]
    notes: str


@dataclass(frozen=True, kw_only=True)
class RuleBook:
    """Every rule that Portico knows, in the order of their ids, and what goes with them."""

    vocabulary: Vocabulary
    rules: tuple[Rule, ...]
    reported: ReportedTable
    named_conditions: Mapping[str, Condition] = field(default_factory=dict)
    buildings: Mapping[str, Building] = field(default_factory=dict)
    related: tuple[Related, ...] = ()
    litigation: tuple[Ruling, ...] = ()
    watchlist: tuple[Watched, ...] = ()
    searched: Searched | None = None

    def rule(self, rule_id: str) -> Rule:
        """The rule of that id. Raises UnknownRuleError, naming those that look like it."""
        try:
            return self._by_id[rule_id]
        except KeyError:
            raise UnknownRuleError(rule_id, self._by_id) from None

    def provision(self, provision_id: str) -> Provision:
        """The provision of that id. Raises UnknownRuleError."""
        try:
            return self._provisions[provision_id]
        except KeyError:
            raise UnknownRuleError(provision_id, self._provisions) from None

    @cached_property
    def _by_id(self) -> dict[str, Rule]:
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def _provisions(self) -> dict[str, Provision]:
        return {provision.id: provision for rule in self.rules for provision in rule.provisions}

    @cached_property
    def presumed(self) -> Known:
        """What is assumed of facts that nobody reports."""
        return self.vocabulary.presumed()

    @cached_property
    def turns(self) -> tuple[date, ...]:
        """Every day on which some rule may begin, end or become doubtful."""
        return tuple(sorted({day for rule in self.rules for day in rule.period.turns}))
