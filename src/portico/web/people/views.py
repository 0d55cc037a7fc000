"""People and access: check, call, choose a template. Every change stands in the log, by pseudonyms."""

from axes.utils import reset
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, Count, Max, Q, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portico.web.access.acts import Role
from portico.web.access.ending import close_tokens, sign_out_everywhere
from portico.web.access.invitations import link_of
from portico.web.access.models import Invitation, Session, Team, User
from portico.web.desk.records import record_of
from portico.web.people.forms import Inviting, Looking, NewTeam, Placing
from portico.web.people.reading import MOST, looks, people_in
from portico.web.tokens.forms import words_of
from portico.web.tokens.models import Token


def everybody(request: HttpRequest) -> HttpResponse:
    """Everybody who may come in, and the links that are still open."""
    people = User.objects.annotate(open_sessions=Count("sessions"), seen=Max("sessions__seen")).order_by("name")
    waiting = Invitation.objects.filter(used=None, expires__gt=timezone.now()).order_by("made")
    page = Paginator(people, 50).get_page(request.GET.get("page"))
    return render(request, "people/list.html", {"page": page, "waiting": waiting})


def invite(request: HttpRequest) -> HttpResponse:
    """Makes a link for one person; it is shown once."""
    form = Inviting(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        invitation, secret = Invitation.make(name=told["name"], roles=told["roles"], team=told["team"], by=request.user)
        _note(request, "invited", f"invitation:{invitation.pk}", told["roles"])
        return render(request, "people/invitation.html", {"invitation": invitation, "link": link_of(request, secret)})
    return render(request, "people/invite.html", {"form": form}, status=422 if form.errors else 200)


def take_back(request: HttpRequest, number: int) -> HttpResponse:
    """Closes a link that nobody used yet."""
    invitation = get_object_or_404(Invitation, pk=number, used=None)
    invitation.delete()
    _note(request, "invitation_taken_back", f"invitation:{number}")
    messages.success(request, _("The link was taken back: it no longer opens anything."))
    return redirect("people:list")


def person(request: HttpRequest, number: int) -> HttpResponse:
    """One person: roles, teams, sessions."""
    someone = get_object_or_404(User, pk=number)
    form = Placing(request.POST or None, initial={"roles": someone.roles, "teams": someone.teams.all()})
    if request.method == "POST" and form.is_valid():
        roles, teams = sorted(form.cleaned_data["roles"]), list(form.cleaned_data["teams"])
        if _is_last_administrator(someone) and Role.ADMINISTRATOR not in roles:
            form.add_error("roles", _("Somebody must be administrator. Make another one first."))
        else:
            lost = not someone.role_set.issubset(roles)
            someone.roles = roles
            someone.save(update_fields=["roles"])
            someone.teams.set(teams)
            _note(request, "placed", someone.actor, [*roles, *(f"team:{team.pk}" for team in teams)])
            messages.success(request, _("Saved. It holds from their next page on."))
            if lost:
                close_tokens(request, someone)
            return redirect("people:person", number)
    sessions = Session.objects.filter(user=someone).order_by("-seen")
    tokens = Token.objects.filter(user=someone, revoked=None, expires__gt=timezone.now()).count()
    shown = {"someone": someone, "form": form, "sessions": sessions, "tokens": tokens}
    return render(request, "people/person.html", shown, status=422 if form.errors else 200)


def close(request: HttpRequest, number: int) -> HttpResponse:
    """Nobody comes in by this account any more; its sessions end now, and its tokens are closed."""
    someone = get_object_or_404(User, pk=number)
    if _is_last_administrator(someone):
        messages.error(request, _("Nothing was changed: this is the last administrator. Make another one first."))
        return redirect("people:person", number)
    User.objects.filter(pk=number).update(is_active=False)
    _note(request, "closed", someone.actor)
    sign_out_everywhere(request, someone)
    messages.success(request, _("Closed. Their sessions ended."))
    return redirect("people:person", number)


def reopen(request: HttpRequest, number: int) -> HttpResponse:
    """A closed account opens again; a name that was closed by wrong tries too."""
    someone = get_object_or_404(User, pk=number)
    User.objects.filter(pk=number).update(is_active=True)
    reset(username=someone.username.casefold())
    _note(request, "reopened", someone.actor)
    messages.success(request, _("Open again."))
    return redirect("people:person", number)


def end_sessions(request: HttpRequest, number: int) -> HttpResponse:
    """Signs somebody out everywhere, their programs too."""
    someone = get_object_or_404(User, pk=number)
    _note(request, "sessions_ended", someone.actor)
    sign_out_everywhere(request, someone)
    messages.success(request, _("Signed out everywhere."))
    return redirect("people:person", number)


def new_password(request: HttpRequest, number: int) -> HttpResponse:
    """A link with which somebody sets a new password; the second factor stays."""
    someone = get_object_or_404(User, pk=number)
    invitation, secret = Invitation.make(name=someone.name, user=someone, by=request.user)
    _note(request, "new_password_link", someone.actor)
    return render(request, "people/invitation.html", {"invitation": invitation, "link": link_of(request, secret)})


def tokens(request: HttpRequest) -> HttpResponse:
    """Every access token with its person, the open ones first. Its secret is nowhere."""
    over = Q(revoked__isnull=False) | Q(expires__lte=timezone.now())
    every = Token.objects.select_related("user").annotate(over=Case(When(over, then=1), default=0))
    page = Paginator(every.order_by("over", "-made", "-pk"), 50).get_page(request.GET.get("page"))
    return render(request, "people/tokens.html", {"page": page, "rows": [(each, words_of(each)) for each in page]})


def revoke_token(request: HttpRequest, number: int) -> HttpResponse:
    """From now on it opens nothing, whoever's it is."""
    token = get_object_or_404(Token, pk=number)
    if token.revoke():
        _note(request, "token_revoked", f"token:{token.pk}", [token.user.actor])
        messages.success(request, _("Revoked. It no longer opens anything."))
    return redirect("people:tokens")


def teams(request: HttpRequest) -> HttpResponse:
    """The teams, and how many are in each."""
    form = NewTeam(request.POST or None)
    if request.method == "POST" and form.is_valid():
        team = Team.objects.create(name=form.cleaned_data["name"])
        _note(request, "team_made", f"team:{team.pk}")
        messages.success(request, _("The team is there. Give it members on their own pages."))
        return redirect(f"{reverse('people:teams')}?made=yes")
    counted = Team.objects.annotate(size=Count("members")).order_by("name")
    return render(request, "people/teams.html", {"form": form, "teams": counted}, status=422 if form.errors else 200)


def reads(request: HttpRequest) -> HttpResponse:
    """Who opened guarded words, when, of what; and who changed access or saved a story. From the log."""
    record = record_of(request)
    names = dict(User.objects.values_list("actor", "name"))
    form = Looking(request.GET, actors={each: names.get(each, each) for each in people_in(record)})
    asked = form.cleaned_data if form.is_valid() else {}
    found = looks(record, names, asked) if not form.errors else []
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    shown = {"form": form, "page": page, "total": len(found), "most": MOST}
    return render(request, "people/reads.html", shown, status=422 if form.errors else 200)


def _is_last_administrator(someone: User) -> bool:
    others = User.objects.filter(is_active=True).exclude(pk=someone.pk)
    return Role.ADMINISTRATOR in someone.role_set and not any(Role.ADMINISTRATOR in each.role_set for each in others)


def _note(request: HttpRequest, what: str, whom: str, details: list[str] | tuple[str, ...] = ()) -> None:
    record_of(request).note_access(what, whom, actor=request.user.actor, details=details)
