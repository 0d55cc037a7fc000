"""The demonstration: whoever comes from this machine is the demonstration user, on a record of invented people."""

from collections.abc import Callable

from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth import login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from portico.web.access.acts import Role
from portico.web.access.models import User
from portico.web.access.programs import is_program
from portico.web.access.viewer import forget_viewer
from portico.web.site.place import is_loopback

USERNAME = "demonstration"
ACTOR = "person:demonstration"
_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def ensure_demonstration_user() -> User:
    """The user of the demonstration, with every role and no password: nobody can sign in as them from a form."""
    found: User | None = User.objects.filter(username=USERNAME).first()
    if found is not None:
        return found
    user = User.objects.create(username=USERNAME, password=None, roles=list(Role), name="R. Adeyemi")
    User.objects.filter(pk=user.pk).update(actor=ACTOR)
    user.refresh_from_db()
    return user


class DemonstrationMiddleware:
    """Signs the demonstration user in. Only in a demonstration's settings, and only for this machine."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_loopback(request.META.get("REMOTE_ADDR", "")):
            raise PermissionDenied("the demonstration is for this machine only")
        if not request.user.is_authenticated and not is_program(request):
            user = ensure_demonstration_user()
            login(request, user, backend=_BACKEND)
            record_authentication(request, user, method="demonstration")
            forget_viewer(request)
        return self.get_response(request)
