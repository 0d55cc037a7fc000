"""What the frame of every page shows: the screens of this user, how the log stands, whether guarded words are open."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from portico.web.access.permissions import act_of, may
from portico.web.access.viewer import viewer_of
from portico.web.desk.records import record_of
from portico.web.desk.screens import Screen, screens

UNREVIEWED = frozenset(("es", "ar"))
"""Languages whose words no named translator has read yet: each page in them says so."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A screen in the navigation. waiting: things that wait there; None = it does not count any."""

    screen: Screen
    url: str
    current: bool
    waiting: int | None


def desk(request: HttpRequest) -> dict[str, object]:
    """For templates: what the frame of every page needs. Functions are computed once, when a template asks for them."""
    viewer = viewer_of(request)
    return {
        "viewer": viewer,
        "openings": cache(lambda: tuple(_openings(request)) if viewer.signed_in else ()),
        "log": cache(lambda: _log(request)),
        "demonstration": settings.PORTICO_PLACE.demonstration,
        "public": settings.PORTICO_PLACE.is_public,
        "unreviewed": get_language() in UNREVIEWED,
    }


def _log(request: HttpRequest) -> dict[str, object]:
    """How many entries the log has, and its root; of one moment."""
    tree = record_of(request).tree
    return {"size": tree.size, "root": tree.root.hex()}


def _openings(request: HttpRequest) -> Iterator[Opening]:
    """The screens that this user may open, in their order."""
    viewer = viewer_of(request)
    here = request.resolver_match.namespace if request.resolver_match else None
    for screen in screens():
        act = act_of(screen.opens, "GET")
        if screen.place is not None and act is not None and may(viewer, act):
            count = screen.waiting(request) if screen.waiting else None
            yield Opening(screen, reverse(screen.opens), screen.name == here, count)
