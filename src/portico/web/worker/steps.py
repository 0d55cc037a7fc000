"""Steps: what a piece of work says of itself while it runs, and where it hears that it must end."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec

from django.conf import settings
from django.utils import timezone

from portico.store import Record, open_record
from portico.web.desk.screens import screens
from portico.web.worker.models import Job

GIB = 1 << 30


class Ended(Exception):  # noqa: N818  (not a fault: what the work is told)
    """The work must end here. state: "cancelled", "waiting" (the worker itself ends), "lost" (another one has it)."""

    def __init__(self, state: str) -> None:
        self.state = state
        super().__init__(state)


@dataclass(slots=True)
class Steps:
    """One run of a job.

    leaving  set when the worker itself was told to end
    """

    job: Job
    holder: str
    parent: int = field(default_factory=os.getppid)
    leaving: bool = False

    def step(self, stage: str, done: int = 0, total: int = 0) -> None:
        """Says how far it is. What was done before is on the disk: from here the next worker goes on.

        Raises Ended when it must not go on.
        """
        now = timezone.now()
        job = self.job
        if job.since is None or job.stage != stage:
            job.since, job.since_done = now, done
        tries = 1 if done > job.done else job.tries
        job.stage, job.done, job.total, job.moved = stage, done, total, now
        moved = {"stage": stage, "done": done, "total": total, "moved": now, "tries": tries}
        mine = Job.objects.filter(pk=job.pk, holder=self.holder)
        if not mine.update(**moved, since=job.since, since_done=job.since_done) or os.getppid() != self.parent:
            raise Ended("lost")
        if mine.filter(stop=True).exists():
            raise Ended("cancelled")
        if self.leaving:
            raise Ended("waiting")

    @contextmanager
    def record(self) -> Iterator[Record]:
        """The record, guarded words masked: writing needs no key."""
        with open_record(settings.PORTICO_PLACE.folder) as record:
            yield record


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A kind of job.

    run      does it; `job.subject` says to what. Run again after a kill it goes on from its last step
    title    what it is called, translated when shown (gettext_lazy); stages: word → what it says
    counts   what done and total count, translated: "rows"
    page     the address of what it works on
    quiet    seconds that may pass between two steps; memory: bytes. Past either it is ended and says so
    survives what is safe when it fails, and what to do next
    """

    run: Callable[[Steps], None]
    title: str
    stages: Mapping[str, str]
    counts: str = ""
    page: Callable[[int], str] | None = None
    quiet: int = 600
    memory: int = 4 * GIB
    survives: str


def kinds() -> dict[str, Work]:
    """Every kind of job: those that a screen's `jobs.py` names, with the screen's name before."""
    found: dict[str, Work] = {}
    for screen in screens():
        if find_spec(f"{screen.package}.jobs"):
            jobs: Mapping[str, Work] = import_module(f"{screen.package}.jobs").JOBS
            found.update((f"{screen.name}.{name}", work) for name, work in jobs.items())
    return found
