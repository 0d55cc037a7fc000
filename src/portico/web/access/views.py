"""Coming in: signing in, an invitation, the second factor, unlocking guarded words."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.account.views import LoginView, LogoutView
from allauth.mfa.totp.views import ActivateTOTPView
from axes.decorators import axes_dispatch, axes_form_invalid
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, update_session_auth_hash
from django.contrib.auth.forms import SetPasswordForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from portico.web.access.acts import Act
from portico.web.access.ending import sign_out_everywhere
from portico.web.access.forms import Accepting
from portico.web.access.invitations import accept, open_invitation
from portico.web.access.models import Session
from portico.web.access.permissions import may
from portico.web.access.unlocking import lock, unlock
from portico.web.access.viewer import viewer_of

_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@method_decorator(axes_dispatch, name="dispatch")
@method_decorator(axes_form_invalid, name="form_invalid")
class SignInView(LoginView):
    """Name and password, counted where they are wrong."""


sign_in = SignInView.as_view()


class SignOutView(LogoutView):
    """Ends the session, and has the browser forget what it kept of the desk."""

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = super().dispatch(request, *args, **kwargs)
        if not request.user.is_authenticated:
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response


sign_out = SignOutView.as_view()


class AddAppView(ActivateTOTPView):
    """An authenticator app. A wrong code keeps the secret, so that the app need not be set up twice."""

    def get_success_url(self) -> str:
        return reverse("mfa_view_recovery_codes")


activate_totp = AddAppView.as_view()


def locked_out(request: HttpRequest, *_args: object, **_kwargs: object) -> HttpResponse:
    """Too many wrong passwords for one name."""
    return render(request, "access/locked_out.html", status=429)


def own(request: HttpRequest) -> HttpResponse:
    """One's own account: roles, second factors, sessions."""
    mine = Session.objects.filter(user=request.user).order_by("-seen")
    return render(request, "access/own.html", {"sessions": mine, "this": request.session.session_key})


def end_own(request: HttpRequest) -> HttpResponse:
    """Ends one's sessions everywhere else, and closes one's tokens."""
    sign_out_everywhere(request, request.user)
    messages.success(request, _("Signed out everywhere else."))
    return redirect("access:own")


@sensitive_post_parameters()
def password(request: HttpRequest) -> HttpResponse:
    """A new password, after asking who it is. Every other session ends by it, and every token."""
    raise_if_reauthentication_required(request, app="portico")
    form = SetPasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        update_session_auth_hash(request, form.save())
        sign_out_everywhere(request, request.user)
        messages.success(request, _("The password is changed. You are signed out everywhere else."))
        return redirect("access:own")
    return render(request, "access/password.html", {"form": form}, status=422 if form.errors else 200)


def enrol(request: HttpRequest) -> HttpResponse:
    """Asks somebody without a second factor for one."""
    if viewer_of(request).enrolled:
        return redirect(_next(request))
    return render(request, "access/enrol.html", {})


def unlock_session(request: HttpRequest) -> HttpResponse:
    """Opens guarded words for 15 minutes, after asking again who it is."""
    if not may(viewer_of(request), Act.OPEN_GUARDED):
        return render(request, "access/not_for_you.html", status=403)
    if request.method == "POST":
        if not settings.PORTICO_PLACE.demonstration:
            raise_if_reauthentication_required(request, app="portico")
        unlock(request)
        return redirect(_next(request))
    return render(request, "access/unlock.html", {"next": _next(request)})


def lock_session(request: HttpRequest) -> HttpResponse:
    """Closes guarded words at once."""
    lock(request)
    return redirect(_next(request))


@sensitive_post_parameters("password", "again")
def invited(request: HttpRequest, secret: str) -> HttpResponse:
    """An invitation: the person chooses a name and a password, and is asked for a second factor next."""
    invitation = open_invitation(secret)
    if invitation is None:
        return render(request, "access/invitation_over.html", status=410)
    form = Accepting(request.POST or None, invitation=invitation)
    if request.method == "POST" and form.is_valid():
        made = form.cleaned_data
        user = accept(request, secret, username=made.get("username", ""), password=made["password"])
        if user is None:
            return render(request, "access/invitation_over.html", status=410)
        if user.is_enrolled:
            return redirect("account_login")
        login(request, user, backend=_BACKEND)
        record_authentication(request, user, method="password", reauthenticated=True)
        return redirect("access:enrol")
    status = 422 if form.errors else 200
    return render(request, "access/invited.html", {"form": form, "invitation": invitation}, status=status)


def _next(request: HttpRequest) -> str:
    """Where to go on: an address of this desk, else the start page."""
    told = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(told, {request.get_host()}, require_https=request.is_secure())
    return told if safe else reverse("desk:start")
