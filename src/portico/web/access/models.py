"""People of the desk, their teams, invitations and sessions, and what is closed to all but a team.

Not the record: a fact never stands here. Who did something stands in the log by `User.actor` alone.
"""

import hashlib
import secrets
from datetime import timedelta

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import DEFAULT_DB_ALIAS, models
from django.utils import timezone

from portico.store import plain
from portico.web.access.acts import Role

INVITATION_HOURS = 72


def new_actor() -> str:
    """A pseudonym for the log: it stands there for good, so it says nothing of the person."""
    return f"person:{secrets.token_hex(4)}"


class Team(models.Model):
    name = models.CharField(max_length=100, unique=True)

    def __str__(self) -> str:
        return str(self.name)


class Users(BaseUserManager):
    def create(self, *, username: str, password: str | None, roles: "list[Role]", name: str = "") -> "User":
        """A new user; without a password they can sign in with a passkey only."""
        user = self.model(username=username, name=name or username, roles=sorted(map(str, roles)))
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str) -> "User":
        return self.get(username__iexact=username)


class User(AbstractBaseUser):
    """Somebody who may sign in.

    actor  who they are in the log
    name   what colleagues see
    roles  see `acts.Role`
    """

    username = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=100)
    actor = models.CharField(max_length=64, unique=True, default=new_actor, editable=False)
    roles = models.JSONField(default=list)
    teams = models.ManyToManyField(Team, related_name="members")
    is_active = models.BooleanField(default=True)
    joined = models.DateTimeField(default=timezone.now)

    objects = Users()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ()

    def __str__(self) -> str:
        return str(self.name)

    @property
    def role_set(self) -> frozenset[Role]:
        known = set(Role)
        return frozenset(Role(each) for each in self.roles if each in known)

    @property
    def is_enrolled(self) -> bool:
        """Whether a second factor, or a passkey, stands beside the password."""
        from allauth.mfa.models import Authenticator

        kinds = [Authenticator.Type.TOTP.value, Authenticator.Type.WEBAUTHN.value]
        return bool(plain.column(DEFAULT_DB_ALIAS, Authenticator, "id", user_id=self.pk, type__in=kinds))


class Session(AbstractBaseSession):
    """A session, known by its user, so that it can be shown and ended. No address and no browser is kept."""

    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="sessions")
    began = models.DateTimeField(default=timezone.now)
    seen = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = (models.Index(fields=["user"]),)

    @classmethod
    def get_session_store_class(cls) -> type:
        from portico.web.access.sessions import SessionStore

        return SessionStore


class Invitation(models.Model):
    """A link that lets one person in, once. Only the hash of its secret is kept.

    user   who sets a new password with it; None = it makes a new user
    roles  of the new user
    """

    digest = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=100)
    roles = models.JSONField(default=list)
    team = models.ForeignKey(Team, null=True, on_delete=models.SET_NULL)
    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="invitations")
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="invited")
    made = models.DateTimeField(default=timezone.now)
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True)

    @classmethod
    def make(cls, **fields: object) -> "tuple[Invitation, str]":
        """An invitation, and the secret of its link, which is shown once."""
        secret = secrets.token_urlsafe(32)
        expires = timezone.now() + timedelta(hours=INVITATION_HOURS)
        return cls.objects.create(digest=digest_of(secret), expires=expires, **fields), secret

    @property
    def is_open(self) -> bool:
        return self.used is None and timezone.now() < self.expires


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


class Restriction(models.Model):
    """An account that only a team may see, and with it its incident and its document.

    By account and not by incident: linking and unlinking change which incident it is of.
    """

    account = models.CharField(max_length=200, db_index=True)
    source = models.CharField(max_length=64, db_index=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL)
    made = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["account", "team"], name="once_for_each_team"),)
