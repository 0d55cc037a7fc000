"""A table as bars: what counts is filled, what may count is hatched on top. Each unit is an event one can open."""

from collections.abc import Sequence
from dataclasses import dataclass

from portico.counting import Row, Table
from portico.counting.picture import scale
from portico.store import Figure, Figures
from portico.web.wording import listed, value_words

HEIGHT, _TOP, _FLOOR = 300, 16, 272
MOST_BARS = 36


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One row of the table. x, width and middle are percents; tops and heights units of the picture."""

    label: str
    x: float
    width: float
    middle: float
    certain_top: float
    certain_height: float
    open_top: float
    open_height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """bars and the lines of the scale: (count, height)."""

    bars: tuple[Bar, ...]
    lines: tuple[tuple[int, float], ...]
    described: str


def chart(table: Table | Figures) -> Chart | None:
    """The rows as a chart; None where there is nothing to draw or too much to read. Every value is in the table."""
    rows: Sequence[Row | Figure] = table.rows
    if not 2 <= len(rows) <= MOST_BARS or not any(row.upper for row in rows):
        return None
    most = max(row.upper for row in rows)
    unit = (_FLOOR - _TOP) / most
    return Chart(
        bars=tuple(_bar(table, row, place, len(rows), unit) for place, row in enumerate(rows)),
        lines=tuple((count, round(_FLOOR - count * unit, 1)) for count in scale(most)),
        described=_described(table, rows),
    )


def cell_words(table: Table | Figures, cells: Sequence[str]) -> str:
    """What a row is about, in words."""
    return listed(table.labels.get(cell, value_words(name, cell)) for name, cell in zip(table.by, cells, strict=True))


def _bar(table: Table | Figures, row: Row | Figure, place: int, of: int, unit: float) -> Bar:
    step = 100 / of
    certain, upper = row.lower * unit, row.upper * unit
    return Bar(
        label=cell_words(table, row.cells),
        x=round(place * step + step * 0.15, 2),
        width=round(step * 0.7, 2),
        middle=round((place + 0.5) * step, 2),
        certain_top=round(_FLOOR - certain, 1),
        certain_height=round(certain, 1),
        open_top=round(_FLOOR - upper + 0.75, 1),
        open_height=round(max(0.0, upper - certain - 0.75), 1),
    )


def _described(table: Table | Figures, rows: Sequence[Row | Figure]) -> str:
    highest = max(rows, key=lambda row: row.upper)
    return (
        f"{len(rows)} rows; at least {min(row.lower for row in rows)} and at most {highest.upper} {table.unit}. "
        f"Highest: {cell_words(table, highest.cells)}. The table beside gives every value."
    )
