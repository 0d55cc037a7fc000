"""A job as a page shows it: what is done, how far it is, how long it will take, why it failed."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portico.web.worker.models import CANCELLED, DONE, FAILED, RUNNING, WAITING, Job
from portico.web.worker.steps import Work, kinds

_LONG = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Shown:
    """job, and what its kind says of it. work is None: a kind that this version does not know."""

    job: Job
    work: Work | None

    @property
    def title(self) -> str:
        return str(self.work.title) if self.work else self.job.kind

    @property
    def page(self) -> str:
        """The address of what it works on; empty: none."""
        return self.work.page(self.job.subject) if self.work and self.work.page else ""

    @property
    def counts(self) -> str:
        return str(self.work.counts) if self.work else ""

    @property
    def state(self) -> str:
        words = {
            WAITING: _("waits for the worker"),
            RUNNING: _("stopping after this step") if self.job.stop else self.stage or _("starting"),
            DONE: _("done"),
            FAILED: _("failed"),
            CANCELLED: _("stopped"),
        }
        return words[self.job.state]

    @property
    def is_forgotten(self) -> bool:
        """Whether it waits although nothing else runs: then there is no worker."""
        waits = self.job.state == WAITING and timezone.now() - self.job.made > _LONG
        return waits and not Job.objects.filter(state=RUNNING).exists()

    @property
    def stage(self) -> str:
        return str(self.work.stages.get(self.job.stage, "")) if self.work else ""

    @property
    def left(self) -> str:
        """How long it will take, roughly; empty when nobody can say yet."""
        seconds = self.job.seconds_left if self.job.state == RUNNING else None
        if seconds is None:
            return ""
        if seconds < 90:
            return ngettext("about %(n)d second left", "about %(n)d seconds left", seconds) % {"n": seconds}
        minutes = round(seconds / 60)
        return ngettext("about %(n)d minute left", "about %(n)d minutes left", minutes) % {"n": minutes}

    @property
    def rate(self) -> int | None:
        rate = self.job.rate
        return None if rate is None or self.job.state != RUNNING else round(rate)


def shown(job: Job) -> Shown:
    return Shown(job, kinds().get(job.kind))
