"""Work in progress of the inbox. Not the record: no fact stands here, and losing it loses none.

What somebody typed or uploaded is sealed with the desk's own key until the record has it under its own.
"""

import hashlib
import json

from django.conf import settings
from django.db import models
from django.utils import timezone

from portico.custody import LockedError, decrypt, encrypt
from portico.web.access.models import User

_DRAFT, _UPLOAD = b"portico desk draft", b"portico desk upload"


class Aside(models.Model):
    """A document that somebody set aside: nobody need decide about it now. It stays in the record."""

    source = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL)
    at = models.DateTimeField(default=timezone.now)


class Draft(models.Model):
    """What somebody is typing, so that a closed tab or a lost connection loses nothing. kind: "text" or "call"."""

    user = models.ForeignKey(User, on_delete=models.CASCADE)
    kind = models.CharField(max_length=8)
    sealed = models.BinaryField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "kind"], name="one_draft_of_a_kind"),)

    @classmethod
    def keep(cls, user: User, kind: str, typed: dict[str, str]) -> None:
        sealed = encrypt(settings.PORTICO_SEALING, json.dumps(typed).encode(), _DRAFT)
        cls.objects.update_or_create(user=user, kind=kind, defaults={"sealed": sealed, "at": timezone.now()})

    @classmethod
    def kept(cls, user: User, kind: str) -> dict[str, str]:
        """What was typed last; nothing if there is no draft, or the desk has another key now."""
        found = cls.objects.filter(user=user, kind=kind).first()
        if found is None:
            return {}
        try:
            typed = json.loads(decrypt(settings.PORTICO_SEALING, bytes(found.sealed), _DRAFT))
        except (LockedError, ValueError):
            return {}
        return {str(name): str(value) for name, value in typed.items()}

    @classmethod
    def drop(cls, user: User, kind: str) -> None:
        cls.objects.filter(user=user, kind=kind).delete()


class Sending(models.Model):
    """Files that were sent together, and what became of them: the worker reads them.

    files        how many; those that are not in the record yet, or never will be, are its `uploads`
    added, held  how many came into the record, and how many it had already
    """

    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL)
    at = models.DateTimeField(default=timezone.now)
    files = models.IntegerField()
    added = models.IntegerField(default=0)
    held = models.IntegerField(default=0)

    def note(self, *, new: bool) -> None:
        """One of them is in the record. new: it was not before."""
        if new:
            self.added += 1
        else:
            self.held += 1
        self.save(update_fields=["added", "held"])


class Upload(models.Model):
    """A file as it was received, hashed and sealed before anything looks into it; gone once the record has it.

    sending  None: it was sent by a program, which waited for the answer
    problem  why it could not be read; empty while nobody has tried, as after a crash
    """

    sending = models.ForeignKey(Sending, null=True, on_delete=models.SET_NULL, related_name="uploads")

    sha256 = models.CharField(max_length=64)
    name = models.BinaryField()
    size = models.BigIntegerField()
    private = models.BooleanField(default=False)
    sealed = models.BinaryField()
    problem = models.BinaryField(default=b"")
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL)
    at = models.DateTimeField(default=timezone.now)

    @classmethod
    def seal(cls, name: str, content: bytes, *, private: bool, by: User, sending: Sending | None = None) -> "Upload":
        return cls.objects.create(
            sending=sending,
            sha256=hashlib.sha256(content).hexdigest(),
            name=encrypt(settings.PORTICO_SEALING, name.encode(), _UPLOAD),
            size=len(content),
            private=private,
            sealed=encrypt(settings.PORTICO_SEALING, content, _UPLOAD),
            by=by,
        )

    @property
    def file_name(self) -> str:
        return self._opened(self.name).decode()

    @property
    def content(self) -> bytes:
        """Its bytes, fetched when they are asked for: of twenty files one is held at a time."""
        return self._opened(Upload.objects.values_list("sealed", flat=True).get(pk=self.pk))

    @property
    def said(self) -> str:
        """Why it could not be read, in words; a message may name the file, so it is sealed too."""
        return self._opened(self.problem).decode() if self.problem else ""

    def fail(self, said: str) -> None:
        self.problem = encrypt(settings.PORTICO_SEALING, said.encode(), _UPLOAD)
        self.save(update_fields=["problem"])

    def send_again(self, *, by: User) -> Sending:
        """As if it had just come in, alone."""
        self.sending, self.problem = Sending.objects.create(by=by, files=1), b""
        self.save(update_fields=["sending", "problem"])
        return self.sending

    def _opened(self, sealed: bytes) -> bytes:
        try:
            return decrypt(settings.PORTICO_SEALING, bytes(sealed), _UPLOAD)
        except LockedError:
            return b""
