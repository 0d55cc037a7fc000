"""What speaks for and against two accounts being of one event: one reason for each thing that both tell.

What only one of them tells speaks neither way. A guarded value is never quoted in a reason.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from portico.facts import ATTRIBUTES, Attribute, DataClass, PartialDate, Value, covers
from portico.matching.telling import Telling, words
from portico.matching.weights import Comparison, Weights

_ONE_DAY = timedelta(days=1)
_BY_WORDS = frozenset({"name", "nationality", "age", "people_arrested"})


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing both accounts tell, and which way it speaks.

    code      what was observed: a name of the weights' file, or "<comparison>_<attribute>"
    supports  for one event; otherwise against
    weight    what it adds to the sum
    sentence  for the person who decides
    """

    code: str
    supports: bool
    weight: float
    sentence: str


def reasons(one: Telling, other: Telling, weights: Weights) -> tuple[Reason, ...]:
    """Every reason for and against, place and time first, then the facts in the order of the weights' file.

    A reason of no weight is left out: it would ask for attention and decide nothing.
    """
    seen = (*_of_place(one, other), *_of_time(one, other))
    observed = (
        Reason(code, evidence.weight > 0, evidence.weight, evidence.says)
        for code in seen
        for evidence in (weights.evidence[code],)
    )
    return tuple(reason for reason in (*observed, *_of_facts(one, other, weights)) if reason.weight)


def _of_place(one: Telling, other: Telling) -> Iterator[str]:
    """State, building, and county or city, as far as both tell. Beside a building, its county would count twice."""
    if _differ(one, other, "state"):
        yield "other_state"
    building = _building(one, other)
    if building:
        yield building
    if building not in (None, "similar_courthouse_name", "other_courthouse_name"):
        return
    if _both(one, other, "county"):
        yield "other_county" if _differ(one, other, "county") else "same_county"
    elif _both(one, other, "city"):
        yield "other_city" if _differ(one, other, "city") else "same_city"


def _building(one: Telling, other: Telling) -> str | None:
    mine, its = (frozenset(each.values.get("courthouse_id", ())) for each in (one, other))
    if mine and its:
        if mine.isdisjoint(its):
            return "other_courthouse"
        return "same_courthouse" if mine == its and len(mine) == 1 else "may_be_same_courthouse"
    if not one.court_words or not other.court_words:
        return None
    return _name_of_building(one.court_words, other.court_words)


def _name_of_building(mine: frozenset[str], its: frozenset[str]) -> str:
    """By the words that tell courthouses apart: "Queens Criminal Court" and "Queens courthouse" share theirs."""
    if mine == its:
        return "same_courthouse_name"
    return "other_courthouse_name" if mine.isdisjoint(its) else "similar_courthouse_name"


_CLOSEST_FIRST = ("same_day", "dates_may_agree", "years_may_agree", "next_day", "other_date")


def _of_time(one: Telling, other: Telling) -> tuple[str, ...]:
    """The closest that any date of one comes to any date of the other; nothing when one tells none."""
    found = {_dates(mine, its) for mine in one.dates for its in other.dates}
    return tuple(code for code in _CLOSEST_FIRST if code in found)[:1]


def _dates(mine: PartialDate, its: PartialDate) -> str:
    if mine.day and its.day:
        apart = abs(mine.day - its.day)
        return "same_day" if not apart else "next_day" if apart == _ONE_DAY else "other_date"
    if not mine.may_equal(its):
        return "other_date"
    return "years_may_agree" if "year" in (mine.precision, its.precision) else "dates_may_agree"


def _of_facts(one: Telling, other: Telling, weights: Weights) -> Iterator[Reason]:
    kinds_differ = _both(one, other, "kind") and _compare("kind", one.values["kind"], other.values["kind"]) == "differs"
    for name, weight in weights.facts.items():
        # How many were taken follows from whether it was an arrest or an attempt: it would count twice.
        if _both(one, other, name) and not (kinds_differ and name == "people_arrested"):
            mine, its = one.values[name], other.values[name]
            comparison = _compare(name, mine, its)
            worth: float = getattr(weight, comparison)
            sentence = _sentence(ATTRIBUTES[name], comparison, mine, its)
            yield Reason(f"{comparison}_{name}", worth > 0, worth, sentence)


def _compare(attribute: str, mine: tuple[Value, ...], its: tuple[Value, ...]) -> Comparison:
    """same if both say one equal value; fits if they may both be right: to leave the same open is not to agree."""
    if attribute in _BY_WORDS:
        return _compare_words(words(mine), words(its))
    if mine == its and len(mine) == 1:
        return "same"
    may_fit = any(covers(attribute, a, b) or covers(attribute, b, a) for a in mine for b in its)
    return "fits" if may_fit else "differs"


def _compare_words(mine: frozenset[str], its: frozenset[str]) -> Comparison:
    """A shorter name fits a longer one, who is one of a group fits the group, a number fits one of several."""
    if mine == its:
        return "same"
    return "fits" if mine <= its or its <= mine else "differs"


def _sentence(attribute: Attribute, comparison: Comparison, mine: tuple[Value, ...], its: tuple[Value, ...]) -> str:
    label = attribute.label
    if attribute.data_class is not DataClass.CLEAR:
        return {
            "same": f"{label}: both say the same.",
            "fits": f"{label}: what one says may be what the other says.",
            "differs": f"{label}: they differ.",
        }[comparison]
    told, said = (" or ".join(_plain(value) for value in values) for values in (mine, its))
    return {
        "same": f"{label}: both say {told}.",
        "fits": f"{label}: {told} in one, {said} in the other; both can stand.",
        "differs": f"{label}: {told} in one, {said} in the other.",
    }[comparison]


def _plain(value: Value) -> str:
    return str(value).replace("_", " ")


def _both(one: Telling, other: Telling, attribute: str) -> bool:
    return attribute in one.values and attribute in other.values


def _differ(one: Telling, other: Telling, attribute: str) -> bool:
    """Whether both tell of a county, city or state, and not of the same."""
    if not _both(one, other, attribute):
        return False
    mine, its = ({_name(value) for value in each.values[attribute]} for each in (one, other))
    return mine.isdisjoint(its)


def _name(value: Value) -> str:
    return str(value).casefold().removesuffix(" county").removesuffix(" parish").strip()
