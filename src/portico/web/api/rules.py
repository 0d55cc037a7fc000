"""The rules: which were in force at a courthouse on a day, and what each asks, in our words with its source."""

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from ninja import Path, Query, Router
from pydantic import Field

from portico.facts import PartialDate
from portico.policy import Rule, UnknownRuleError, rule, rules_in_force
from portico.web.api.calls import Asked
from portico.web.api.problems import checked, missing, wrong
from portico.web.api.shapes import RulesThere, ShownProvision, ShownRule
from portico.web.periods import period_words
from portico.web.rules.asked import DayForm
from portico.web.rules.asked import asked as place_asked

router = Router(tags=["rules"])


class OnDay(Asked):
    courthouse: str = Field(description="A name or an address in any spelling, or an id of the gazetteer")
    day: date
    state: str = Field("", description="As NY, where several states have one of the name")


@router.get("", url_name="rules", response=RulesThere, operation_id="rules")
def rules(request: HttpRequest, asked: Query[OnDay]) -> RulesThere:
    """The rules in force there on that day, certainly or perhaps. Where several courthouses fit: 422, naming them."""
    state = str(checked(DayForm(asked.model_dump()))["state"])
    there = place_asked(asked.courthouse, state or None, asked.day)
    if there.place is None:
        fitting = [f"{each.courthouse.id}: {each.courthouse.name}" for each in there.found.candidates]
        raise wrong({"courthouse": fitting or ["No courthouse of the gazetteer is called so."]})
    found = rules_in_force(there.place, PartialDate.of(asked.day))
    return RulesThere(
        place=there.name,
        courthouse=there.courthouse.id if there.courthouse else None,
        day=asked.day,
        certain=tuple(map(_shown, found.certain)),
        uncertain=tuple(map(_shown, found.uncertain)),
    )


@router.get("/{rule_id}", url_name="rule", response=ShownRule, operation_id="rule")
def one_rule(request: HttpRequest, rule_id: Annotated[str, Path(max_length=200)]) -> ShownRule:
    """One rule."""
    try:
        return _shown(rule(rule_id))
    except UnknownRuleError:
        raise missing("rule") from None


def _shown(each: Rule) -> ShownRule:
    return ShownRule(
        id=each.id,
        name=each.name,
        issuing_body=each.issuing_body,
        kind=each.kind,
        begins=each.period.begins,
        ends=each.period.ends,
        period=period_words(each.period),
        confidence=each.confidence,
        read_on=each.read_on,
        citations=tuple(cited.url for cited in each.citations if cited.url),
        provisions=tuple(
            ShownProvision(
                id=one.id,
                text=one.text,
                modality=one.modality,
                bound_actor=one.bound_actor,
                strength=one.strength,
                confidence=one.confidence,
            )
            for one in each.provisions
        ),
    )
