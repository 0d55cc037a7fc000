"""Numbers: check, call the room that counts, choose a template or a kind of file."""

from collections.abc import Callable, Iterable

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from portico.counting import CountError, Table, count, find_definition, moved
from portico.facts import IncidentState
from portico.web.access.permissions import visible, visible_sources
from portico.web.access.viewer import viewer_of
from portico.web.desk.parts import page_or_part
from portico.web.desk.records import record_of
from portico.web.incidents.listing import rows as listed
from portico.web.numbers.answer import MOST_SOURCES, Answer, sources_of
from portico.web.numbers.asked import DEFAULT, Counting, end_of
from portico.web.numbers.chart import cell_words, chart
from portico.web.numbers.paper import paper
from portico.web.numbers.rows import figure_rows, moved_rows
from portico.web.numbers.workbook import workbook

_ON_A_PAGE = 50
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
    record = record_of(request)
    states = _states(request, form)
    made = _count(form, states)
    held = {*made.total.certain, *made.total.possible}
    known = {source: source for state in states if state.id in held for source in state.sources}
    sources = list(visible_sources(viewer_of(request), known))
    documents = record.some_documents(sources[:MOST_SOURCES])
    earlier = _earlier(request, form, made)
    return Answer(
        table=made,
        definition=find_definition(made.definition),
        as_of=min(made.as_of or timezone.now(), timezone.now()),
        command=form.command,
        log_size=record.size,
        log_root=record.root.hex(),
        sources=sources_of(documents),
        documents=len(sources),
        earlier=earlier,
        moves=moved(earlier, made) if earlier else (),
    )


def _answered(request: HttpRequest, form: Counting) -> dict[str, object]:
    states = _states(request, form)
    made = _count(form, states)
    behind = [state for state in states if state.id in {*made.total.certain, *made.total.possible}]
    page = Paginator(behind, _ON_A_PAGE).get_page(request.GET.get("page"))
    earlier = _earlier(request, form, made)
    return {
        "table": made,
        "definition": find_definition(made.definition),
        "rows": [(cell_words(made, row), row) for row in made.rows],
        "chart": chart(made),
        "open_total": made.total.upper - made.total.lower,
        "behind": [(row, row.state.id in made.total.certain) for row in listed(page.object_list)],
        "page": page,
        "command": form.command,
        "query": request.GET.urlencode(),
        "earlier": earlier,
        "moves": moved(earlier, made) if earlier else (),
        "before": form.cleaned_data["before"],
    }


def _earlier(request: HttpRequest, form: Counting, now: Table) -> Table | None:
    """The figure of the earlier day that was asked for."""
    day = form.cleaned_data["before"]
    if day is None:
        return None
    then = record_of(request).countable(as_of=end_of(day))
    return count(now.definition, visible(viewer_of(request), then), by=now.by, where=form.where, as_of=end_of(day))


def _form(request: HttpRequest) -> Counting:
    return Counting(request.GET if "definition" in request.GET else {"definition": DEFAULT, "by": "month"})


def _states(request: HttpRequest, form: Counting) -> tuple[IncidentState, ...]:
    return visible(viewer_of(request), record_of(request).countable(as_of=end_of(form.cleaned_data["as_of"])))


def _count(form: Counting, states: Iterable[IncidentState]) -> Table:
    told = form.cleaned_data
    by = [told["by"]] if told["by"] else []
    return count(told["definition"], states, by=by, where=form.where, as_of=end_of(told["as_of"]))
