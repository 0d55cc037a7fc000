"""Numbers: check, call the room that counts, choose a template or a kind of file."""

from collections.abc import Callable
from urllib.parse import quote_plus

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.http import content_disposition_header, urlencode

from portico.counting import CountError, find_definition, moved
from portico.web.access.permissions import visible_sources
from portico.web.access.viewer import viewer_of
from portico.web.desk.parts import page_or_part
from portico.web.desk.records import record_of
from portico.web.incidents.listing import rows as listed
from portico.web.numbers.answer import MOST_SOURCES, Answer, sources_of
from portico.web.numbers.asked import DEFAULT, Counting
from portico.web.numbers.chart import cell_words, chart
from portico.web.numbers.paper import paper
from portico.web.numbers.rows import figure_rows, moved_rows
from portico.web.numbers.seen import counted as table_of
from portico.web.numbers.seen import counted_states, earlier, seen
from portico.web.numbers.workbook import workbook

_ON_A_PAGE = 50
_ROWS_ON_A_PAGE = 240  # the months of twenty years; by month and state there are thousands
_FIRST = {"definition": DEFAULT, "by": "month"}
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def counted(request: HttpRequest) -> HttpResponse:
    """A figure with everything that it rests on."""
    form = _form(request)
    answered: dict[str, object] = {}
    if form.is_valid():
        try:
            answered = _answered(request, form)
        except CountError as error:
            form.add_error(None, str(error))
    return _page(request, form, answered)


def table(request: HttpRequest) -> HttpResponse:
    """The same figures as comma-separated rows."""
    return _file(request, figure_rows, ".csv", "text/csv; charset=utf-8")


def difference(request: HttpRequest) -> HttpResponse:
    """Why the figure moved, as comma-separated rows."""
    return _file(request, moved_rows, "-moved.csv", "text/csv; charset=utf-8")


def sheets(request: HttpRequest) -> HttpResponse:
    """The same figures as a workbook."""
    return _file(request, workbook, ".xlsx", _WORKBOOK)


def print_out(request: HttpRequest) -> HttpResponse:
    """The same figures on paper."""
    return _file(request, paper, ".pdf", "application/pdf")


def _file(request: HttpRequest, written: Callable[[Answer], bytes], ending: str, kind: str) -> HttpResponse:
    form = _form(request)
    if form.is_valid():
        try:
            answer = _answer(request, form)
        except CountError as error:
            form.add_error(None, str(error))
        else:
            response = HttpResponse(written(answer), content_type=kind)
            response["Content-Disposition"] = content_disposition_header(True, f"{answer.table.definition}{ending}")
            return response
    return _page(request, form, {})


def _page(request: HttpRequest, form: Counting, answered: dict[str, object]) -> HttpResponse:
    response = page_or_part(request, "numbers/count.html", "numbers/_count.html", {"form": form, **answered})
    response.status_code = 422 if form.errors else 200
    return response


def _answer(request: HttpRequest, form: Counting) -> Answer:
    """All that a file says."""
    record, viewer = record_of(request), viewer_of(request)
    states = counted_states(record, viewer, form)
    made = table_of(form, states)
    held = {*made.total.certain, *made.total.possible}
    known = {source: source for state in states if state.id in held for source in state.sources}
    sources = list(visible_sources(viewer, known))
    documents = record.some_documents(sources[:MOST_SOURCES])
    before = earlier(record, viewer, form, made)
    return Answer(
        table=made,
        definition=find_definition(made.definition),
        as_of=min(made.as_of or timezone.now(), timezone.now()),
        command=form.command,
        log_size=record.size,
        log_root=record.root.hex(),
        sources=sources_of(documents),
        documents=len(sources),
        earlier=before,
        moves=moved(before, made) if before else (),
    )


def _answered(request: HttpRequest, form: Counting) -> dict[str, object]:
    """What the page shows: the figure, and a page of the events behind the row that is opened."""
    shown = seen(record_of(request), viewer_of(request), form)
    page = Paginator(shown.behind, _ON_A_PAGE).get_page(request.GET.get("page"))
    certain = set(shown.opened.certain) if shown.opened else set()
    made, query = shown.table, _without_row(request).urlencode()
    part = Paginator(made.rows, _ROWS_ON_A_PAGE).get_page(request.GET.get("rows"))
    return {
        "seen": shown,
        "table": made,
        "definition": find_definition(made.definition),
        "table_page": part,
        "rows": [(cell_words(made, row.cells), row, f"?{query}{_cells(row.cells)}#i-open") for row in part.object_list],
        "chart": chart(made),
        "open_total": made.total.upper - made.total.lower,
        "opened": cell_words(made, form.cells) if form.cells else "",
        "behind": [(row, row.state.id in certain) for row in listed(shown.named(page.object_list))],
        "page": page,
        "command": form.command,
        "query": query,
        "before": form.cleaned_data["before"],
    }


def _cells(cells: tuple[str, ...]) -> str:
    """What the address that opens the events behind a row has beside the question."""
    return "".join(f"&cell={quote_plus(cell)}" for cell in cells)


def _without_row(request: HttpRequest) -> QueryDict:
    """What was asked, without the row that is opened and the page of its events."""
    query = request.GET.copy() if "definition" in request.GET else QueryDict(mutable=True)
    if not query:
        query.update(_FIRST)
    for name in ("cell", "page"):
        query.pop(name, None)
    return query


def _form(request: HttpRequest) -> Counting:
    return Counting(request.GET if "definition" in request.GET else QueryDict(urlencode(_FIRST)))
