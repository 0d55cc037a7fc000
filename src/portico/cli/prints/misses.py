"""Errors of readings, grouped by kind, for a terminal."""

from collections.abc import Iterator

from portico.cli.misses import Compared, Group, Missed
from portico.cli.prints.layout import heading, paragraph


def misses_lines(row: Group | Compared) -> Iterator[str]:
    if isinstance(row, Compared):
        yield ""
        one = row.documents == 1
        compared = (
            "1 document compared with its answer" if one else f"{row.documents:,} documents compared with their answers"
        )
        yield f"{compared}: {row.errors:,} {'difference' if row.errors == 1 else 'differences'}."
        return
    yield from heading(f"{row.what}: {row.kind} ({len(row.errors)})")
    for error in row.errors:
        yield from paragraph(f"{error.id}: {_difference(error)}{_led_by(error)}", hanging="    ")


def _difference(error: Missed) -> str:
    miss = error.miss
    if miss.found is None:
        return f"not found: {miss.wanted}"
    return f"{miss.found}, not {miss.wanted}" if miss.wanted else f"{miss.found}, of which the answer says nothing"


def _led_by(error: Missed) -> str:
    if not error.words:
        return ""
    return f" — from “{error.words}”" + (f" by {error.cue}" if error.cue else "")
