"""What a sheet tells, in the process that reads it: a mapping that is guessed, a report, or rows for the record."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice

from portico.tables import CorrectedCell, Part, ReportParts, TableError, guess_mapping, open_table
from portico.web.imports import cells
from portico.web.imports.apart import Asked, RowsTold, Told, few_collections
from portico.web.imports.counting import Counting
from portico.web.imports.profiles import mapping_of, profile_of

_PARTS_BETWEEN = 60


def told(asked: Asked) -> Iterator[Told]:
    """The answers, in order. Raises TableError and ProfileError."""
    with _named(asked.name), few_collections():
        match asked.what:
            case "guess":
                yield Told(guessed=mapping_of(guess_mapping(asked.path), asked.called))
            case "check":
                yield from _checked(_parts(asked, keep_partly=True))
            case "take":
                parts = islice(_parts(asked, keep_partly=asked.keep_partly), asked.done, None)
                yield from (Told(rows=_rows(part)) for part in parts)


def _parts(asked: Asked, *, keep_partly: bool) -> ReportParts:
    assert asked.mapping is not None  # a person saw it
    file = replace(open_table(asked.path), name=asked.name)
    corrected: dict[tuple[str, int], dict[str, CorrectedCell]] = {}
    for each in asked.corrected:
        corrected.setdefault((each.sheet, each.row), {})[each.column] = _said(each)
    return ReportParts(file, profile_of(asked.mapping), skip_wrong=not keep_partly, corrected=corrected)


def _said(cell: cells.CorrectedCell) -> CorrectedCell:
    return CorrectedCell(was=cell.was, says=cell.says, by=cell.by, on=cell.at[:10])


def _checked(parts: ReportParts) -> Iterator[Told]:
    counting = Counting()
    for number, part in enumerate(parts):
        if number % _PARTS_BETWEEN == 0:
            yield Told(looked_at=counting.looked_at)
        counting.add(part)
    yield Told(looked_at=counting.looked_at, report=counting.report(parts.report))


def _rows(part: Part) -> RowsTold:
    return RowsTold(source=part.source, text=part.text.content, reading=part.reading, of_file=part.original is None)


@contextmanager
def _named(name: str) -> Iterator[None]:
    """Errors name the file as its owner does."""
    try:
        yield
    except TableError as problem:
        where = replace(problem.where, file=name)
        raise TableError(problem.kind, where, problem.problem, problem.do, safe=problem.safe) from None
