"""Who says so: for each value of a fact, which sources report it, say it less exactly, say otherwise or are silent."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from portico.facts import IncidentState, SourcedClaim, Value
from portico.record.meaning import Reported
from portico.record.position import Position, positions


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """One reported value of one fact, and where each source of the event stands on it.

    denied        the row is the denial of the value: "not denied"
    says          sources that report it, in their own voice or from somebody they name
    less_exactly  sources that report something which the value fits
    otherwise     sources that speak of the fact, and not so
    silent        sources that do not speak of the fact
    claims        the claims of `says`
    """

    value: Value
    denied: bool
    says: tuple[str, ...]
    less_exactly: tuple[str, ...]
    otherwise: tuple[str, ...]
    silent: tuple[str, ...]
    claims: tuple[SourcedClaim, ...]


def witnesses(state: IncidentState, attribute: str) -> tuple[Witness, ...]:
    """A row for every value of the fact that somebody reports, in the order of `values`, then one for every denial.

    A source that reports two speakers who differ stands behind both rows. A value that is possible only because
    somebody denied another has no row: nobody says it.
    """
    held = _held(state, attribute)
    told = (_row(state, held, _as_reported(value, held), denied=False) for value in state.values(attribute))
    denials = dict.fromkeys(each for position in held if position.denies for each in position.reported)
    return (
        *(row for row in told if row.says or row.less_exactly),
        *(_row(state, held, value, denied=True) for value in denials),
    )


def _held(state: IncidentState, attribute: str) -> tuple[Position, ...]:
    # A courthouse's name is read together with the ids that its account gives for the same words.
    names = ("courthouse", "courthouse_id") if attribute == "courthouse" else (attribute,)
    claims = (claim for name in names for claim in state.fact(name).claims)
    return tuple(each for each in positions(claims) if each.attribute == attribute)


def _as_reported(value: Value, held: Sequence[Position]) -> Reported:
    """The value with the ids of whoever reports it most exactly."""
    spelled = [each for position in held for each in position.reported if each.value == value]
    return min(spelled, key=lambda each: len(each.ids) or len(held) + 1, default=Reported(value))


def _row(state: IncidentState, held: Sequence[Position], value: Reported, *, denied: bool) -> Witness:
    saying = [each for each in held if (each.denies and value in each.reported if denied else each.states(value))]
    fitting = [] if denied else [each for each in held if not each.denies and each.can_stand_with(value)]
    says, fit, speak = (frozenset(each.claim.source for each in group) for group in (saying, fitting, held))
    return Witness(
        value=value.value,
        denied=denied,
        says=_in_order(state, says),
        less_exactly=_in_order(state, fit - says),
        otherwise=_in_order(state, speak - says - fit),
        silent=_in_order(state, frozenset(state.sources) - speak),
        claims=tuple(each.claim for each in saying),
    )


def _in_order(state: IncidentState, sources: Iterable[str]) -> tuple[str, ...]:
    wanted = frozenset(sources)
    return tuple(each for each in state.sources if each in wanted)
