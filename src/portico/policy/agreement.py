"""What the files of the rule book must say alike: ids, buildings, and which rule follows which."""

from collections.abc import Collection, Mapping
from pathlib import Path

from portico.facts import Truth
from portico.policy.errors import At
from portico.policy.rules import Rule

_BACK = {"supersedes": "superseded_by", "superseded_by": "supersedes"}


def check_agreement(rules: Mapping[Path, Rule], buildings: Collection[str]) -> None:
    """Raises RuleError where two files do not agree."""
    by_id = {rule.id: rule for rule in rules.values()}
    seen: set[str] = set()
    for file, rule in rules.items():
        _check_ids(rule, seen, At(file))
        _check_buildings(rule, buildings, At(file))
        for key in _BACK:
            _check_links(rule, key, by_id, At(file))
        _check_succession(rule, by_id, At(file))


def _check_ids(rule: Rule, seen: set[str], at: At) -> None:
    for n, provision in enumerate(rule.provisions):
        if provision.id in seen:
            raise at.key("provisions").item(n).key("id").error(provision.id, "an id that no other provision has")
        seen.add(provision.id)


def _check_buildings(rule: Rule, buildings: Collection[str], at: At) -> None:
    for building in sorted(rule.jurisdiction.named.get("building", frozenset()) - set(buildings)):
        raise at.key("jurisdiction").key("buildings").error(building, "an id of buildings.yaml")


def _check_links(rule: Rule, key: str, by_id: Mapping[str, Rule], at: At) -> None:
    for n, other in enumerate(getattr(rule, key)):
        if other not in by_id:
            raise at.key(key).item(n).error(other, "the id of a rule of the book")
        if rule.id not in getattr(by_id[other], _BACK[key]):
            raise (
                at.key(key)
                .item(n)
                .error(other, f"a rule that names {rule.id} under {_BACK[key]}: links agree both ways")
            )


def _check_succession(rule: Rule, by_id: Mapping[str, Rule], at: At) -> None:
    for successor in (by_id[other] for other in rule.superseded_by):
        for day in sorted({*rule.period.turns, *successor.period.turns}):
            if rule.period.in_force(day) is successor.period.in_force(day) is Truth.TRUE:
                raise at.key("superseded_by").problem(
                    f"{successor.id}, certainly in force beside this rule on {day}",
                    "a successor that is not certain while its predecessor is",
                )
