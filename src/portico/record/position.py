"""The position that one claim takes on one fact: the values it leaves possible or, denied, those it excludes."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from portico.facts import Claim, SourcedClaim
from portico.record.meaning import Reported, says_more

Origin = Callable[[SourcedClaim], str]
"""Who stands behind a claim: claims of one origin are one witness, however many documents carry them."""

_OPPOSITE = {"yes": "no", "no": "yes"}


def by_source(claim: SourcedClaim) -> str:
    """Each document is a witness of its own: the default origin."""
    return claim.source


@dataclass(frozen=True, slots=True)
class Position:
    """A claim, read.

    reported  the values it names
    denies    whether it says that it was none of them
    """

    claim: SourcedClaim
    reported: tuple[Reported, ...]
    denies: bool

    @property
    def attribute(self) -> str:
        return self.claim.claim.attribute

    def can_stand_with(self, value: Reported) -> bool:
        said = any(says_more(self.attribute, each, value) for each in self.reported)
        return said is not self.denies

    def states(self, value: Reported) -> bool:
        """Whether it says the value or something more exact, and leaves nothing else open."""
        return not self.denies and all(says_more(self.attribute, value, each) for each in self.reported)


def positions(claims: Iterable[SourcedClaim]) -> tuple[Position, ...]:
    """The position of each claim, in their order. A denied yes is a no, and the other way round."""
    told = tuple(claims)
    buildings = _buildings(told)
    return tuple(_position(each, buildings.get(each.id, frozenset())) for each in told)


def _position(sourced: SourcedClaim, ids: frozenset[str]) -> Position:
    values, denies = sourced.claim.possible, sourced.claim.hedge == "denied"
    if denies and len(values) == 1 and values[0] in _OPPOSITE:
        values, denies = (_OPPOSITE[str(values[0])],), False
    return Position(sourced, tuple(Reported(value, ids) for value in values), denies)


def _buildings(claims: Sequence[SourcedClaim]) -> Mapping[str, frozenset[str]]:
    """Id of each claim that names a courthouse → the gazetteer ids that its account reads in the same words."""
    ids: dict[str, list[Claim]] = defaultdict(list)
    for each in claims:
        if each.claim.attribute == "courthouse_id" and each.claim.hedge != "denied":
            ids[each.account].append(each.claim)
    return {
        each.id: _in_the_same_words(each.claim, ids[each.account])
        for each in claims
        if each.claim.attribute == "courthouse"
    }


def _in_the_same_words(name: Claim, ids: Sequence[Claim]) -> frozenset[str]:
    here = [each for each in ids if any(a.overlaps(b) for a in each.spans for b in name.spans)]
    # What a person adds has no words in the text: then the account's one building is meant.
    return frozenset(str(value) for each in here or ids for value in each.possible)
