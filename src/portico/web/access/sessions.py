"""Sessions in the desk's database: idle for 30 minutes or 12 hours old, and they are over."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from portico.web.access.models import Session
from portico.web.access.programs import is_program
from portico.web.access.viewer import forget_viewer
from portico.web.site.settings import IDLE_SECONDS, LONGEST_SECONDS

_BEGAN, _SEEN = "portico_began", "portico_seen"
_NOTED_EVERY = 60  # seconds: a write at each request would make every reader a writer


class SessionStore(DatabaseStore):
    """Keeps whose session it is beside it, so that it can be listed and ended."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: Mapping[str, object]) -> Session:
        row = super().create_model_instance(data)
        user = data.get("_auth_user_id")
        row.user_id = int(str(user)) if user else None
        row.began, row.seen = _instant(data.get(_BEGAN)), _instant(data.get(_SEEN))
        return row


def _instant(seconds: object) -> datetime:
    return datetime.fromtimestamp(seconds, UTC) if isinstance(seconds, int | float) else timezone.now()


class SessionRulesMiddleware:
    """Ends a session that was idle or lasted too long; the sign-in page then leads back to where one was."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and not is_program(request):
            self._apply(request, timezone.now().timestamp())
        return self.get_response(request)

    def _apply(self, request: HttpRequest, now: float) -> None:
        session = request.session
        began, seen = session.get(_BEGAN, now), session.get(_SEEN, now)
        if now - seen > IDLE_SECONDS or now - began > LONGEST_SECONDS:
            logout(request)
            forget_viewer(request)
            messages.warning(request, _("The session ended after a while. Sign in to go on where you were."))
        elif _BEGAN not in session or now - seen > _NOTED_EVERY:
            session[_BEGAN], session[_SEEN] = began, now
