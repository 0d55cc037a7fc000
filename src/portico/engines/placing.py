"""Many spellings placed: each distinct one once, by whatever engine; answers in the order of the rows."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from portico.engines.failures import NotDoneError
from portico.engines.many import Engine, here
from portico.places import Resolution, resolve

_ROWS = 100_000  # held at once, however many there are
_IN_A_JOB = 500  # a second's work


class Spelling(NamedTuple):
    """A place as a row gives it. state: USPS code; aor: area of responsibility; see `places.resolve`."""

    text: str
    state: str | None = None
    aor: str | None = None


@dataclass(frozen=True, slots=True)
class Spellings:
    """Some spellings, small enough to be sent to another process."""

    first: int
    these: tuple[Spelling, ...]

    @property
    def name(self) -> str:
        """For messages."""
        return f"spellings {self.first + 1:,} to {self.first + len(self.these):,}"


def place_several(job: Spellings) -> tuple[Resolution, ...]:
    """Each of them placed."""
    return tuple(resolve(*each) for each in job.these)


def place_many(rows: Iterable[Spelling], *, engine: Engine | None = None) -> Iterator[Resolution]:
    """What each row means, in order. Memory grows with the distinct spellings, not with the rows.

    Raises NotDoneError if the engine could not finish some.
    """
    known: dict[Spelling, Resolution] = {}
    coming = iter(rows)
    while several := list(islice(coming, _ROWS)):
        new = [each for each in dict.fromkeys(several) if each not in known]
        for job, outcome in (engine or here())(place_several, _jobs(new, len(known))):
            if isinstance(outcome, NotDoneError):
                raise outcome
            known.update(zip(job.these, outcome, strict=True))
        yield from (known[each] for each in several)


def _jobs(new: Sequence[Spelling], before: int) -> Iterator[Spellings]:
    for start in range(0, len(new), _IN_A_JOB):
        yield Spellings(before + start, tuple(new[start : start + _IN_A_JOB]))
