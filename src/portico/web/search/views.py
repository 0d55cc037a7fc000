"""Search: check, call, choose a template."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from portico.store import SearchHit
from portico.store.searching import KINDS
from portico.web.access.viewer import viewer_of
from portico.web.desk.parts import page_or_part
from portico.web.desk.records import record_of
from portico.web.search.found import Hits

_ON_A_PAGE = 20


def results(request: HttpRequest) -> HttpResponse:
    """What holds the words: places first, then the best first. Nothing that is typed is wrong."""
    text = request.GET.get("q", "").strip()[:300]
    asked = set(request.GET.getlist("kind"))
    kinds = [kind for kind in KINDS if kind in asked]
    found: Hits | list[SearchHit] = Hits(record_of(request), viewer_of(request), text, kinds) if text else []
    page = Paginator(found, _ON_A_PAGE).get_page(request.GET.get("page"))
    words = {"incident": _("incident"), "account": _("account"), "statement": _("statement")}
    words |= {"document": _("document"), "place": _("place")}
    shown = {"q": text, "page": page, "kinds": [(kind, words[kind], kind in kinds) for kind in KINDS]}
    return page_or_part(request, "search/results.html", "search/_results.html", shown)
