"""One file of the rule book → one rule, every field checked."""

from pathlib import Path

from portico.policy.compiling import Compiler
from portico.policy.conditions import TRUE, Condition
from portico.policy.errors import At
from portico.policy.fields import Fields, read_fields
from portico.policy.period import Period
from portico.policy.place import Jurisdiction
from portico.policy.rules import CONFIDENCES, KINDS, MODALITIES, STRENGTHS, Citation, Provision, Rule, RuleException
from portico.policy.vocabulary import Vocabulary

# Key of a jurisdiction → the attribute of the place that it names.
_REACH = {
    "state": "state",
    "states": "state",
    "counties": "county",
    "buildings": "building",
    "ice_aor": "ice_aor",
    "court_systems": "court_system",
}


def read_rule(file: Path, compiler: Compiler) -> Rule:
    """The rule in a file, named for its id. Raises RuleError."""
    fields = read_fields(file)
    rule_id = fields.text("id")
    if rule_id != file.stem:
        raise fields.at.key("id").error(rule_id, f"{file.stem}, as the file is named")
    applies_if = _condition(fields, "applies_if", compiler)
    rule = Rule(
        id=rule_id,
        name=fields.text("name"),
        issuing_body=fields.text("issuing_body"),
        kind=fields.choice("kind", KINDS),
        jurisdiction=_jurisdiction(fields.block("jurisdiction"), compiler.vocabulary),
        period=_period(fields),
        protected=fields.text("protected"),
        where=fields.texts("where"),
        applies_if=applies_if,
        provisions=tuple(_provision(each, applies_if, compiler) for each in fields.blocks("provisions")),
        consequences=fields.text("consequences"),
        citations=tuple(citation(each) for each in fields.blocks("citations")),
        confidence=fields.choice("confidence", CONFIDENCES),
        verified_from=fields.text("verified_from"),
        read_on=fields.day("read_on"),
        supersedes=fields.texts("supersedes"),
        superseded_by=fields.texts("superseded_by"),
        supersedes_not_encoded=fields.texts("supersedes_not_encoded"),
        notes=fields.maybe_text("notes"),
    )
    fields.done()
    for key, found in (("provisions", rule.provisions), ("citations", rule.citations)):
        if not found:
            raise fields.at.key(key).problem("an empty list", "at least one entry")
    return rule


def citation(fields: Fields) -> Citation:
    """A citation: an address, or how little of one is known. Takes every key that is left."""
    found = Citation(
        url=fields.maybe_text("url"),
        precision=fields.maybe_choice("precision", ("site", "none")),
        note=fields.maybe_text("note"),
    )
    fields.done()
    if found.url is None and found.precision is None:
        raise fields.at.problem("neither url nor precision", "the address of the page, or precision: site or none")
    return found


def _condition(fields: Fields, key: str, compiler: Compiler) -> Condition:
    return compiler.condition(fields.take(key), fields.at.key(key)) if fields.has(key) else TRUE


def _period(fields: Fields) -> Period:
    period = Period(
        begins=fields.maybe_day("in_force_from"),
        begins_uncertain=fields.flag("from_boundary_uncertain"),
        earliest=fields.maybe_day("in_force_from_earliest"),
        ends=fields.maybe_day("in_force_to"),
        ends_uncertain=fields.flag("to_boundary_uncertain"),
        uncertain_after=fields.maybe_day("in_force_uncertain_after"),
        again_after=fields.maybe_day("may_be_in_force_again_after"),
    )
    first = period.begins or period.earliest
    if first is None:
        raise fields.at.key("in_force_from").error(None, "a day; where it is not known, in_force_from_earliest")
    if period.begins and period.earliest and period.earliest >= period.begins:
        raise fields.at.key("in_force_from_earliest").error(str(period.earliest), "a day before in_force_from")
    if period.ends and period.ends <= first:
        raise fields.at.key("in_force_to").error(str(period.ends), "a day after the first day in force")
    if period.again_after and (period.ends is None or period.again_after < period.ends):
        raise fields.at.key("may_be_in_force_again_after").error(str(period.again_after), "a day after in_force_to")
    return period


def _jurisdiction(fields: Fields, vocabulary: Vocabulary) -> Jurisdiction:
    fields.choice("country", ("US",))
    systems = fields.at.key("court_systems")
    disputed = frozenset(fields.texts("disputed_court_systems"))
    named: dict[str, frozenset[str]] = {}
    for key in [key for key in _REACH if fields.has(key)]:
        values = (fields.text(key),) if key == "state" else fields.texts(key)
        if not values or _REACH[key] in named:
            raise fields.at.key(key).problem(
                "an empty list or a second one", "at least one value, and one key for the state"
            )
        named[_REACH[key]] = frozenset(values)
    fields.done()
    for system in sorted((named.get("court_system", frozenset()) | disputed) - set(vocabulary.court_systems)):
        raise systems.error(system, f"one of {', '.join(vocabulary.court_systems)}")
    if disputed and "court_system" not in named:
        raise systems.error(None, "the court systems it surely reaches, when others are disputed")
    return Jurisdiction(named=named, disputed_court_systems=disputed)


def _provision(fields: Fields, rule_applies_if: Condition, compiler: Compiler) -> Provision:
    evaluable = fields.flag("evaluable", default=True)
    if evaluable and not fields.has("satisfied_if"):
        raise fields.at.key("satisfied_if").error(None, "a condition, or evaluable: false")
    provision = Provision(
        id=fields.text("id"),
        text=fields.text("text"),
        modality=fields.choice("modality", MODALITIES),
        bound_actor=fields.text("bound_actor"),
        strength=fields.choice("strength", STRENGTHS),
        confidence=fields.choice("confidence", CONFIDENCES),
        evaluable=evaluable,
        applies_if=_condition(fields, "applies_if", compiler),
        satisfied_if=_condition(fields, "satisfied_if", compiler),
        exceptions=tuple(_exception(each, compiler) for each in fields.blocks("exceptions")),
        bars_action=fields.flag("bars_action"),
        facts_needed=fields.texts("facts_needed"),
        consequence=fields.maybe_text("consequence"),
    )
    fields.done()
    _check_facts_needed(provision, rule_applies_if, fields.at)
    return provision


def _exception(fields: Fields, compiler: Compiler) -> RuleException:
    found = RuleException(
        id=fields.text("id"),
        when=compiler.condition(fields.take("when"), fields.at.key("when")),
        confidence=fields.maybe_choice("confidence", CONFIDENCES),
        note=fields.maybe_text("note"),
    )
    fields.done()
    return found


def _check_facts_needed(provision: Provision, rule_applies_if: Condition, at: At) -> None:
    conditions = (rule_applies_if, *provision.conditions) if provision.evaluable else ()
    read = {fact for condition in conditions for fact in condition.facts}
    if set(provision.facts_needed) != read or len(provision.facts_needed) > len(read):
        raise at.key("facts_needed").problem(
            f"[{', '.join(provision.facts_needed)}]", f"exactly the facts read, each once: [{', '.join(sorted(read))}]"
        )
