"""Files that were sent, as the inbox shows them: what is being read, what could not be, what came of the others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portico.web.access.models import User
from portico.web.inbox.models import Sending, Upload
from portico.web.worker import queue
from portico.web.worker.models import CANCELLED
from portico.web.worker.shown import Shown, shown

_SHOWN_FOR = timedelta(minutes=15)
_MOST = 25


@dataclass(frozen=True, slots=True)
class Left:
    """A file that is not in the record. said: why, in words."""

    upload: Upload
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """Files that were sent together. sending: None of those that a program sent; left: which are not in the record."""

    sending: Sending | None
    job: Shown | None
    left: Sequence[Left]

    @property
    def is_under_way(self) -> bool:
        return self.job is not None and self.job.job.is_under_way

    @property
    def became(self) -> str:
        """What became of those that are done, in a sentence or two."""
        added, held = (self.sending.added, self.sending.held) if self.sending else (0, 0)
        failed = sum(bool(each.upload.problem) for each in self.left)
        said = []
        if added:
            said.append(ngettext("%(n)d document added.", "%(n)d documents added.", added) % {"n": added})
        if held:
            told = ngettext("%(n)d was in the record already.", "%(n)d were in the record already.", held)
            said.append(told % {"n": held})
        if failed:
            told = ngettext("%(n)d file could not be read.", "%(n)d files could not be read.", failed)
            said.append(told % {"n": failed})
        return " ".join(said)


def sent_lately(user: User) -> list[Sent]:
    """What somebody has to know of: files that are not in the record, and what this user sent just now."""
    new = Q(by=user, at__gt=timezone.now() - _SHOWN_FOR)
    sendings = Sending.objects.filter(Q(uploads__isnull=False) | new).select_related("by").distinct()
    found = [_sent(each, each.uploads) for each in sendings.order_by("-pk")[:_MOST]]
    of_programs = _sent(None, Upload.objects.filter(sending=None))
    return [*found, of_programs] if of_programs.left else found


def _sent(sending: Sending | None, uploads: QuerySet) -> Sent:
    job = queue.of("inbox.read", sending.pk).first() if sending else None
    of_job = shown(job) if job else None
    left = uploads.order_by("pk").defer("sealed")[:_MOST]
    return Sent(sending=sending, job=of_job, left=[Left(each, _why(each, of_job)) for each in left])


def _why(upload: Upload, job: Shown | None) -> str:
    if upload.problem:
        return upload.said
    if job is not None and job.job.is_under_way:
        return _("It waits to be read.")
    if job is not None and job.job.state == CANCELLED:
        return _("It was not read: somebody stopped that. It is kept here, sealed; read it again, or take it away.")
    return (job.job.why if job else "") or _("Nobody has read it yet: the desk stopped before it could.")
