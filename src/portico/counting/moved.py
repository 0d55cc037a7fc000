"""Why a figure moved: two tables of one question, as of two instants, compared incident by incident."""

from dataclasses import dataclass
from typing import Literal

from portico.counting.table import Row, Table
from portico.facts import PorticoError

Standing = Literal["out", "may_count", "counts"]


class ComparisonError(PorticoError):
    """Two tables answer two questions: their difference would mean nothing."""

    exit_status = 2

    def __init__(self, what: str, before: str, after: str) -> None:
        self.what = what
        super().__init__(
            f"The tables differ in {what}: {before} and {after}. Nothing was compared. "
            "Count both with the same definition, version and places, as of two dates."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """An incident that stands otherwise in the later table.

    before, after  out: does not count, or was not known of; may_count; counts
    settled        what left it open before and no longer does: ("zone", "disputed")
    opened         what leaves it open now and did not
    """

    incident: str
    before: Standing
    after: Standing
    settled: tuple[tuple[str, str], ...]
    opened: tuple[tuple[str, str], ...]


def moved(before: Table, after: Table) -> tuple[Move, ...]:
    """The incidents that make the difference between two totals, those of the later table first.

    Of a count of events, the lower figure moves by those that began or ceased to count, the upper one by those that
    came in or went out. Raises ComparisonError when the tables do not answer the same question.
    """
    _check(before, after)
    then, now = _standings(before.total), _standings(after.total)
    questions_then, questions_now = _questions(before), _questions(after)
    moves = (
        Move(
            incident=each,
            before=then.get(each, "out"),
            after=now.get(each, "out"),
            settled=_without(questions_then.get(each, ()), questions_now.get(each, ())),
            opened=_without(questions_now.get(each, ()), questions_then.get(each, ())),
        )
        for each in dict.fromkeys((*now, *then))
    )
    return tuple(each for each in moves if each.before != each.after)


def _check(before: Table, after: Table) -> None:
    for what in ("definition", "version", "where"):
        mine, its = getattr(before, what), getattr(after, what)
        if mine != its:
            raise ComparisonError(what, str(mine), str(its))


def _standings(total: Row) -> dict[str, Standing]:
    counting: dict[str, Standing] = dict.fromkeys(total.certain, "counts")
    return counting | dict.fromkeys(total.possible, "may_count")


def _questions(table: Table) -> dict[str, tuple[tuple[str, str], ...]]:
    """Incident → what leaves it open."""
    asked: dict[str, tuple[tuple[str, str], ...]] = {}
    for question in table.open:
        for each in question.incidents:
            asked[each] = (*asked.get(each, ()), (question.attribute, question.status))
    return asked


def _without(some: tuple[tuple[str, str], ...], others: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple(each for each in some if each not in others)
