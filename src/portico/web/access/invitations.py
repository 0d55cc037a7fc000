"""Letting people in: an administrator makes a link, one person uses it once."""

from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from portico.web.access.acts import Role
from portico.web.access.ending import sign_out_everywhere
from portico.web.access.models import Invitation, User, digest_of


def link_of(request: HttpRequest, secret: str) -> str:
    """The whole address to give to the person."""
    return str(request.build_absolute_uri(reverse("access:invited", args=[secret])))


def open_invitation(secret: str) -> Invitation | None:
    """The invitation of this secret, if it was not used and is not too old."""
    found: Invitation | None = Invitation.objects.filter(digest=digest_of(secret)).first()
    return found if found is not None and found.is_open else None


@transaction.atomic
def accept(request: HttpRequest, secret: str, *, username: str, password: str) -> User | None:
    """The user that it makes, or whose password it sets; None when somebody used it meanwhile."""
    used = Invitation.objects.filter(digest=digest_of(secret), used=None, expires__gt=timezone.now())
    invitation = used.first()
    # One statement decides who was first: two who press at once are not both let in.
    if invitation is None or not used.filter(pk=invitation.pk).update(used=timezone.now()):
        return None
    if invitation.user is not None:
        return _reset(request, invitation.user, password)
    roles = [Role(each) for each in invitation.roles]
    user = User.objects.create(username=username, password=password, roles=roles, name=invitation.name)
    if invitation.team is not None:
        user.teams.add(invitation.team)
    return user


def _reset(request: HttpRequest, user: User, password: str) -> User:
    """A new password for somebody who lost theirs. The second factor stays: the link alone must not be enough."""
    user.set_password(password)
    user.save()
    sign_out_everywhere(request, user)
    return user
