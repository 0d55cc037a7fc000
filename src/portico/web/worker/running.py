"""Running jobs: each in a process of its own with limits, while the worker says that it lives.

What a job breaks, or what breaks it, ends that process alone. The worker itself reads no file that came from elsewhere.
"""

import logging
import os
import resource
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType
from uuid import uuid4

from django.db import connections
from django.utils import timezone
from django.utils.translation import gettext as _

from portico.facts import PorticoError
from portico.web.worker import queue
from portico.web.worker.models import CANCELLED, DONE, FAILED, Job
from portico.web.worker.steps import Ended, Steps, Work, kinds

IDLE_SECONDS = 0.5
_LOOK_SECONDS = 0.1
_PATIENCE = 5.0  # seconds that a job has to end after it was told to
_KEEP_SECONDS = queue.LEASE.total_seconds() / 5


@dataclass(slots=True)
class Worker:
    """Takes jobs until it is told to end.

    lives  asked between two looks; False ends it
    """

    lives: Callable[[], bool]
    holder: str = field(default_factory=lambda: f"{os.getpid()}-{uuid4().hex[:12]}")

    def run(self) -> None:
        while self.lives():
            job = queue.take(self.holder, timezone.now())
            if job is None:
                time.sleep(IDLE_SECONDS)
            else:
                self.work_on(job)
        connections.close_all()

    def work_on(self, job: Job) -> None:
        """One job, to its end or until this worker ends."""
        work = kinds().get(job.kind)
        if work is None or job.tries > queue.MOST_TRIES:
            job.end(FAILED, timezone.now(), _ended_workers(work))
            return
        connections.close_all()  # they do not survive a fork
        child = os.fork()
        if not child:
            _in_child(job, self.holder, work)
        status = self._attend(job, work, child)
        job.refresh_from_db()
        if job.holder == self.holder and status:
            job.end(FAILED, timezone.now(), _limits(work))

    def _attend(self, job: Job, work: Work, child: int) -> int:
        """Waits for the process; its status."""
        kept = told = 0.0
        began = time.monotonic()
        while True:
            ended, status = os.waitpid(child, os.WNOHANG)
            now = time.monotonic()
            if ended:
                return os.waitstatus_to_exitcode(status)
            if not self.lives() and not told:
                told = now
                os.kill(child, signal.SIGTERM)
            if now - kept > _KEEP_SECONDS:
                kept = now
                job.refresh_from_db()
                if not queue.keep(job, self.holder, timezone.now()) or _quiet_for(job, began) > work.quiet:
                    os.kill(child, signal.SIGKILL)
                elif job.stop and not told:
                    told = now
            if told and now - told > _PATIENCE:
                # Between two steps nothing is half done: a transaction that did not end never was.
                self._end_now(job, child)
                return 0
            time.sleep(_LOOK_SECONDS)

    def _end_now(self, job: Job, child: int) -> None:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        job.refresh_from_db()
        if job.holder != self.holder:
            return
        if job.stop:
            job.end(CANCELLED, timezone.now())
        else:
            queue.give_back(job, self.holder)


def _quiet_for(job: Job, began: float) -> float:
    """Seconds since its last step in this run. began: when the run did."""
    if job.since is None or job.moved is None:
        return time.monotonic() - began
    return (timezone.now() - job.moved).total_seconds()


def _in_child(job: Job, holder: str, work: Work) -> None:
    """The job's process. Never returns."""
    status = 1
    try:
        steps = Steps(job, holder)

        def leave(_signal: int, _frame: FrameType | None) -> None:
            steps.leaving = True

        signal.signal(signal.SIGTERM, leave)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_AS, (work.memory, work.memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        do(steps, work)
        status = 0
    finally:
        connections.close_all()
        os._exit(status)


def do(steps: Steps, work: Work) -> None:
    """Does it in this process, and says how it ended."""
    job, now = steps.job, timezone.now
    try:
        work.run(steps)
    except Ended as told:
        if told.state == CANCELLED:
            job.end(CANCELLED, now())
        elif told.state == "waiting":
            queue.give_back(job, steps.holder)
    except PorticoError as problem:
        job.end(FAILED, now(), str(problem))
    except MemoryError:
        job.end(FAILED, now(), _limits(work))
    except Exception:  # the outermost shell of the job: its page says that, and the log where
        logging.getLogger(__name__).exception("a job broke")
        job.end(
            FAILED,
            now(),
            _("Something broke here: a mistake of ours, and the desk’s log says where.") + f" {work.survives}",
        )
    else:
        job.end(DONE, now())


def _limits(work: Work) -> str:
    return _("It took too long between two steps, or too much memory, and was ended.") + f" {work.survives}"


def _ended_workers(work: Work | None) -> str:
    if work is None:
        return _("This version does not know this kind of work. Nothing was done.")
    return _("The process that did it ended several times at the same step.") + f" {work.survives}"
