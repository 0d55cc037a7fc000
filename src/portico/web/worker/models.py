"""Jobs: long work that somebody asked for, as a table that several workers may take from."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone

from portico.custody import LockedError, decrypt, encrypt
from portico.web.access.models import User

_SAID = b"portico desk job"

WAITING, RUNNING, DONE, FAILED, CANCELLED = "waiting", "running", "done", "failed", "cancelled"
UNDER_WAY = (WAITING, RUNNING)


class Job(models.Model):
    """One piece of work. Not the record: losing the table loses no fact.

    kind, subject  what is done, to what: the key of a `Work` and a number that it knows ("imports.check", an import)
    actor          in whose name entries are made
    stage          what is being done now, a word of the kind's own; done, total: how far; total 0 = not known
    holder, lease  the worker that has it, and until when others leave it alone; it says so again and again
    tries          how often it was taken up since its last step
    stop           somebody asked to end it; it ends after its current step
    since          when this run made its first step, and since_done where that was: the rate counts from there
    said           why it failed, sealed: a message may quote a cell
    """

    kind = models.CharField(max_length=40)
    subject = models.BigIntegerField(default=0)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL)
    actor = models.CharField(max_length=200)
    state = models.CharField(max_length=10, default=WAITING, db_index=True)
    stage = models.CharField(max_length=20, default="")
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    holder = models.CharField(max_length=60, default="")
    lease = models.DateTimeField(null=True)
    tries = models.IntegerField(default=0)
    stop = models.BooleanField(default=False)
    made = models.DateTimeField(default=timezone.now)
    since = models.DateTimeField(null=True)
    since_done = models.BigIntegerField(default=0)
    moved = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True)
    said = models.BinaryField(default=b"")

    class Meta:
        indexes = (models.Index(fields=["kind", "subject"], name="job_of_a_subject"),)

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY

    @property
    def rate(self) -> float | None:
        """Steps a second in this run; None before there are enough to say."""
        if self.since is None or self.moved is None or self.done <= self.since_done:
            return None
        return (self.done - self.since_done) / max((self.moved - self.since).total_seconds(), 0.1)

    @property
    def seconds_left(self) -> int | None:
        """How long it will take at this rate; None when that is not known."""
        rate = self.rate
        return None if not rate or not self.total else round((self.total - self.done) / rate)

    @property
    def why(self) -> str:
        """What went wrong, in words; nothing if the desk has another key now."""
        try:
            return decrypt(settings.PORTICO_SEALING, bytes(self.said), _SAID).decode() if self.said else ""
        except LockedError:
            return ""

    def end(self, state: str, at: datetime, said: str = "") -> None:
        """Ends it; nobody holds it any more."""
        self.state, self.ended, self.holder, self.lease = state, at, "", None
        self.said = encrypt(settings.PORTICO_SEALING, said.encode(), _SAID) if said else b""
        self.save(update_fields=["state", "ended", "holder", "lease", "said"])
