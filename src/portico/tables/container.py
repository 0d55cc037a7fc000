"""Containers: a workbook's zip looked through before a reader trusts it."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Literal

from portico.tables.cell import FORMULA_WITHOUT_RESULT
from portico.tables.errors import TableError, Where

# A workbook of half a million rows has some hundred megabytes of XML, a fifteenth of that packed.
MOST_INFLATED = 2 << 30
_SMALL = 64 << 20
_BLOWN_UP = 200
_MOST_PARTS = 10_000
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml\Z")
_ROW = re.compile(rb'<row [^>]*?\br="(\d{1,7})"')
_FAR = re.compile(rb' r="([A-Z]{2,3})\d')
_NO_RESULT = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*?>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>\s*|<v></v>\s*)?</c>'
)
_ERROR = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*?\bt="e"[^>]*>\s*(?:<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*)?<v>([^<]*)</v>'
)
_DIMENSION = re.compile(rb"<dimension\b[^>]*/>")


@dataclass(slots=True)
class Part:
    """What is known of one sheet before a reader reads it.

    last_row, last_column  as far as its cells go
    unsaid                 (row, column), from 1, of cells that the fast reader takes for empty → their text: errors,
                           and formulas whose result the file does not hold
    passed_over            it has cells that the fast reader passes over
    """

    last_row: int = 0
    last_column: int = 26
    formulas: bool = False
    unsaid: dict[tuple[int, int], str] = field(default_factory=dict)
    passed_over: bool = False


@dataclass(slots=True)
class Container:
    """A workbook looked through.

    parts  what is known of its sheets: in an XLSX by the name of its part, in an XLS by its number from 0, else by name
    """

    path: Path
    inflated: int
    parts: dict[str, Part] = field(default_factory=dict)
    macros: bool = False
    kind: Literal["xlsx", "xlsb", "ods", "xls"] = "xlsx"


class LockedError(Exception):
    """What holds the sheets is encrypted with a password."""


def check_container(path: Path) -> Container:
    """Look through a zip. Raises TableError: too_large, damaged, not_a_table.

    Sizes are those that the zip declares; every part is then read once under that limit and its checksum compared, so
    that they are true before another reader trusts them.
    """
    where = Where(file=path.name)
    try:
        with zipfile.ZipFile(path) as opened:
            container = _measured(path, opened)
            for info in opened.infolist():
                if info.flag_bits & 1:
                    raise TableError("password", where, "its parts are locked with a password", _UNLOCK)
                part = _read_through(opened, info)
                if _SHEET.fullmatch(info.filename):
                    container.parts[info.filename] = part
            return container
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError) as problem:
        what = f"the workbook is damaged ({problem})"
        raise TableError("damaged", where, what, "Get the file again, or open it and save it anew.") from problem


_UNLOCK = "Open it with its password, save a copy without one, and import the copy."


def locked(path: Path) -> TableError:
    return TableError("password", Where(file=path.name), "the workbook is locked with a password", _UNLOCK)


def _measured(path: Path, opened: zipfile.ZipFile) -> Container:
    infos = opened.infolist()
    inflated, packed = sum(info.file_size for info in infos), path.stat().st_size
    if len(infos) > _MOST_PARTS or inflated > MOST_INFLATED or (inflated > _SMALL and inflated > _BLOWN_UP * packed):
        raise TableError(
            "too_large",
            Where(file=path.name),
            f"unpacked it would have {inflated:,} bytes in {len(infos):,} parts, from {packed:,}",
            "It was not unpacked: such a file is made to fill a disk. If you trust it, export its sheets as CSV.",
        )
    macros = any(info.filename.endswith("vbaProject.bin") for info in infos)
    return Container(path=path, inflated=inflated, macros=macros)


def _read_through(opened: zipfile.ZipFile, info: zipfile.ZipInfo) -> Part:
    part, is_sheet, errors = Part(), bool(_SHEET.fullmatch(info.filename)), False
    with opened.open(info) as stream:
        for text in _blocks(stream):
            if not is_sheet:
                continue
            for row in _ROW.finditer(text, max(0, text.rfind(b"<row "))):
                part.last_row = max(part.last_row, int(row[1]))
            if far := set(_FAR.findall(text)):
                part.last_column = max(part.last_column, *map(column_number, far))
            part.formulas = part.formulas or b"<f" in text
            errors = errors or b't="e"' in text
    if part.formulas or errors:
        part.unsaid = _unsaid(opened.read(info))
    return part


def _unsaid(xml: bytes) -> dict[tuple[int, int], str]:
    lost = {(int(found[2]), column_number(found[1])): FORMULA_WITHOUT_RESULT for found in _NO_RESULT.finditer(xml)}
    errors = {(int(found[2]), column_number(found[1])): found[3].decode() for found in _ERROR.finditer(xml)}
    return lost | errors


def _blocks(stream: IO[bytes]) -> Iterator[bytes]:
    """Blocks that overlap a little, so that nothing is cut in two."""
    tail = b""
    while block := stream.read(1 << 20):
        yield tail + block
        tail = block[-256:]


def column_number(letters: bytes | str) -> int:
    """The number of a column, from 1.

    >>> column_number("A"), column_number(b"AA")
    (1, 27)
    """
    number = 0
    for letter in letters.decode() if isinstance(letters, bytes) else letters:
        number = number * 26 + ord(letter) - 64
    return number


Mend = Callable[[str, bytes], bytes]
"""A part's name and content → the content that a reader can read."""


def copy_of(path: Path, mend: Mend) -> io.BytesIO:
    """A copy of a zip in memory, each part mended."""
    copy = io.BytesIO()
    with zipfile.ZipFile(path) as opened, zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as mended:
        for info in opened.infolist():
            mended.writestr(info.filename, mend(info.filename, opened.read(info)))
    copy.seek(0)
    return copy


def without_dimensions(name: str, content: bytes) -> bytes:
    """Sheets that do not say how large they are: some say it wrongly, and readers trust it."""
    return _DIMENSION.sub(b"", content, 1) if _SHEET.fullmatch(name) else content
