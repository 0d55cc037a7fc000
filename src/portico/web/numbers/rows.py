"""A figure, or why it moved, as comma-separated rows: each row says of itself what it counts and as of when."""

import csv
import io
from collections.abc import Iterable

from portico.web.numbers.answer import Answer, move_words

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def figure_rows(answer: Answer) -> bytes:
    """A row for each cell and one for the total, with the incidents behind it."""
    table = answer.table
    head = ["definition", "version", "as_of", *table.by, "lower", "upper", "unit", "incidents"]
    return written(
        head,
        (
            [
                *(table.definition, table.version, answer.as_of.isoformat()),
                *(row.cells or ("all",) * len(table.by)),
                *(row.lower, row.upper, table.unit, " ".join((*row.certain, *row.possible))),
            ]
            for row in (*table.rows, table.total)
        ),
    )


def moved_rows(answer: Answer) -> bytes:
    """A row for each event that stands otherwise than it did."""
    table, earlier = answer.table, answer.earlier
    then = earlier.as_of.isoformat() if earlier and earlier.as_of else ""
    head = ["definition", "version", "before_as_of", "as_of", "incident", "before", "now", "what_changed"]
    return written(
        head,
        (
            [
                *(table.definition, table.version, then, answer.as_of.isoformat()),
                *(each.incident, each.before, each.after, move_words(each)[3]),
            ]
            for each in answer.moves
        ),
    )


def written(head: Iterable[str], rows: Iterable[Iterable[object]]) -> bytes:
    """Comma-separated rows under a head, no cell of which begins a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows(map(inert, row) for row in rows)
    return out.getvalue().encode()


def inert(cell: object) -> str:
    """A cell that no spreadsheet takes for a formula (CWE-1236)."""
    words = str(cell)
    return f"'{words}" if words.startswith(_STARTS_A_FORMULA) else words
