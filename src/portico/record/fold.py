"""Fold the claims of one event into its state: per fact what is agreed, disputed, told by one source, or not said.

Positions that can all stand together leave what they have in common. Where they cannot, every greatest group of
positions that can stand together keeps its value, however few hold it: nobody outvotes anybody. Order, repetition and
the number of a source's claims change nothing but the order of the values.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from portico.facts import ATTRIBUTES, LEFT_OPEN, FactState, IncidentState, SourcedClaim, Status, Value, Verification
from portico.record.meaning import SIDE_BY_SIDE, Reported, joined, says_more
from portico.record.position import Origin, Position, by_source, positions


def fold(
    claims: Iterable[SourcedClaim],
    *,
    id: str,  # noqa: A002 - the state's own word
    verification: Verification = Verification.REPORTED,
    origin: Origin = by_source,
) -> IncidentState:
    """The state of one event from its claims, in order of arrival.

    claims  of the accounts linked as this event; rejected ones left out, corrected ones replaced by their correction
    origin  who stands behind a claim. By default each document; a caller who knows that one paper reprints another's
            story, or that two quote one statement, says so here, and they count as one witness

    Raises nothing: without claims, every event attribute is unknown.
    """
    told = tuple({claim.id: claim for claim in claims}.values())
    about: dict[str, list[Position]] = defaultdict(list)
    for each in positions(told):
        about[each.attribute].append(each)
    return IncidentState(
        id=id,
        accounts=tuple(dict.fromkeys(each.account for each in told)),
        sources=tuple(dict.fromkeys(each.source for each in told)),
        facts=tuple(
            _fact(name, about[name], origin)
            for name, attribute in ATTRIBUTES.items()
            if attribute.of_event or name in about
        ),
        verification=verification,
    )


def _fact(attribute: str, held: Sequence[Position], origin: Origin) -> FactState:
    status, values = (_side_by_side if attribute in SIDE_BY_SIDE else _rivals)(attribute, held, origin)
    return FactState(attribute=attribute, status=status, values=values, claims=tuple(each.claim for each in held))


def _side_by_side(attribute: str, held: Sequence[Position], origin: Origin) -> tuple[Status, tuple[Value, ...]]:
    """An attribute of which an event has several values: agreed when two origins give the same one."""
    tellers: dict[Value, set[str]] = defaultdict(set)
    for position in held:
        for each in () if position.denies else position.reported:
            tellers[each.value].add(origin(position.claim))
    denied = {each.value for position in held if position.denies for each in position.reported}
    if not tellers:
        return Status.UNKNOWN, ()
    if not denied.isdisjoint(tellers):
        return Status.DISPUTED, tuple(tellers)
    told_twice = any(len(origins) > 1 for origins in tellers.values())
    return Status.AGREED if told_twice else Status.SINGLE_SOURCE, tuple(tellers)


@dataclass(frozen=True, slots=True)
class _Group:
    """A value, and which positions can stand together on it."""

    value: Reported
    members: frozenset[int]


def _rivals(attribute: str, held: Sequence[Position], origin: Origin) -> tuple[Status, tuple[Value, ...]]:
    """An attribute of which an event has one value: what the greatest groups of positions leave possible."""
    stances = {(each.reported, each.denies) for each in held}
    if len(stances) == 1 and len(held[0].reported) == 1 and not held[0].denies:
        # Most facts of most events: there is nothing to weigh up, and no need to.
        return _status(held, origin), (held[0].reported[0].value,)
    groups = [
        _Group(value, frozenset(i for i, each in enumerate(held) if each.can_stand_with(value)))
        for value in _candidates(attribute, held)
    ]
    if not groups:
        return Status.UNKNOWN, ()
    greatest = [each for each in groups if not any(each.members < other.members for other in groups)]
    # Of one group's values the most general is what it says: narrower ones are not told by all of it.
    general = [
        each.value
        for each in greatest
        if not any(
            each.members == other.members and _is_coarser(attribute, other.value, each.value) for other in greatest
        )
    ]
    values = sorted(_spelled_once(attribute, general, held, origin), key=lambda value: _first_told(value, held))
    together = any(len(each.members) == len(held) for each in greatest)
    return _status(held, origin) if together else Status.DISPUTED, tuple(dict.fromkeys(each.value for each in values))


def _status(held: Sequence[Position], origin: Origin) -> Status:
    """Of positions that can stand together. Who only denies something else does not make a second witness."""
    telling = [each for each in held if not each.denies] or held
    return Status.AGREED if len({origin(each.claim) for each in telling}) > 1 else Status.SINGLE_SOURCE


def _candidates(attribute: str, held: Sequence[Position]) -> tuple[Reported, ...]:
    """Every value that somebody reports, that two say together, or that a denial leaves."""
    said = dict.fromkeys(each for position in held if not position.denies for each in position.reported)
    growing = True
    while growing:
        together = {joined(attribute, one, other) for one in said for other in said}
        fresh = sorted((each for each in together if each is not None and each not in said), key=_spelling)
        said |= dict.fromkeys(fresh)
        growing = bool(fresh)
    return tuple(said | dict.fromkeys(each for position in held if position.denies for each in _left_by(position)))


def _left_by(denial: Position) -> Iterable[Reported]:
    """The codes that a denial leaves; of a free attribute they cannot be listed.

    "Nobody was kept from speaking with counsel" leaves that access was given or interrupted. Without these, a disputed
    fact would show one value only, and a rule would read it as settled.
    """
    codes = ATTRIBUTES[denial.attribute].values
    exact = (Reported(code) for code in codes if code not in LEFT_OPEN.get(denial.attribute, {}))
    return (each for each in exact if denial.can_stand_with(each))


def _is_coarser(attribute: str, one: Reported, other: Reported) -> bool:
    return says_more(attribute, one, other) and not says_more(attribute, other, one)


def _spelled_once(
    attribute: str, values: Sequence[Reported], held: Sequence[Position], origin: Origin
) -> tuple[Reported, ...]:
    """One spelling for each meaning: the one most origins use, then the longest, then by alphabet."""

    def rank(value: Reported) -> tuple[int, int, tuple[str, ...]]:
        tellers = {origin(each.claim) for each in held if value in each.reported}
        return -len(tellers), -len(str(value.value)), _spelling(value)

    kept: list[Reported] = []
    for value in sorted(values, key=rank):
        if not any(says_more(attribute, value, each) and says_more(attribute, each, value) for each in kept):
            kept.append(value)
    return tuple(kept)


def _spelling(value: Reported) -> tuple[str, ...]:
    return str(value.value), *sorted(value.ids)


def _first_told(value: Reported, held: Sequence[Position]) -> tuple[int, int]:
    """Where a value was first reported: which position, which of its values. One that nobody reports comes last."""
    for index, position in enumerate(held):
        if value in position.reported and not position.denies:
            return index, position.reported.index(value)
    codes = ATTRIBUTES[held[0].attribute].values
    return len(held), codes.index(str(value.value)) if value.value in codes else 0
