"""Tokens of programs. Only the hash of a secret is kept; the day of its last use, and nothing of from where.

Beside a token, for a day, stand its answers to calls that may be sent again; see `api.once`.
"""

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone

from portico.custody import decrypt, encrypt
from portico.web.access.models import User, digest_of

PREFIX = "portico_"
"""How every secret begins, so that a scanner, or a person, sees what it is where it should not stand."""

MOST_A_MINUTE = 600
"""Requests of one token in a clock minute: ten a second, more than the pages of one person ever ask."""


class Token(models.Model):
    """One program's way in, in the name of one person.

    scopes   see `scopes.Scope`
    used_on  UTC day of the last use
    minute   when `uses` began to count: the calls in that clock minute
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    made = models.DateTimeField(default=timezone.now)
    expires = models.DateTimeField()
    revoked = models.DateTimeField(null=True)
    used_on = models.DateField(null=True)
    minute = models.DateTimeField(null=True)
    uses = models.PositiveIntegerField(default=0)

    @classmethod
    def make(cls, user: User, *, name: str, scopes: list[str], days: int) -> "tuple[Token, str]":
        """A token, and its secret, which is shown once."""
        secret = PREFIX + secrets.token_urlsafe(32)
        expires = timezone.now() + timedelta(days=days)
        return cls.objects.create(
            user=user, name=name, digest=digest_of(secret), scopes=sorted(scopes), expires=expires
        ), secret

    @classmethod
    def of(cls, secret: str) -> "Token | None":
        """The token of this secret, whether or not it is still good."""
        found: Token | None = cls.objects.select_related("user").filter(digest=digest_of(secret)).first()
        return found

    @classmethod
    def revoke_all(cls, user: User) -> int:
        """None of this person's tokens opens anything from now on. How many did until now."""
        return int(
            cls.objects.filter(user=user, revoked=None, expires__gt=timezone.now()).update(revoked=timezone.now())
        )

    def revoke(self) -> bool:
        """It opens nothing any more. False when it was revoked before."""
        return bool(Token.objects.filter(pk=self.pk, revoked=None).update(revoked=timezone.now()))

    @property
    def is_open(self) -> bool:
        return self.revoked is None and timezone.now() < self.expires

    def count_use(self, now: datetime) -> bool:
        """Counts one more use. False, and not counted, when this minute's are used up.

        One statement decides, so that calls at once through several processes are all counted.
        """
        minute = now.replace(second=0, microsecond=0)
        goes_on = Case(When(minute=minute, then=F("uses") + 1), default=Value(1))
        begins = Q(minute=None) | Q(minute__lt=minute)
        left = Token.objects.filter(begins | Q(uses__lt=MOST_A_MINUTE), pk=self.pk)
        return bool(left.update(uses=goes_on, minute=minute, used_on=now.date()))


class KeptAnswer(models.Model):
    """What a program was answered, so that the same call sent again is answered the same.

    key, asked  keyed hashes of its Idempotency-Key, and of the call with what it sent: neither can be guessed from here
    began       when the call began
    status      of the answer; 0 while it is being made
    sealed      the answer, under the desk's own key. Like every answer to a program it holds no guarded words
    """

    token = models.ForeignKey(Token, on_delete=models.CASCADE, related_name="answers")
    key = models.CharField(max_length=64)
    asked = models.CharField(max_length=64)
    began = models.DateTimeField(default=timezone.now, db_index=True)
    status = models.PositiveSmallIntegerField(default=0)
    sealed = models.BinaryField(default=b"")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["token", "key"], name="one_answer_to_a_key"),)

    def keep(self, status: int, answer: bytes) -> None:
        self.status, self.sealed = status, encrypt(settings.PORTICO_SEALING, answer, self._place)
        self.save(update_fields=["status", "sealed"])

    @property
    def answer(self) -> bytes:
        """Raises LockedError for one that was moved here from another row."""
        return decrypt(settings.PORTICO_SEALING, bytes(self.sealed), self._place)

    @property
    def _place(self) -> bytes:
        return f"portico desk answer {self.pk}".encode()
