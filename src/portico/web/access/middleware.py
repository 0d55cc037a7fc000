"""The door: every request is asked of the permission table before its page is made."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from portico.web.access.acts import Act
from portico.web.access.permissions import act_of, may
from portico.web.access.programs import is_program
from portico.web.access.viewer import viewer_of
from portico.web.api.problems import not_for, told
from portico.web.desk.records import Locked


class AccessMiddleware:
    """Asks `permissions.may` for every address. What the table does not name is refused."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        patch_vary_headers(response, ["Cookie"])
        return response

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponse | None:
        """None lets the request through; an answer stands in its place."""
        act = act_of(request.resolver_match.view_name, request.method)
        viewer = viewer_of(request)
        if act is not None and may(viewer, act):
            return None
        if is_program(request):
            return told(not_for(viewer, act))
        if act is None:
            raise PermissionDenied("not in the table of addresses")
        if not viewer.signed_in:
            return sent_to(request, resolve_url("account_login"))
        if not viewer.enrolled and act is not Act.ENROL:
            return sent_to(request, reverse("access:enrol"))
        raise PermissionDenied(act.value)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """A page that shows guarded words, asked in a locked session."""
        if not isinstance(problem, Locked):
            return None
        if request.htmx or request.method != "GET":
            return sent_to(request, reverse("access:unlock"))
        return render(request, "access/unlock.html", {"next": request.get_full_path()}, status=403)


def sent_to(request: HttpRequest, address: str) -> HttpResponse:
    """Sends somebody to another page that then leads back to where they were."""
    there = f"{address}?{urlencode({'next': where_one_was(request)})}"
    if request.htmx:
        # A redirect would put the whole other page into the part that was asked for.
        return HttpResponse(status=401, headers={"HX-Redirect": there})
    return HttpResponseRedirect(there)


def where_one_was(request: HttpRequest) -> str:
    """The page that somebody was on: of a form or a part, the page around it. Always one of this desk."""
    if request.method == "GET" and not request.htmx:
        return str(request.get_full_path())
    told = request.htmx.current_url or request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(told, {request.get_host()}, require_https=request.is_secure()):
        parts = urlsplit(told)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path
    return reverse("desk:start")
