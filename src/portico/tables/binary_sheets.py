"""Binary workbooks, XLS and XLSB: which cells hold errors, and how far the cells go; read from their records.

The fast reader takes a cell with an error for an empty one, and passes over cells of an XLSB that are written short.
Microsoft's MS-XLS (BOUNDSHEET, BOOLERR, FORMULA) and MS-XLSB (BrtBundleSh, BrtRowHdr, BrtCellError, BrtFmlaError).
Short cells are in no standard: kinds 12 to 18 are 1 to 7 without the column, which is that after the cell before.
"""

import struct
import zipfile
from collections.abc import Iterator

from portico.tables.compound import stream_of
from portico.tables.container import LockedError, Part
from portico.tables.plain_workbook import sheet_targets

Record = tuple[int, int, int]
"""Kind, where its content begins, how long that is."""

_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
_ANOTHER = "#UNKNOWN!"

_END_OF_PART, _LOCKED, _SHEET = 0x0A, 0x2F, 0x85
_BOOL_OR_ERROR, _FORMULA = 0x205, 0x06
_NO_NUMBER = b"\xff\xff"  # in the last two bytes of a formula's result: it is a text, a yes or no, or an error
_IS_ERROR = 2

_ROW, _CELLS, _BLANK, _CELL_ERROR = 0, range(1, 12), 1, 3
_FORMULAS, _FORMULA_ERROR = range(8, 12), 11
_SHORT, _SHORTER_BY = range(12, 19), 11
_BUNDLED_SHEET, _END_OF_CELLS = 156, 146


def xls_parts(content: bytes) -> list[Part]:
    """Every sheet of an XLS, in order.

    Raises LockedError, and ValueError, IndexError or struct.error if it is broken.
    """
    stream = stream_of(content, ("Workbook", "Book"))
    begins: list[int] = []
    for kind, start, _ in _xls_records(stream, 0):
        if kind == _LOCKED:
            raise LockedError
        if kind == _SHEET:
            begins += struct.unpack_from("<I", stream, start)
    return [_xls_part(stream, each) for each in begins]


def _xls_records(stream: bytes, at: int) -> Iterator[Record]:
    """The records from here to the end of this part of the stream."""
    kind = -1
    while kind != _END_OF_PART:
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, at + 4, size
        at += 4 + size


def _xls_part(stream: bytes, at: int) -> Part:
    part = Part()
    for kind, start, _ in _xls_records(stream, at):
        if kind == _BOOL_OR_ERROR:
            code = stream[start + 6] if stream[start + 7] else None
        elif kind == _FORMULA:
            part.formulas = True
            is_error = stream[start + 12 : start + 14] == _NO_NUMBER and stream[start + 6] == _IS_ERROR
            code = stream[start + 8] if is_error else None
        else:
            continue
        if code is not None:
            row, column = struct.unpack_from("<HH", stream, start)
            part.unsaid[row + 1, column + 1] = _ERRORS.get(code, _ANOTHER)
    return part


def xlsb_parts(opened: zipfile.ZipFile) -> dict[str, Part]:
    """Every sheet of an XLSB by name. Raises ValueError, IndexError, struct.error or KeyError if it is broken."""
    targets = sheet_targets(opened, "xl/_rels/workbook.bin.rels")
    there = set(opened.namelist())
    return {
        name: _xlsb_part(opened.read(targets[key]))
        for name, key in _bundled(opened.read("xl/workbook.bin"))
        if targets.get(key) in there
    }


def _bundled(workbook: bytes) -> Iterator[tuple[str, str]]:
    """Each sheet's name, and the key of the part that it is in."""
    for kind, start, _ in _xlsb_records(workbook):
        if kind == _BUNDLED_SHEET:
            key, end = _wide_text(workbook, start + 8)
            yield _wide_text(workbook, end)[0], key


def _wide_text(content: bytes, at: int) -> tuple[str, int]:
    """A text and where it ends; one that is null is empty."""
    (length,) = struct.unpack_from("<I", content, at)
    end = at + 4 + (0 if length == 0xFFFFFFFF else 2 * length)
    return content[at + 4 : end].decode("utf-16-le", "surrogatepass"), end


def _xlsb_records(content: bytes) -> Iterator[Record]:
    """Kinds and sizes are written seven bits to a byte, the low ones first."""
    at, end = 0, len(content)
    while at < end:
        kind = content[at]
        at += 1
        if kind & 0x80:
            kind = kind & 0x7F | (content[at] & 0x7F) << 7
            at += 1
        size = shift = 0
        more = 0x80
        while more & 0x80 and shift < 28:
            more = content[at]
            size |= (more & 0x7F) << shift
            shift += 7
            at += 1
        yield kind, at, size
        at += size


def _xlsb_part(content: bytes) -> Part:
    part = Part()
    for row, column, kind, value_at, is_short in _xlsb_cells(content):
        part.passed_over = part.passed_over or is_short
        part.last_row, part.last_column = row, max(part.last_column, column)
        part.formulas = part.formulas or kind in _FORMULAS
        if kind in (_CELL_ERROR, _FORMULA_ERROR):
            part.unsaid[row, column] = _ERRORS.get(content[value_at], _ANOTHER)
    return part


def _xlsb_cells(content: bytes) -> Iterator[tuple[int, int, int, int, bool]]:
    """Each cell that has more than a form: row and column from 1, kind, where its value stands, whether it is short."""
    row = column = 0
    for kind, start, _ in _xlsb_records(content):
        if kind == _ROW:
            row, column = struct.unpack_from("<I", content, start)[0] + 1, 0
        elif kind in _CELLS:
            column = struct.unpack_from("<I", content, start)[0] + 1
            if kind != _BLANK:
                yield row, column, kind, start + 8, False
        elif kind in _SHORT:
            column += 1
            yield row, column, kind - _SHORTER_BY, start + 4, True
        elif kind == _END_OF_CELLS:
            return


def with_columns(name: str, content: bytes) -> bytes:
    """Sheets of an XLSB whose short cells say their columns."""
    if not name.startswith("xl/worksheets/") or not name.endswith(".bin"):
        return content
    pieces: list[bytes] = []
    copied, end, column = 0, 0, -1
    for kind, start, size in _xlsb_records(content):
        begin, end = end, start + size
        if kind == _ROW:
            column = -1
        elif kind in _CELLS:
            (column,) = struct.unpack_from("<I", content, start)
        elif kind in _SHORT:
            column += 1
            whole = _head(kind - _SHORTER_BY, size + 4) + struct.pack("<I", column)
            pieces += [content[copied:begin], whole, content[start:end]]
            copied = end
    return b"".join([*pieces, content[copied:]])


def _head(kind: int, size: int) -> bytes:
    """How a record of a small kind begins."""
    head = bytearray([kind])
    while size > 0x7F:
        head.append(size & 0x7F | 0x80)
        size >>= 7
    return bytes([*head, size])
