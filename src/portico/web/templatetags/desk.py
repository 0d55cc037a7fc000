"""Marks and pieces of the desk. Loaded in every template: `{% status fact.status %}`, `{% fact_line incident %}`."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from django.core.paginator import Page
from django.template import Context, Library
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portico.facts import ATTRIBUTES, IncidentState, Result, Status
from portico.web.access.acts import Act
from portico.web.access.permissions import act_of, may
from portico.web.access.viewer import viewer_of
from portico.web.report.facts import numbered_facts
from portico.web.wording import RESULT_CLASS, RESULT_WORDS, STATUS_CLASS, STATUS_WORDS, listed

register = Library()


@register.inclusion_tag("desk/_fonts.html")
def fonts() -> Mapping[str, object]:
    """The bundled fonts, where they are (`make fonts`); the one that this language's pages begin with comes early."""
    first = "ibm-plex-sans-arabic-arabic-400" if get_language() == "ar" else "ibm-plex-sans-latin-wght"
    try:
        static("fonts/fonts.css")
    except ValueError:  # not among the files that were put together: the system's fonts do
        return {}
    return {"first": f"fonts/{first}-normal.woff2"}


@register.filter
def number(value: int) -> str:
    """12345 → "12,345"."""
    return f"{value:,}"


@register.inclusion_tag("desk/_status.html")
def status(of: Status) -> Mapping[str, str]:
    """How settled a fact is: its mark and its word."""
    return {"status_class": STATUS_CLASS[of], "status_words": _(STATUS_WORDS[of])}


@register.inclusion_tag("desk/_finding.html")
def finding(result: Result) -> Mapping[str, str]:
    """The answer of one provision: its sign and its words."""
    return {"result_class": RESULT_CLASS[result], "result_words": _(RESULT_WORDS[result])}


@register.inclusion_tag("desk/_source.html")
def source(letter: str, name: str) -> Mapping[str, str]:
    """A source in a heading or list: its letter and its name."""
    return {"letter": letter, "name": name}


@register.simple_tag
def fact_line(incident: IncidentState, base: str | None = None) -> SafeString:
    """All facts of an event as marks in the order of the vocabulary.

    base  address of the page that the marks lead into ("" = this page); None = marks alone, for a list
    """
    facts = numbered_facts(incident)
    return _line(
        tuple(each.attribute for each in facts),
        tuple(each.state.status.value for each in facts),
        base=base,
        language=get_language(),
    )


@lru_cache(maxsize=2048)
def _line(attributes: tuple[str, ...], statuses: tuple[str, ...], *, base: str | None, language: str) -> SafeString:
    """A list has a thousand and more marks, in few patterns: a template for each would take most of the page's time."""
    words = {status.value: _(STATUS_WORDS[status]) for status in Status}
    classes = {status.value: STATUS_CLASS[status] for status in Status}
    told = listed(f"{statuses.count(status)} {words[status]}" for status in words)
    marks = (
        _mark(number, _(ATTRIBUTES[name].label), classes[status], words[status], base)
        for number, (name, status) in enumerate(zip(attributes, statuses, strict=True), start=1)
    )
    inner = mark_safe("".join(marks))  # noqa: S308 - each is escaped below
    return format_html('<span class="fl" role="group" aria-label="{}">{}</span>', told, inner)


def _mark(number: int, label: str, status: str, words: str, base: str | None) -> SafeString:
    if base is None:
        return format_html('<span class="{}" title="{}: {}"></span>', status, label, words)
    return format_html(
        '<a class="{}" href="{}#f{}" title="{} {}: {}"><span class="vh">{}: {}</span></a>',
        *(status, base, number, number, label, words, label, words),
    )


@register.inclusion_tag("desk/_witness.html")
def witness(letters: Iterable[str], says: Iterable[str], otherwise: Iterable[str]) -> Mapping[str, object]:
    """Who says so: a filled letter; who says otherwise, or less exactly: an outlined one; silence: a dot."""
    yes, other = frozenset(says), frozenset(otherwise)
    words = {"y": _("says so"), "o": _("says otherwise"), "z": _("does not say")}
    states = ((each, "y" if each in yes else "o" if each in other else "z") for each in letters)
    return {"marks": [(each, state, words[state]) for each, state in states]}


@register.inclusion_tag("desk/_empty.html")
def empty(missing: str, why: str = "", act: str = "", url: str = "") -> Mapping[str, str]:
    """Nothing there: what is missing, why, the next act."""
    return {"missing": missing, "why": why, "act": act, "url": url}


@register.inclusion_tag("desk/_pager.html", takes_context=True)
def pager(context: Context, page: Page, label: str, name: str = "page") -> Mapping[str, object]:
    """The pages of a list, keeping every other part of the address. label: "Pages of the inbox"."""
    query = context["request"].GET.copy()

    def at(place: object) -> str:
        query[name] = str(place)
        return f"?{query.urlencode()}"

    shown = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return {
        "page": page,
        "label": label,
        "numbers": [(each, at(each) if isinstance(each, int) else None) for each in shown],
        "before": at(page.previous_page_number()) if page.has_previous() else None,
        "after": at(page.next_page_number()) if page.has_next() else None,
    }


@register.inclusion_tag("desk/_lock_state.html", takes_context=True)
def lock_state(context: Context) -> Mapping[str, object]:
    """Whether guarded words are open in this session, and the way to open or lock them."""
    request = context["request"]
    viewer = viewer_of(request)
    return {
        "viewer": viewer,
        "may_open": may(viewer, Act.OPEN_GUARDED),
        "here": request.get_full_path() if request.method == "GET" else reverse("desk:start"),
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("desk/_search_box.html", takes_context=True)
def search_box(context: Context) -> Mapping[str, object]:
    """The one search box, where the search is there and open to this user."""
    request = context["request"]
    act = act_of("search:results", "GET")
    try:
        action = reverse("search:results") if act and may(viewer_of(request), act) else None
    except NoReverseMatch:
        action = None
    return {"action": action, "asked": request.GET.get("q", "")}


@register.simple_tag(takes_context=True)
def passkeys_at(context: Context) -> str:
    """Where passkeys work instead, when they do not at this address: a passkey belongs to a name, 127.0.0.1 is none."""
    request = context["request"]
    host, _colon, port = request.get_host().rpartition(":")
    return f"http://localhost:{port}{request.get_full_path()}" if host == "127.0.0.1" else ""


@register.simple_tag(takes_context=True)
def allowed(context: Context, address: str, method: str = "GET") -> bool:
    """Whether this user may ask an address: `{% allowed "inbox:add" "POST" as may_add %}` before a button is shown."""
    act = act_of(address, method)
    return act is not None and may(viewer_of(context["request"]), act)
