"""OpenDocument spreadsheets: which cells hold errors, and how far the cells go; read from their XML.

The fast reader takes a cell with an error for an empty one, or for the number 0. OpenDocument 1.3, part 3, chapter 9;
LibreOffice marks an error with a value-type of its own, others only show its words.
"""

import re
import zipfile
from collections.abc import Mapping
from xml.parsers import expat

from portico.tables.cell import FORMULA_WITHOUT_RESULT, is_sheet_error
from portico.tables.container import LockedError, Part
from portico.tables.plain_workbook import no_doctype

_CONTENT, _MANIFEST = "content.xml", "META-INF/manifest.xml"
_CELLS = ("table:table-cell", "table:covered-table-cell")
_BETWEEN_CELLS = re.compile(rb">\s+(</?table:)")
_UNNAMED_ERROR = "#UNKNOWN!"
_MOST_UNSAID = 1_000_000  # cells that repeat are written once: a few bytes could else name more than memory holds


def ods_parts(opened: zipfile.ZipFile) -> dict[str, Part]:
    """Every sheet by name.

    Raises LockedError, and expat.ExpatError or ValueError if the XML is broken or its errors repeat without end.
    """
    if _MANIFEST in opened.namelist() and b"encryption-data" in opened.read(_MANIFEST):
        raise LockedError
    found = _Sheets()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = found.begin
    parser.EndElementHandler = found.end
    parser.CharacterDataHandler = found.characters
    parser.StartDoctypeDeclHandler = no_doctype
    with opened.open(_CONTENT) as stream:
        parser.ParseFile(stream)
    return found.parts


def without_spaces(name: str, content: bytes) -> bytes:
    """Sheets without line ends and spaces between their cells: some are written so, and the fast reader stumbles."""
    return _BETWEEN_CELLS.sub(rb">\1", content) if name == _CONTENT else content


class _Sheets:
    """The cells of one sheet after another, as the parser meets them."""

    def __init__(self) -> None:
        self.parts: dict[str, Part] = {}
        self._part = Part()
        self._row = self._rows = self._column = 0
        self._has_cells = False
        self._unsaid: list[tuple[int, int, str]] = []
        self._cell: Mapping[str, str] | None = None
        self._text = ""
        self._in_comment = False

    def begin(self, name: str, found: Mapping[str, str]) -> None:
        if name in _CELLS:
            self._cell, self._text = found, ""
        elif name == "table:table-row":
            self._rows, self._column, self._has_cells = int(found.get("table:number-rows-repeated", 1)), 0, False
            self._unsaid.clear()
        elif name == "office:annotation":
            self._in_comment = True
        elif name == "table:table":
            self._part = self.parts[found.get("table:name", "")] = Part()
            self._row = 0

    def characters(self, text: str) -> None:
        if self._cell is not None and not self._in_comment:
            self._text += text

    def end(self, name: str) -> None:
        if name in _CELLS:
            self._end_of_cell()
        elif name == "table:table-row":
            self._end_of_row()
        elif name == "office:annotation":
            self._in_comment = False

    def _end_of_cell(self) -> None:
        found, self._cell = self._cell or {}, None
        columns = int(found.get("table:number-columns-repeated", 1))
        is_formula, has_value = "table:formula" in found, "office:value-type" in found
        if is_formula or has_value:
            self._has_cells = True
            self._part.formulas = self._part.formulas or is_formula
            self._part.last_column = max(self._part.last_column, self._column + columns)
            if text := _unsaid(found, self._text.strip(), lost=is_formula and not has_value):
                self._unsaid.append((self._column, columns, text))
        self._column += columns

    def _end_of_row(self) -> None:
        part, first = self._part, self._row + 1
        self._row += self._rows
        if not self._has_cells:
            return
        part.last_row = self._row
        for column, columns, text in self._unsaid:
            if self._rows * columns + len(part.unsaid) > _MOST_UNSAID:
                raise ValueError(f"more than {_MOST_UNSAID:,} of its cells hold errors")
            for row in range(first, self._row + 1):
                part.unsaid.update({(row, column + at): text for at in range(1, columns + 1)})


def _unsaid(found: Mapping[str, str], text: str, *, lost: bool) -> str | None:
    """What a cell says that the fast reader takes for empty; None of any other."""
    if found.get("calcext:value-type") == "error":
        return text if is_sheet_error(text) else _UNNAMED_ERROR
    if is_sheet_error(text):
        return text
    return FORMULA_WITHOUT_RESULT if lost and not text else None
