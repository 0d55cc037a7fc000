"""Workbooks: the fast reader first; where it fails, a copy mended for it; where that fails, the plain reader.

What the fast reader loses, cells with an error and formulas without a result, is read from the file beside it.
"""

import struct
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from xml.parsers import expat

import polars as pl
import python_calamine as calamine

from portico.tables.binary_sheets import with_columns, xls_parts, xlsb_parts
from portico.tables.cell import FORMULA_WITHOUT_RESULT
from portico.tables.container import (
    Container,
    LockedError,
    Mend,
    Part,
    check_container,
    copy_of,
    locked,
    without_dimensions,
)
from portico.tables.errors import TableError, Where
from portico.tables.open_document import ods_parts, without_spaces
from portico.tables.plain_workbook import PlainWorkbook
from portico.tables.sheets import OPENING, Chunk, Sheet, TableFile, Texts

_ROWS = 50_000
# The fast reader lays a sheet out as a full rectangle: one cell far away would take all memory.
_MOST_CELLS = 40_000_000
_MENDED_UP_TO = 256 << 20
_OLE = b"\xd0\xcf"
_FAST, _PLAIN = "calamine", "the plain reader"
_MENDED: Mapping[str, tuple[str, Mend]] = {
    "xlsx": ("without the sheets' stated size", without_dimensions),
    "xlsb": ("whose cells say their columns", with_columns),
    "ods": ("without spaces between its cells", without_spaces),
}

Raw = str | int | float | bool | date | datetime | time | timedelta
Numbered = tuple[int, Sequence[str | None]]


def open_workbook(path: Path, sha256: str, size: int) -> TableFile:
    """A workbook of any kind that calamine knows. Raises TableError: password, too_large, damaged."""
    container = _looked_through(path)
    notes = [*_notes(container)]
    reader, rows = _reader(path, container, notes)
    sheets = tuple(_sheet(name, each, path.name) for name, each in rows.items())
    return TableFile(name=path.name, sha256=sha256, size=size, reader=reader, sheets=sheets, notes=notes)


Rows = Callable[[], Iterator[Numbered]]
"""The rows of a sheet, each with its number from 1; rows without cells may be passed over."""


def _looked_through(path: Path) -> Container:
    """What is known before a reader reads the cells. Raises TableError: password, too_large, damaged."""
    with path.open("rb") as opened:
        is_ole = opened.read(2) == _OLE
    try:
        return _compound(path) if is_ole else _zipped(path)
    except LockedError:
        raise locked(path) from None
    except (expat.ExpatError, struct.error, ValueError, IndexError, KeyError) as problem:
        raise _unreadable(path, f"the workbook is damaged ({problem})") from problem


def _compound(path: Path) -> Container:
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise LockedError
    parts = {str(at): part for at, part in enumerate(xls_parts(content))}
    return Container(path=path, inflated=len(content), parts=parts, kind="xls")


def _zipped(path: Path) -> Container:
    container = check_container(path)
    if container.parts:
        return container
    with zipfile.ZipFile(path) as opened:
        there = opened.namelist()
        if "xl/workbook.bin" in there:
            container.kind, container.parts = "xlsb", xlsb_parts(opened)
        elif "content.xml" in there:
            container.kind, container.parts = "ods", ods_parts(opened)
    return container


def _notes(container: Container) -> Iterator[str]:
    if container.macros:
        yield "The workbook has macros; they were not run."
    parts = container.parts.values()
    lost = sum(text == FORMULA_WITHOUT_RESULT for part in parts for text in part.unsaid.values())
    if any(part.formulas for part in parts):
        yield "Some cells are formulas; the results that the file holds were read." + (
            f" {lost} of them have none and are unreadable." if lost else ""
        )
    if errors := sum(len(part.unsaid) for part in parts) - lost:
        yield f"Cells with an error, which the fast reader takes for empty, were read from the file itself: {errors}."


Read = tuple[str, dict[str, Rows]]
"""What read a workbook, and the rows of each of its sheets."""


def _reader(path: Path, container: Container, notes: list[str]) -> Read:
    """The first reader that can, and what it makes of each sheet."""
    wide = [part for part in container.parts.values() if part.last_row * part.last_column > _MOST_CELLS]
    if not wide and (read := _read_fast(path, container, notes) or _read_mended(path, container)):
        return read
    if container.kind != "xlsx" or not container.parts:
        raise _too_wide(path, wide[0]) if wide else _unreadable(path, "no reader can read it")
    plain = PlainWorkbook(path)
    return _PLAIN, {name: _plain_rows(plain, name, container.parts[part]) for name, part in plain.sheets.items()}


def _read_fast(path: Path, container: Container, notes: list[str]) -> Read | None:
    if any(part.passed_over for part in container.parts.values()):
        notes.append("The fast reader would pass over some of its cells, which do not say their columns.")
        return None
    try:
        return _FAST, _calamine_rows(calamine.CalamineWorkbook.from_path(path), container)
    except calamine.PasswordError:
        raise locked(path) from None
    except calamine.CalamineError as problem:
        notes.append(f"The fast reader could not read it ({problem}).")
    return None


def _read_mended(path: Path, container: Container) -> Read | None:
    """By the same reader from a copy in memory, without what it stumbles over."""
    if container.kind not in _MENDED or container.inflated > _MENDED_UP_TO:
        return None
    without, mend = _MENDED[container.kind]
    try:
        mended = calamine.CalamineWorkbook.from_filelike(copy_of(path, mend))
        return f"calamine, on a copy {without}", _calamine_rows(mended, container)
    except calamine.CalamineError:
        return None


def _unreadable(path: Path, problem: str) -> TableError:
    do = "Open it and save it as XLSX, or export its sheets as CSV."
    return TableError("damaged", Where(file=path.name), problem, do)


def _too_wide(path: Path, part: Part) -> TableError:
    return TableError(
        "too_large",
        Where(file=path.name),
        f"a sheet goes as far as row {part.last_row:,} and column {part.last_column:,}, which no memory holds",
        "Delete the cells far from the table, or save it as XLSX, which is read row by row.",
    )


Unsaid = dict[str, dict[tuple[int, int], str]]
"""Sheet → cells that calamine takes for empty, with their texts."""


def _unsaid(container: Container, names: Sequence[str]) -> Unsaid:
    """By name of the sheet. An XLSX knows them by their parts, an XLS by their order."""
    if not any(part.unsaid for part in container.parts.values()):
        return {}
    keys: Mapping[str, str] = dict(zip(names, names, strict=True))
    if container.kind == "xlsx":
        keys = PlainWorkbook(container.path).sheets
    elif container.kind == "xls":
        keys = {name: str(at) for at, name in enumerate(names)}
    return {name: container.parts[key].unsaid for name, key in keys.items() if key in container.parts}


def _calamine_rows(workbook: calamine.CalamineWorkbook, container: Container) -> dict[str, Rows]:
    """Every sheet is read now, so that a sheet that cannot be read is known before anything is stored."""
    read = {
        sheet.name: workbook.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
        for sheet in workbook.sheets_metadata
        if sheet.typ is calamine.SheetTypeEnum.WorkSheet
    }

    for name, cells in _unsaid(container, workbook.sheet_names).items():
        rows = read.get(name, [])
        for (row, column), text in cells.items():
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
