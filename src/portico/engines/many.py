"""The one way through many documents: the same plan on each, whatever the engine, in the order given."""

from collections.abc import Generator, Iterable, Iterator
from pathlib import Path
from typing import Protocol

from portico.engines.attempt import LIMIT_S, J, Plan, T, attempts
from portico.engines.failures import NotDoneError
from portico.engines.index import Done, Index, done_with, opened_index
from portico.engines.inputs import Input
from portico.engines.plans import ReadResult, read_input
from portico.engines.workers import in_workers
from portico.facts import PorticoError

_BATCH = 64


class Engine(Protocol):
    """Runs a plan over jobs: each job with its outcome, in order; what fails is a NotDoneError in its place.

    Closing it early ends what it began elsewhere.
    """

    def __call__(self, plan: Plan[J, T], jobs: Iterable[J]) -> Generator[tuple[J, T | NotDoneError], None, None]: ...


def here(processes: int = 1, *, limit_s: float = LIMIT_S) -> Engine:
    """This machine: in this process, or in several beside it, which outlive a document that ends one of them."""

    def run(plan: Plan[J, T], jobs: Iterable[J]) -> Generator[tuple[J, T | NotDoneError], None, None]:
        if processes > 1:
            return in_workers(plan, jobs, processes=processes, limit_s=limit_s)
        return _paired(plan, jobs, limit_s)

    return run


def _paired(plan: Plan[J, T], jobs: Iterable[J], limit_s: float) -> Generator[tuple[J, T | NotDoneError], None, None]:
    for job in jobs:
        for outcome in attempts(plan, limit_s, (job,)):
            yield job, outcome


def read_many(
    inputs: Iterable[Input],
    *,
    processes: int = 1,
    resume: Path | None = None,
    engine: Engine | None = None,
    limit_s: float = LIMIT_S,
) -> Generator[ReadResult | PorticoError, None, None]:
    """Every input read, in order: its result, or the error that names it.

    inputs   taken as needed, so a generator over a large archive stays a generator
    resume   a file that says how far an earlier run came: what it has done is left out. An outcome counts as done
             when the next one is asked for, so an interrupted caller is given its last ones again, never one too few
    engine   instead of `processes` on this machine, for example `spark(master)`
    limit_s  seconds for one document
    Raises ResumeError when `resume` is another run's, WorkersError when no process can be started.
    """
    run = engine or here(processes, limit_s=limit_s)
    if resume is None:
        yield from (outcome for _, outcome in run(read_input, inputs))
        return
    with opened_index(resume) as index:
        yield from _marked(index, run(read_input, index.left(inputs)))


def _marked(index: Index, outcomes: Iterator[tuple[Input, T | NotDoneError]]) -> Iterator[T | NotDoneError]:
    """The outcomes again; the index learns of one when the next is asked for, several at a time."""
    done: list[Done] = []
    try:
        for given, outcome in outcomes:
            yield outcome
            done.append(done_with(given, outcome))
            if len(done) >= _BATCH:
                index.add(done)
                done = []
    finally:
        if done:
            index.add(done)
