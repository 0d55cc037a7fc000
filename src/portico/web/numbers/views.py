"""Numbers: check, call the room that counts, choose a template."""

import csv
from collections.abc import Iterable

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from portico.counting import CountError, Table, count, find_definition, moved
from portico.facts import IncidentState
from portico.web.access.permissions import visible
from portico.web.access.viewer import viewer_of
from portico.web.desk.parts import page_or_part
from portico.web.desk.records import record_of
from portico.web.incidents.listing import rows as listed
from portico.web.numbers.asked import DEFAULT, Counting, end_of
from portico.web.numbers.chart import cell_words, chart

_ON_A_PAGE = 50
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def counted(request: HttpRequest) -> HttpResponse:
    """A figure with everything that it rests on."""
    form = _form(request)
    shown: dict[str, object] = {"form": form}
    if form.is_valid():
        try:
            shown.update(_answered(request, form))
        except CountError as error:
            form.add_error(None, str(error))
    response = page_or_part(request, "numbers/count.html", "numbers/_count.html", shown)
    response.status_code = 422 if form.errors else 200
    return response


def table(request: HttpRequest) -> HttpResponse:
    """The same figures as a file, with definition and date in every row; no cell begins a formula."""
    form = _form(request)
    if not form.is_valid():
        return HttpResponse("The question cannot be counted: go back and correct it.", status=422)
    made = _count(form, _states(request, form))
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, f"{made.definition}.csv")
    writer = csv.writer(response)
    as_of = made.as_of.isoformat() if made.as_of else "now"
    writer.writerow(["definition", "version", "as_of", *made.by, "lower", "upper", "unit", "incidents"])
    for row in [*made.rows, made.total]:
        cells = row.cells or ("all",) * len(made.by)
        ids = " ".join((*row.certain, *row.possible))
        told = [made.definition, made.version, as_of, *cells, row.lower, row.upper, made.unit, ids]
        writer.writerow(map(_inert, told))
    return response


def _answered(request: HttpRequest, form: Counting) -> dict[str, object]:
    states = _states(request, form)
    made = _count(form, states)
    behind = [state for state in states if state.id in {*made.total.certain, *made.total.possible}]
    page = Paginator(behind, _ON_A_PAGE).get_page(request.GET.get("page"))
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
        **_compared(request, form, made),
    }


def _compared(request: HttpRequest, form: Counting, now: Table) -> dict[str, object]:
    """The figure of an earlier day, and each event that stands otherwise since."""
    day = form.cleaned_data["before"]
    if day is None:
        return {}
    then = record_of(request).incidents(as_of=end_of(day))
    earlier = count(
        form.cleaned_data["definition"],
        visible(viewer_of(request), then),
        by=now.by,
        where=form.where,
        as_of=end_of(day),
    )
    return {"earlier": earlier, "moves": moved(earlier, now), "before": day}


def _form(request: HttpRequest) -> Counting:
    return Counting(request.GET if "definition" in request.GET else {"definition": DEFAULT, "by": "month"})


def _states(request: HttpRequest, form: Counting) -> tuple[IncidentState, ...]:
    return visible(viewer_of(request), record_of(request).incidents(as_of=end_of(form.cleaned_data["as_of"])))


def _count(form: Counting, states: Iterable[IncidentState]) -> Table:
    told = form.cleaned_data
    by = [told["by"]] if told["by"] else []
    return count(told["definition"], states, by=by, where=form.where, as_of=end_of(told["as_of"]))


def _inert(cell: object) -> str:
    """A cell that no spreadsheet takes for a formula (CWE-1236)."""
    words = str(cell)
    return f"'{words}" if words.startswith(_STARTS_A_FORMULA) else words
