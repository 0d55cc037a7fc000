"""Ending every way in of somebody: their sessions, and the tokens of programs that come in their name."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import ngettext

from portico.web.access.models import Session, User
from portico.web.desk.records import record_of
from portico.web.tokens.models import Token


def sign_out_everywhere(request: HttpRequest, user: User) -> None:
    """Ends all sessions but the one that asks, and closes every token: who stole one way in keeps none."""
    Session.objects.filter(user=user).exclude(session_key=request.session.session_key).delete()
    close_tokens(request, user)


def close_tokens(request: HttpRequest, user: User) -> None:
    """No program comes in by this person's name any more. If one could, the log and the next page say so."""
    closed = Token.revoke_all(user)
    if not closed:
        return
    # Who uses a link for a new password is not signed in: then it is the person themself.
    actor = request.user.actor if request.user.is_authenticated else user.actor
    record_of(request).note_access("tokens_closed", user.actor, actor=actor, details=[str(closed)])
    said = ngettext(
        "%(n)d access token was closed: its program no longer comes in.",
        "%(n)d access tokens were closed: their programs no longer come in.",
        closed,
    )
    messages.warning(request, said % {"n": closed})
