"""Rules as dated data: which were in force, what each provision says of the reported facts, and what would settle it.

>>> place = Place(date=PartialDate("2019-05-14"), state="NY", county="Kings", court_system="ny_ucs")
>>> [rule.id for rule in rules_in_force(place).certain]
['ny-oca-directive-1-2019', 'us-ice-11072.1']
>>> told = {"agency": "ice_ero", "location_zone": "public_interior", "agents_stated_purpose": "yes"}
>>> {finding.provision: finding.result.value for finding in findings(told, place)}["ny-oca-1-2019.P5-purpose"]
'consistent'
"""

from portico.facts import PartialDate
from portico.policy.answers import (
    CaseResult,
    Kind,
    answer_text,
    ask_next,
    each_answer,
    evaluate,
    findings,
    rule,
    rules_at,
    rules_in_force,
)
from portico.policy.asking import Asking, Closing
from portico.policy.cases import Case, case_of, case_of_incident, known_facts, load_cases
from portico.policy.errors import CaseError, RuleError, UnknownRuleError
from portico.policy.evaluating import InForce
from portico.policy.legal import LegalFacts, legal_facts, place_of
from portico.policy.loading import load_rules
from portico.policy.period import Period
from portico.policy.place import Jurisdiction, Place
from portico.policy.rules import (
    Building,
    Citation,
    Provision,
    Related,
    Rule,
    RuleBook,
    RuleException,
    Ruling,
    Searched,
    Watched,
)
from portico.policy.vocabulary import LegalFact, Vocabulary

__all__ = [
    "Asking",
    "Building",
    "Case",
    "CaseError",
    "CaseResult",
    "Citation",
    "Closing",
    "InForce",
    "Jurisdiction",
    "Kind",
    "LegalFact",
    "LegalFacts",
    "PartialDate",
    "Period",
    "Place",
    "Provision",
    "Related",
    "Rule",
    "RuleBook",
    "RuleError",
    "RuleException",
    "Ruling",
    "Searched",
    "UnknownRuleError",
    "Vocabulary",
    "Watched",
    "answer_text",
    "ask_next",
    "case_of",
    "case_of_incident",
    "each_answer",
    "evaluate",
    "findings",
    "known_facts",
    "legal_facts",
    "load_cases",
    "load_rules",
    "place_of",
    "rule",
    "rules_at",
    "rules_in_force",
]
