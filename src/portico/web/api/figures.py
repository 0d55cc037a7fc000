"""Figures: a definition, its lower and upper count, as of a day. Numbers alone; which incidents, the list tells."""

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from ninja import Path, Query, Router
from pydantic import Field

from portico.counting import DIMENSIONS, Definition, count, definitions, find_definition
from portico.store import Figures
from portico.web.access.acts import Act
from portico.web.access.permissions import visible
from portico.web.access.viewer import viewer_of
from portico.web.api.calls import Asked, one_of
from portico.web.api.problems import checked, missing
from portico.web.api.shapes import LeftOpen, ShownDefinition, ShownFigure
from portico.web.desk.records import record_of
from portico.web.numbers.asked import Counting, end_of

router = Router(tags=["numbers"])


class Counted(Asked):
    by: Annotated[str, one_of(*DIMENSIONS)] = ""
    state: str = Field("", description="As NY")
    county: str = ""
    as_of: date | None = Field(None, description="As the record stood at the end of that day (UTC)")


@router.get("", url_name="definitions", response=tuple[ShownDefinition, ...], operation_id="definitions")
def all_definitions(request: HttpRequest) -> tuple[ShownDefinition, ...]:
    """What can be counted."""
    return tuple(map(_definition, definitions().values()))


@router.get("/{definition}", url_name="figure", response=ShownFigure, operation_id="figure")
def figure(
    request: HttpRequest, definition: Annotated[str, Path(max_length=200)], asked: Query[Counted]
) -> ShownFigure:
    """A figure from its lower to its upper bound, of everything that the person of the token may know of."""
    if definition not in definitions():
        raise missing("definition")
    form = Counting({**asked.model_dump(), "definition": definition})
    checked(form)
    found = _figures(request, definition, (asked.by,) if asked.by else (), form.where, asked.as_of)
    return ShownFigure(
        definition=_definition(find_definition(definition)),
        by=found.by,
        as_of=asked.as_of,
        total=found.total,
        rows=found.rows,
        base=found.base,
        open=tuple(LeftOpen(attribute=name, status=status, incidents=many) for name, status, many in found.open),
        not_told=dict(found.not_told),
        labels=dict(found.labels),
    )


def _figures(
    request: HttpRequest, definition: str, by: tuple[str, ...], where: dict[str, str], as_of: date | None
) -> Figures:
    """Quick where it is asked of now; of an earlier day each incident is looked at."""
    record, viewer = record_of(request), viewer_of(request)
    if as_of is None:
        return record.counted(definition, by=by, where=where, without=viewer.hidden)
    known = visible(viewer, record.countable(as_of=end_of(as_of)), Act.EXPORT)
    return Figures.of(count(definition, known, by=by, where=where, as_of=end_of(as_of)))


def _definition(each: Definition) -> ShownDefinition:
    return ShownDefinition(id=each.id, name=each.name, version=each.version, meaning=each.meaning, unit=each.unit)
