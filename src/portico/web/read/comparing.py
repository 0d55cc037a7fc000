"""Whether two claims of one fact say the same, may both be so, or differ."""

from collections.abc import Collection, Iterable

from portico.facts import Claim, Value, covers


def says_same(one: Claim, other: Claim) -> bool:
    """Both leave just the same values possible, and both say or both deny it."""
    return set(one.possible) == set(other.possible) and _denies(one) == _denies(other)


def may_both_be(one: Claim, other: Claim, buildings: Collection[Value], others: Collection[Value]) -> bool:
    """Whether one says the same as the other less exactly, or in other words: two spellings of one building.

    buildings, others  of the gazetteer that the accounts of either may mean
    """
    if _denies(one) != _denies(other):
        return False
    if one.attribute == "courthouse" and not set(buildings).isdisjoint(others):
        return True
    return any(covers(one.attribute, a, b) or covers(one.attribute, b, a) for a in one.possible for b in other.possible)


def _denies(claim: Claim) -> bool:
    return claim.hedge == "denied"


def buildings_of(claims: Iterable[Claim]) -> frozenset[Value]:
    """The buildings of the gazetteer that an account may mean."""
    return frozenset(value for each in claims if each.attribute == "courthouse_id" for value in each.possible)
