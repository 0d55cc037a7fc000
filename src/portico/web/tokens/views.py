"""One's own access tokens: check, make or revoke, choose a template. Each change stands in the log."""

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from portico.web.access.acts import Act, acts_of
from portico.web.api.reference import BASE, groups
from portico.web.desk.records import record_of
from portico.web.tokens.forms import Making, words_of
from portico.web.tokens.models import MOST_A_MINUTE, Token
from portico.web.tokens.scopes import SCOPES, Scope

_PAST = 20


def listing(request: HttpRequest) -> HttpResponse:
    """The tokens that open something, and the last of those that no longer do."""
    mine = Token.objects.filter(user=request.user).order_by("-made")
    shown = {
        "open": [(each, words_of(each)) for each in mine if each.is_open],
        "past": [each for each in mine if not each.is_open][:_PAST],
        "most_a_minute": MOST_A_MINUTE,
    }
    return render(request, "tokens/list.html", shown)


def new(request: HttpRequest) -> HttpResponse:
    """Makes a token, after asking who it is; its secret is shown once."""
    if not settings.PORTICO_PLACE.demonstration:
        raise_if_reauthentication_required(request, app="portico")
    mine = Token.objects.filter(user=request.user, revoked=None, expires__gt=timezone.now())
    allowed = _allowed(request)
    form = Making(request.POST or None, allowed=allowed, open_now=mine.count())
    if request.method == "POST" and form.is_valid():
        token, secret = Token.make(request.user, **form.cleaned_data)
        _note(request, "token_made", token, [*token.scopes, token.expires.date().isoformat()])
        shown = {"token": token, "secret": secret, "words": words_of(token)}
        return render(request, "tokens/shown.html", shown)
    return render(request, "tokens/new.html", {"form": form, "allowed": allowed}, status=422 if form.errors else 200)


def revoke(request: HttpRequest, number: int) -> HttpResponse:
    """From now on it opens nothing."""
    token = get_object_or_404(Token, pk=number, user=request.user)
    if token.revoke():
        _note(request, "token_revoked", token)
        messages.success(request, _("Revoked. It no longer opens anything."))
    return redirect("tokens:list")


def reference(request: HttpRequest) -> HttpResponse:
    """Every call of the API, from the document that programs read."""
    return render(request, "tokens/reference.html", {"groups": groups(), "base": BASE})


def _allowed(request: HttpRequest) -> list[Scope]:
    """Those of which its person may do anything; one that decides does more than look."""
    own = acts_of(request.user.role_set)
    return [scope for scope, acts in SCOPES.items() if own & (acts - {Act.LOOK} or acts)]


def _note(request: HttpRequest, what: str, token: Token, details: list[str] | tuple[str, ...] = ()) -> None:
    record_of(request).note_access(what, f"token:{token.pk}", actor=request.user.actor, details=details)
