"""Search: check, call, choose a template."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from portico.store import Page, SearchHit
from portico.store.searching import KINDS
from portico.web.access.viewer import viewer_of
from portico.web.desk.paging import page_of
from portico.web.desk.parts import page_or_part
from portico.web.desk.records import record_of

_ON_A_PAGE = 20


def results(request: HttpRequest) -> HttpResponse:
    """What holds the words: places first, then the best first. Nothing that is typed is wrong."""
    text = request.GET.get("q", "").strip()[:300]
    asked = set(request.GET.getlist("kind"))
    kinds = [kind for kind in KINDS if kind in asked]
    record, hidden = record_of(request), viewer_of(request).hidden

    def read(offset: int, limit: int) -> Page[SearchHit]:
        return record.search(text, kinds=kinds or KINDS, without=hidden, offset=offset, limit=limit)

    page = page_of(read, request.GET.get("page"), _ON_A_PAGE)
    words = {"incident": _("incident"), "account": _("account"), "statement": _("statement")}
    words |= {"document": _("document"), "place": _("place")}
    shown = {"q": text, "page": page, "kinds": [(kind, words[kind], kind in kinds) for kind in KINDS]}
    return page_or_part(request, "search/results.html", "search/_results.html", shown)
