"""Programs come in by a token alone: under the API's addresses a browser's session is nobody."""

import re
from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import override

from portico.web.access.permissions import endpoints
from portico.web.access.programs import is_program
from portico.web.access.viewer import forget_viewer
from portico.web.api.problems import NOTHING, Problem, Refused, no_token, plain, told
from portico.web.tokens.models import PREFIX, Token
from portico.web.tokens.scopes import acts_within

_SECRET = re.compile(rf"{PREFIX}[\w-]{{20,}}")
_AGAIN = "Make a new one at the desk, under Your account, Access tokens."


class ProgramMiddleware:
    """Says who a program is before the door asks; answers every refusal as JSON."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_program(request):
            return self.get_response(request)
        # Whatever cookie came along: a page elsewhere could have had the browser send it.
        request.user, request.portico_scopes = AnonymousUser(), frozenset()
        forget_viewer(request)
        try:
            _admit(request)
        except Refused as refused:
            response = told(refused)
        else:
            with override("en"):  # equal values give equal bytes, whatever a program says that it reads
                response = self.get_response(request)
        if response.status_code >= 400 and response.headers.get("Content-Type") != "application/json":
            response = told(plain(request, response.status_code))
        if response.status_code == 405 and request.resolver_match:
            response.headers["Allow"] = ", ".join(endpoints().get(request.resolver_match.view_name, ()))
        patch_vary_headers(response, ["Authorization"])
        return response


def _admit(request: HttpRequest) -> None:
    """The person of the token, and what it may do. Raises Refused for one that is not good, or is used up."""
    if _SECRET.search(request.get_full_path()):
        problem = Problem(
            code="token_in_address",
            what=NOTHING,
            why="A token stands in the address, where servers on the way keep it.",
            next="Revoke it, make a new one, and send it as Authorization: Bearer TOKEN.",
        )
        raise Refused(400, problem)
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    if not kind:
        return
    token = Token.of(secret.strip()) if kind.lower() == "bearer" else None
    if token is None:
        raise no_token("No token is like the one that was sent.", f"Check it, or: {_AGAIN}", "token_unknown")
    if token.revoked is not None:
        raise no_token(f"The token was revoked on {token.revoked:%Y-%m-%d}.", _AGAIN, "token_revoked")
    if not token.is_open:
        raise no_token(f"The token was good until {token.expires:%Y-%m-%d}.", _AGAIN, "token_expired")
    if not token.user.is_active:
        raise no_token("The account of its person is closed.", "Ask an administrator.", "token_closed")
    _count(token)
    request.user, request.portico_scopes, request.portico_token = token.user, acts_within(token.scopes), token
    forget_viewer(request)


def _count(token: Token) -> None:
    now = timezone.now()
    if not token.count_use(now):
        problem = Problem(
            code="too_many",
            what=NOTHING,
            why="The token has asked as often in this minute as it may.",
            next="Wait until the next minute; ask for longer pages, and for changes with If-None-Match.",
        )
        raise Refused(429, problem, Retry_After=str(60 - now.second))
