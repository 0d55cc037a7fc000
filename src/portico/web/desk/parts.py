"""A whole page, or only the part of it that a script asked for."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def page_or_part(request: HttpRequest, page: str, part: str, values: Mapping[str, object]) -> HttpResponse:
    """The page; for a request of htmx the part. The page includes the part, so that both show the same."""
    wanted = part if request.htmx and not request.htmx.boosted else page
    response = render(request, wanted, dict(values))
    response.headers["Vary"] = "HX-Request"
    return response
