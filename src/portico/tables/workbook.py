"""Workbooks: the fast reader first; where it fails, a copy mended for it; where that fails, the plain reader."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import islice
from pathlib import Path

import polars as pl
import python_calamine as calamine

from portico.tables.cell import FORMULA_WITHOUT_RESULT
from portico.tables.container import Container, Part, check_container, locked, without_dimensions
from portico.tables.errors import TableError, Where
from portico.tables.plain_workbook import PlainWorkbook
from portico.tables.sheets import OPENING, Chunk, Sheet, TableFile, Texts

_ROWS = 50_000
# The fast reader lays a sheet out as a full rectangle: one cell far away would take all memory.
_MOST_CELLS = 40_000_000
_MENDED_UP_TO = 256 << 20
_OLE = b"\xd0\xcf"
_FAST, _MENDED, _PLAIN = "calamine", "calamine, on a copy without the sheets' stated size", "the plain reader"

Raw = str | int | float | bool | date | datetime | time | timedelta
Numbered = tuple[int, Sequence[str | None]]


def open_workbook(path: Path, sha256: str, size: int) -> TableFile:
    """A workbook of any kind that calamine knows. Raises TableError: password, too_large, damaged."""
    with path.open("rb") as opened:
        start = opened.read(2)
    if start == _OLE and b"E\0n\0c\0r\0y\0p\0t\0e\0d" in path.read_bytes():
        raise locked(path)
    notes: list[str] = []
    container = check_container(path) if start == b"PK" else None
    if container and container.parts:
        notes += _notes(container)
    else:
        notes.append("In this kind of workbook a cell with an error looks empty to the reader; XLSX tells them apart.")
    reader, rows = _reader(path, container, notes)
    sheets = tuple(_sheet(name, each, path.name) for name, each in rows.items())
    return TableFile(name=path.name, sha256=sha256, size=size, reader=reader, sheets=sheets, notes=notes)


Rows = Callable[[], Iterator[Numbered]]
"""The rows of a sheet, each with its number from 1; rows without cells may be passed over."""


def _notes(container: Container) -> Iterator[str]:
    if container.macros:
        yield "The workbook has macros; they were not run."
    formulas = [part for part in container.parts.values() if part.formulas]
    if formulas:
        lost = sum(text == FORMULA_WITHOUT_RESULT for part in formulas for text in part.unsaid.values())
        yield "Some cells are formulas; the results that the file holds were read." + (
            f" {lost} of them have none and are unreadable." if lost else ""
        )


def _reader(path: Path, container: Container | None, notes: list[str]) -> tuple[str, dict[str, Rows]]:
    """The first reader that can, and what it makes of each sheet."""
    wide = container is not None and any(
        part.last_row * part.last_column > _MOST_CELLS for part in container.parts.values()
    )
    unsaid = _unsaid(path, container)
    if not wide:
        try:
            return _FAST, _calamine_rows(calamine.CalamineWorkbook.from_path(path), unsaid)
        except calamine.PasswordError:
            raise locked(path) from None
        except calamine.CalamineError as problem:
            notes.append(f"The fast reader could not read it ({problem}).")
        if container and container.inflated <= _MENDED_UP_TO:
            try:
                mended = calamine.CalamineWorkbook.from_filelike(without_dimensions(path))
                return _MENDED, _calamine_rows(mended, unsaid)
            except calamine.CalamineError:
                pass  # the plain reader is the last
    if container is None or not container.parts:
        raise TableError(
            "damaged",
            Where(file=path.name),
            "no reader can read it",
            "Open it and save it as XLSX, or export its sheets as CSV.",
        )
    plain = PlainWorkbook(path)
    return _PLAIN, {name: _plain_rows(plain, name, container.parts[part]) for name, part in plain.sheets.items()}


Unsaid = dict[str, dict[tuple[int, int], str]]
"""Sheet → cells that calamine takes for empty, with their texts."""


def _unsaid(path: Path, container: Container | None) -> Unsaid:
    if container is None or not any(part.unsaid for part in container.parts.values()):
        return {}
    return {name: container.parts[part].unsaid for name, part in PlainWorkbook(path).sheets.items()}


def _calamine_rows(workbook: calamine.CalamineWorkbook, unsaid: Unsaid) -> dict[str, Rows]:
    """Every sheet is read now, so that a sheet that cannot be read is known before anything is stored."""
    read = {
        sheet.name: workbook.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
        for sheet in workbook.sheets_metadata
        if sheet.typ is calamine.SheetTypeEnum.WorkSheet
    }

    for name, cells in unsaid.items():
        for (row, column), text in cells.items():
            rows = read[name]
            rows.extend([] for _ in range(row - len(rows)))
            rows[row - 1].extend("" for _ in range(column - len(rows[row - 1])))
            rows[row - 1][column - 1] = text

    def rows_of(rows: list[list[Raw]]) -> Rows:
        return lambda: ((number, [_shown(cell) for cell in row]) for number, row in enumerate(rows, 1))

    return {name: rows_of(rows) for name, rows in read.items()}


def _plain_rows(workbook: PlainWorkbook, name: str, part: Part) -> Rows:
    lost: dict[int, set[int]] = {}
    for (row, column), text in part.unsaid.items():
        if text == FORMULA_WITHOUT_RESULT:
            lost.setdefault(row, set()).add(column - 1)

    def rows() -> Iterator[Numbered]:
        for number, found in workbook.rows(name):
            cells = found | dict.fromkeys(lost.get(number, ()), FORMULA_WITHOUT_RESULT)
            yield number, _dense(cells)

    return rows


def _dense(cells: dict[int, str]) -> list[str | None]:
    """The row up to its last cell; one that is far away does not make it long: past 1,024 columns nothing is kept."""
    last = min(max(cells, default=-1), 1023)
    return [cells.get(at) for at in range(last + 1)]


def _shown(cell: Raw) -> str | None:
    """A cell as text, as a person would write it; None without one."""
    if isinstance(cell, str):
        return cell or None
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time.min else cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, (date, time)) else str(cell)


@dataclass(frozen=True, slots=True)
class _Chunks:
    """Reads the rows of a sheet under a header."""

    rows: Rows

    def __call__(self, header_row: int, width: int, wanted: Sequence[int]) -> Iterator[Chunk]:
        under = (each for each in self.rows() if each[0] > header_row)
        before = header_row
        while held := list(islice(under, _ROWS)):
            passed = held[-1][0] - before - len(held)
            before = held[-1][0]
            texts = [row for _, row in held]
            yield Chunk(
                frame=_columns(texts, wanted),
                rows=pl.Series([number for number, _ in held], dtype=pl.UInt32),
                whole=partial(_columns, texts, range(width)),
                blank=passed,
                beyond=sum(cell is not None for row in texts if len(row) > width for cell in row[width:]),
            )


def _columns(rows: Sequence[Texts], wanted: Sequence[int]) -> pl.DataFrame:
    return pl.DataFrame(
        [pl.Series(str(at), [row[at] if at < len(row) else None for row in rows], dtype=pl.String) for at in wanted]
    )


def _sheet(name: str, rows: Rows, file: str) -> Sheet:
    opening: list[Texts] = []
    for number, row in islice(rows(), OPENING):
        if number > OPENING:
            break
        opening += [[]] * (number - 1 - len(opening))
        opening.append(row)
    return Sheet(name=name, opening=opening, chunks=_Chunks(rows))
