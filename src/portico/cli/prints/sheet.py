"""A count as comma-separated rows: each says of itself what it counts; no cell begins a formula."""

import csv
import io
from collections.abc import Iterator

from portico.counting import Table, Tabulation
from portico.web.numbers.rows import inert


def sheet_of(made: Table | Tabulation) -> str:
    """A row for each cell and one for the total."""
    out = io.StringIO()
    writer = csv.writer(out)
    for row in _of_tables(made) if isinstance(made, Tabulation) else _of_record(made):
        writer.writerow(map(inert, row))
    return out.getvalue()


def _of_tables(made: Tabulation) -> Iterator[list[object]]:
    yield ["definition", "version", *made.by, "count", "at_least", "base", "percent", "unit"]
    for row in (*made.rows, made.total):
        cells = [cell.words for cell in row.cells] or ["all"] * len(made.by)
        floor = "yes" if row.at_least else "no"
        share = "" if row.share is None else row.share
        yield [made.definition, made.version, *cells, row.count, floor, row.base, share, made.unit]


def _of_record(made: Table) -> Iterator[list[object]]:
    as_of = made.as_of.isoformat() if made.as_of else "now"
    yield ["definition", "version", "as_of", *made.by, "lower", "upper", "unit", "incidents"]
    for row in (*made.rows, made.total):
        cells = list(row.cells) or ["all"] * len(made.by)
        ids = " ".join((*row.certain, *row.possible))
        yield [made.definition, made.version, as_of, *cells, row.lower, row.upper, made.unit, ids]
