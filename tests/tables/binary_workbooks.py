"""Small XLS, XLSB and OpenDocument workbooks, written byte by byte, so that a test may put anything into a cell."""

import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

Rows = Sequence[Sequence[str | None]]
"""Texts; an error by its words; one that a formula gave begins with "=" and the error's words."""

ERRORS = {"#NULL!": 0, "#DIV/0!": 7, "#VALUE!": 15, "#REF!": 23, "#NAME?": 29, "#NUM!": 36, "#N/A": 42}

# XLS: records of a kind, a size and a content, in a stream of a compound file.


def xls(path: Path, rows: Rows, *, locked: bool = False) -> Path:
    cells = b"".join(
        _xls_cell(at, column, text)
        for at, row in enumerate(rows)
        for column, text in enumerate(row)
        if text is not None
    )
    begin, end = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0)), _record(0x0A, b"")
    lock = _record(0x2F, struct.pack("<H", 1)) if locked else b""
    sheet = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0)) + cells + end
    at = len(begin) + len(lock) + 4 + 15 + len(end)
    named = _record(0x85, struct.pack("<IBBBB", at, 0, 0, 7, 0) + b"Sheet 1")
    path.write_bytes(_compound(begin + lock + named + end + sheet))
    return path


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _xls_cell(row: int, column: int, text: str) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if text in ERRORS:
        return _record(0x205, place + bytes([ERRORS[text], 1]))
    if text.removeprefix("=") in ERRORS:
        result = bytes([2, 0, ERRORS[text[1:]], 0, 0, 0, 0xFF, 0xFF])
        return _record(0x06, place + result + bytes(8))
    return _record(0x204, place + struct.pack("<HB", len(text), 1) + text.encode("utf-16-le"))


def _compound(stream: bytes) -> bytes:
    """One stream in sectors of 512 bytes: first the table of chains, then the directory, then the stream."""
    padded = stream.ljust(4096, b"\0")
    count = -(-len(padded) // 512)
    free, end = 0xFFFFFFFF, 0xFFFFFFFE
    chains = [0xFFFFFFFD, end, *range(3, count + 2), end]
    table = struct.pack("<128I", *chains, *[free] * (128 - len(chains)))
    root, book = _entry("Root Entry", 5, end, 0, 1), _entry("Workbook", 2, 2, len(padded), free)
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0, 0) + struct.pack("<108I", *[free] * 108)
    return head + table + (root + book).ljust(512, b"\0") + padded.ljust(count * 512, b"\0")


def _entry(name: str, kind: int, first: int, size: int, child: int) -> bytes:
    named = name.encode("utf-16-le")
    told = struct.pack("<HBBIII", len(named) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
    return named.ljust(64, b"\0") + told + bytes(36) + struct.pack("<IQ", first, size)


# XLSB: records whose kind and size take a byte or two, in parts of a zip.


def xlsb(path: Path, rows: Rows, *, short: bool = False, far: tuple[int, int] | None = None) -> Path:
    """short: cells after the first of a row do not say their columns; far: one more cell, row and column from 0."""
    cells = b"".join(
        _part(0, struct.pack("<I", at) + bytes(21))
        + b"".join(_xlsb_cell(column, text, short=short and column > 0) for column, text in enumerate(row))
        for at, row in enumerate(rows)
    )
    if far:
        cells += _part(0, struct.pack("<I", far[0]) + bytes(21)) + _xlsb_cell(far[1], "far", short=False)
    size = struct.pack("<IIII", 0, len(rows), 0, max(map(len, rows)))
    sheet = _part(129, b"") + _part(148, size) + _part(145, b"") + cells + _part(146, b"") + _part(130, b"")
    book = _part(131, b"") + _part(143, b"")
    book += _part(156, struct.pack("<II", 0, 1) + _wide("rId1") + _wide("Sheet 1")) + _part(144, b"") + _part(132, b"")
    relations = '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.bin"/></Relationships>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("xl/workbook.bin", book)
        opened.writestr("xl/_rels/workbook.bin.rels", relations)
        opened.writestr("xl/worksheets/sheet1.bin", sheet)
    return path


def _part(kind: int, content: bytes) -> bytes:
    head = [kind] if kind < 128 else [kind & 127 | 128, kind >> 7]
    size = len(content)
    return bytes([*head, size] if size < 128 else [*head, size & 127 | 128, size >> 7]) + content


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _xlsb_cell(column: int, text: str | None, *, short: bool) -> bytes:
    """A cell without text is one that only has a form."""
    kind, value = 1, b""
    if text in ERRORS:
        kind, value = 3, bytes([ERRORS[text]])
    elif text and text.removeprefix("=") in ERRORS:
        kind, value = 11, bytes([ERRORS[text[1:]]]) + bytes(6)
        short = False  # no formula is written short
    elif text is not None:
        kind, value = 6, _wide(text)
    return _part(kind + 11, bytes(4) + value) if short else _part(kind, struct.pack("<I", column) + bytes(4) + value)


# OpenDocument: XML in a zip.

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_ODS = (
    f'<office:document-content xmlns:office="{_OASIS}:office:1.0" xmlns:table="{_OASIS}:table:1.0" '
    f'xmlns:text="{_OASIS}:text:1.0" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
    '<office:body><office:spreadsheet><table:table table:name="Sheet 1">{rows}</table:table></office:spreadsheet>'
    "</office:body></office:document-content>"
)


def ods(path: Path, rows: Rows, *, between: str = "", more: str = "") -> Path:
    """between: what stands between elements; more: rows as XML, after the others. A text from "<" on is XML."""
    written = [between.join(["<table:table-row>", *map(_ods_cell, row), "</table:table-row>"]) for row in rows]
    return ods_of(path, between + between.join(written) + more)


def ods_of(path: Path, rows: str, manifest: str = "") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        made.writestr(
            "META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="urn:x">{manifest}</manifest:manifest>'
        )
        made.writestr("content.xml", _ODS.replace("{rows}", rows))
    return path


def _ods_cell(text: str | None) -> str:
    if text is None:
        return "<table:table-cell/>"
    if text.startswith("<"):
        return text
    if text.removeprefix("=") in ERRORS:  # as LibreOffice writes it
        told = 'table:formula="of:=A1" office:value-type="string" office:string-value="" calcext:value-type="error"'
        text = text.removeprefix("=")
    else:
        told = 'office:value-type="string"'
    return f"<table:table-cell {told}><text:p>{escape(text)}</text:p></table:table-cell>"
