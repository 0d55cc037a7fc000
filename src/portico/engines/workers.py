"""Several processes on one machine: jobs out, outcomes back in their order, no job lost with its process."""

import signal
import threading
import time
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import get_context, parent_process, resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerProcess
from multiprocessing.reduction import ForkingPickler
from os import _exit
from typing import Any, Generic

from portico.engines.attempt import J, Plan, T, attempt
from portico.engines.failures import NotDoneError, bug, died, overdue
from portico.facts import PorticoError

_AHEAD = 32  # outcomes per process that may wait for an earlier one: bounds memory, and hides a slow document
_SMALL = 4096  # bytes that a pipe takes while nobody reads from it, on every system we know
_GRACE_S = 2.0  # after the worker's own alarm, before the process is ended


class WorkersError(PorticoError):
    """No worker process can be started."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"The worker processes could not be started: {why}. Nothing further was read. Use one process, or, in a "
            'script of your own, keep the call under `if __name__ == "__main__":`.'
        )


@dataclass(slots=True)
class _Task(Generic[J]):
    """One job on its way; `lost` says that a process has ended with it once."""

    number: int
    job: J
    packed: bytes
    lost: bool = False


@dataclass(slots=True, eq=False)
class _Worker(Generic[J]):
    """A process, and the tasks it was given and has not answered: it works on the first."""

    process: ForkServerProcess
    pipe: "Connection[Any, Any]"
    ready: bool = False
    held: deque[_Task[J]] = field(default_factory=deque)
    since: float = 0.0

    def give(self, task: _Task[J]) -> None:
        self.held.append(task)
        if len(self.held) == 1:
            self.since = time.monotonic()
        with suppress(OSError):  # it has just ended: the next look at its pipe says so
            self.pipe.send_bytes(task.packed)

    def may_have(self, task: _Task[J]) -> bool:
        """One to work on and one to go on with, unless it could fill the pipe while the worker fills the other one."""
        return not self.held or (len(self.held) == 1 and len(task.packed) <= _SMALL)

    def end(self) -> int | None:
        self.process.kill()
        self.process.join()
        self.pipe.close()
        return self.process.exitcode


def in_workers(
    plan: Plan[J, T], jobs: Iterable[J], *, processes: int, limit_s: float
) -> Generator[tuple[J, T | NotDoneError], None, None]:
    """Each job with its outcome, in order. Raises WorkersError. Leaving early ends the processes."""
    crew: _Crew[J, T] = _Crew(plan, jobs, processes, limit_s)
    try:
        yield from crew.outcomes()
    finally:
        crew.end()


class _Crew(Generic[J, T]):
    """The parent's side. `outcomes` is the loop; every other method is one step of it."""

    def __init__(self, plan: Plan[J, T], jobs: Iterable[J], processes: int, limit_s: float) -> None:
        self._plan, self._jobs, self._limit_s = plan, enumerate(jobs), limit_s
        self._context = get_context("forkserver")
        self._context.set_forkserver_preload([plan.__module__, "portico.engines.warm"])
        self._workers: list[_Worker[J] | None] = [None] * processes
        self._again: deque[_Task[J]] = deque()
        self._done: dict[int, tuple[J, T | NotDoneError]] = {}
        self._next = 0
        self._window = processes * _AHEAD

    def outcomes(self) -> Iterator[tuple[J, T | NotDoneError]]:
        while True:
            self._give_out()
            while self._next in self._done:
                yield self._done.pop(self._next)
                self._next += 1
                self._give_out()
            if not any(worker and worker.held for worker in self._workers):
                return
            self._listen()

    def end(self) -> None:
        for worker in filter(None, self._workers):
            worker.end()

    def _give_out(self) -> None:
        """Keep every worker busy, an idle one first, without running too far ahead of the outcome that is due."""
        for share in (0, 1):
            for place in range(len(self._workers)):
                worker = self._workers[place]
                if len(worker.held if worker else ()) > share:
                    continue
                task = self._take()
                if task is None:
                    return
                worker = worker or self._start(place)
                if worker.may_have(task):
                    worker.give(task)
                else:
                    self._again.appendleft(task)

    def _take(self) -> _Task[J] | None:
        if self._again:
            return self._again.popleft()
        running = sum(len(worker.held) for worker in self._workers if worker)
        if len(self._done) + running >= self._window:
            return None
        number, job = next(self._jobs, (None, None))
        if number is None or job is None:
            return None
        return _Task(number, job, bytes(ForkingPickler.dumps(job)))

    def _start(self, place: int) -> _Worker[J]:
        mine, theirs = self._context.Pipe()
        process = self._context.Process(target=_work, args=(theirs, self._plan, self._limit_s), daemon=True)
        try:
            _start_deaf(process)
        except (OSError, EOFError) as error:  # the server of forks is gone: it stumbled over what it loads
            raise WorkersError(f"{type(error).__name__} {error}".strip()) from error
        finally:
            theirs.close()
        worker: _Worker[J] = _Worker(process, mine)
        self._workers[place] = worker
        return worker

    def _listen(self) -> None:
        """Wait for the next answer, end or missed limit."""
        busy = [worker for worker in self._workers if worker and worker.held]
        last = self._limit_s + _GRACE_S
        first_due = min((worker.since + last for worker in busy if worker.ready), default=time.monotonic() + 1)
        for pipe in wait([worker.pipe for worker in busy], max(0.0, first_due - time.monotonic())):
            self._hear(next(worker for worker in busy if worker.pipe is pipe))
        for worker in busy:
            if worker in self._workers and worker.ready and worker.held and time.monotonic() - worker.since > last:
                self._lose(worker, late=True)

    def _hear(self, worker: _Worker[J]) -> None:
        try:
            said = worker.pipe.recv()
        except (EOFError, OSError):
            self._lose(worker, late=False)
            return
        worker.since = time.monotonic()
        if not worker.ready:
            worker.ready = True
            return
        task = worker.held.popleft()
        self._done[task.number] = (task.job, said)

    def _lose(self, worker: _Worker[J], *, late: bool) -> None:
        """A process is gone, or is ended: what it was at is named or tried once more, what it had not begun goes on."""
        exit_code = worker.end()
        self._workers[self._workers.index(worker)] = None
        if not worker.ready:
            raise WorkersError(f"one ended as it began, exit status {exit_code}")
        task, *rest = worker.held
        self._again.extendleft(reversed(rest))
        if late:
            self._done[task.number] = (task.job, overdue(task.job.name, self._limit_s))
        elif task.lost:
            self._done[task.number] = (task.job, died(task.job.name, exit_code))
        else:
            task.lost = True
            self._again.appendleft(task)


def _start_deaf(process: ForkServerProcess) -> None:
    """Start it with Ctrl-C masked: the terminal sends that to every process, and only the parent may answer it."""
    resource_tracker.ensure_running()  # here, since what it does at its start would take the mask off again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        process.start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work(pipe: "Connection[Any, Any]", plan: Plan[J, T], limit_s: float) -> None:
    """The worker's side: a job in, an outcome out, until the parent closes the pipe or is gone."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # the server may have been started by another, unmasked
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):  # the parent has closed the pipe, or is gone
        pipe.send("ready")
        while True:
            pipe.send_bytes(_answer(pipe.recv(), plan, limit_s))


def _answer(job: J, plan: Plan[J, T], limit_s: float) -> memoryview:
    """The outcome, packed to be sent; a result that cannot be is a bug of its plan."""
    try:
        return ForkingPickler.dumps(attempt(plan, job, limit_s))
    except Exception as error:  # noqa: BLE001  (whatever a plan returns: the job is answered, the worker goes on)
        return ForkingPickler.dumps(bug(job.name, error))


def _end_with_parent() -> None:
    """A killed parent can end nobody: its workers see it go and leave what they are at."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        _exit(1)
