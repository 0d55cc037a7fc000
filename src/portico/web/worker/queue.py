"""The queue: put in, take, keep, give back. One conditional UPDATE decides who has a job, in SQLite and PostgreSQL."""

from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from portico.web.access.models import User
from portico.web.worker.models import CANCELLED, RUNNING, UNDER_WAY, WAITING, Job

LEASE = timedelta(seconds=15)
"""A job whose worker says nothing for so long is taken up by another."""
MOST_TRIES = 3
"""Taken up so often without a step in between, a job is what ends its workers."""


def put(kind: str, subject: int, *, by: User) -> Job:
    """Asks for work. The same that waits or runs already is not asked for twice."""
    there = of(kind, subject).filter(state__in=UNDER_WAY).first()
    return there or Job.objects.create(kind=kind, subject=subject, by=by, actor=by.actor)


def of(kind: str, subject: int) -> "QuerySet[Job]":
    """The jobs of a kind about a thing, the newest first. kind: whole, or its first word with the dot."""
    return Job.objects.filter(kind__startswith=kind, subject=subject).order_by("-pk")


def is_busy(kind: str, subject: int) -> bool:
    """Whether the worker has it, or will: what it works with must not change meanwhile."""
    return of(kind, subject).filter(state__in=UNDER_WAY).exists()


def take(holder: str, now: datetime) -> Job | None:
    """The first job that waits, or whose worker is gone; it is this holder's now. None if there is none."""
    free = Q(state=WAITING) | Q(state=RUNNING, lease__lt=now)
    for number in Job.objects.filter(free).order_by("pk").values_list("pk", flat=True)[:20]:
        taken = Job.objects.filter(free, pk=number).update(
            state=RUNNING, holder=holder, lease=now + LEASE, tries=F("tries") + 1, since=None
        )
        if taken:
            return Job.objects.get(pk=number)
    return None


def keep(job: Job, holder: str, now: datetime) -> bool:
    """Says that the worker lives. False: another has the job, this one must leave it."""
    return bool(Job.objects.filter(pk=job.pk, holder=holder).update(lease=now + LEASE))


def give_back(job: Job, holder: str) -> None:
    """The worker ends before the job does: the next one goes on with it."""
    Job.objects.filter(pk=job.pk, holder=holder, state=RUNNING).update(
        state=WAITING, holder="", lease=None, tries=F("tries") - 1
    )


def ask_to_stop(job: Job) -> None:
    """Ends it after its current step, or at once if nobody has it."""
    now = timezone.now()
    if Job.objects.filter(pk=job.pk, state=WAITING).update(state=CANCELLED, ended=now, stop=True):
        return
    Job.objects.filter(pk=job.pk, state=RUNNING).update(stop=True)


def go_on(job: Job) -> None:
    """Takes an ended job up again, from its last step."""
    Job.objects.filter(pk=job.pk).exclude(state__in=UNDER_WAY).update(
        state=WAITING, stop=False, ended=None, said=b"", tries=0
    )
