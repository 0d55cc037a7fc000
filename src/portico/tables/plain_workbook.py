"""Workbooks read plainly: XLSX with the standard library alone. Slower, but it reads cell by cell and survives.

Office Open XML: ECMA-376 part 1, chapter 18 (SpreadsheetML).
"""

import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from posixpath import join, normpath
from typing import IO
from xml.parsers import expat

from portico.tables.container import column_number
from portico.tables.errors import TableError, Where

Row = dict[int, str]
"""Column from 0 → text; a cell without text is not in it."""

_LETTERS = re.compile("[A-Z]+")
# Number formats that Excel has built in and that show days or times (18.8.30 of the standard).
_DAYS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_NOT_OF_DAYS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001  (days of a sheet are local)
_EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001


@dataclass(slots=True)
class _Elements:
    """Calls back for the beginning and end of elements, by name without prefix, with their text."""

    begin: Callable[[str, Mapping[str, str]], None]
    end: Callable[[str, str], None]
    text: list[str] = field(default_factory=list)

    def parse(self, stream: IO[bytes]) -> None:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self.text.append
        parser.StartDoctypeDeclHandler = no_doctype
        parser.ParseFile(stream)

    def _begin(self, name: str, attributes: Mapping[str, str]) -> None:
        self.text.clear()
        self.begin(name.rpartition(":")[2], attributes)

    def _end(self, name: str) -> None:
        self.end(name.rpartition(":")[2], "".join(self.text))
        self.text.clear()


def no_doctype(*_: object) -> None:
    """Refuses a document type, as a handler of expat: entities could make a small file endless."""
    raise ValueError("a workbook's XML declares entities")


class PlainWorkbook:
    """An XLSX file, read sheet by sheet. Raises TableError ("damaged") if even this reader cannot."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._opened() as opened:
            self.sheets = self._sheet_parts(opened)
            self._shared = self._shared_texts(opened)
            self._days = self._styles_of_days(opened)

    def rows(self, sheet: str) -> Iterator[tuple[int, Row]]:
        """The rows that have cells, each with its number from 1. A block of a thousand at a time is in memory."""
        with self._opened() as opened, opened.open(self.sheets[sheet]) as stream:
            yield from _SheetRows(self._shared, self._days, self._epoch).of(stream)

    def _opened(self) -> "_Opened":
        return _Opened(self.path)

    def _sheet_parts(self, opened: zipfile.ZipFile) -> dict[str, str]:
        names: list[tuple[str, str]] = []
        self._epoch = _EPOCH

        def sheet(name: str, found: Mapping[str, str]) -> None:
            if name == "sheet":
                key = next((value for key, value in found.items() if key.rpartition(":")[2] == "id"), "")
                names.append((found.get("name", ""), key))
            elif name == "workbookPr" and found.get("date1904") in ("1", "true"):
                self._epoch = _EPOCH_1904

        targets = sheet_targets(opened, "xl/_rels/workbook.xml.rels")
        _read(opened, "xl/workbook.xml", sheet)
        parts = {name: targets[key].removeprefix("xl/xl/") for name, key in names if key in targets}
        there = set(opened.namelist())
        return {name: part for name, part in parts.items() if part in there and "worksheets/" in part}

    def _shared_texts(self, opened: zipfile.ZipFile) -> list[str]:
        texts: list[str] = []
        pieces: list[str] = []
        phonetic = False

        def begin(name: str, found: Mapping[str, str]) -> None:
            nonlocal phonetic
            phonetic = phonetic or name == "rPh"

        def end(name: str, text: str) -> None:
            nonlocal phonetic
            if name == "t" and not phonetic:
                pieces.append(text)
            elif name == "rPh":
                phonetic = False
            elif name == "si":
                texts.append("".join(pieces))
                pieces.clear()

        if "xl/sharedStrings.xml" in opened.namelist():
            _read(opened, "xl/sharedStrings.xml", begin, end)
        return texts

    def _styles_of_days(self, opened: zipfile.ZipFile) -> frozenset[str]:
        """The numbers of the cell styles that show days."""
        formats: dict[str, bool] = {}
        styles: list[bool] = []
        inside = False

        def begin(name: str, found: Mapping[str, str]) -> None:
            nonlocal inside
            if name == "numFmt":
                shown = _NOT_OF_DAYS.sub("", found.get("formatCode", "")).casefold()
                formats[found.get("numFmtId", "")] = any(letter in shown for letter in "ymdhs")
            elif name == "cellXfs":
                inside = True
            elif name == "xf" and inside:
                number = found.get("numFmtId", "0")
                styles.append(formats.get(number, number.isdigit() and int(number) in _DAYS))

        def end(name: str, text: str) -> None:
            nonlocal inside
            inside = inside and name != "cellXfs"

        if "xl/styles.xml" in opened.namelist():
            _read(opened, "xl/styles.xml", begin, end)
        return frozenset(str(number) for number, of_days in enumerate(styles) if of_days)


def sheet_targets(opened: zipfile.ZipFile, part: str) -> dict[str, str]:
    """The key of each relation of a workbook → the part of the zip that it leads to."""
    targets: dict[str, str] = {}

    def relation(name: str, found: Mapping[str, str]) -> None:
        if name == "Relationship":
            targets[found.get("Id", "")] = normpath(join("xl", found.get("Target", ""))).lstrip("/")

    _read(opened, part, relation)
    return targets


class _SheetRows:
    """The rows of one sheet's XML."""

    def __init__(self, shared: list[str], days: frozenset[str], epoch: datetime) -> None:
        self._shared, self._days, self._epoch = shared, days, epoch
        self._done: list[tuple[int, Row]] = []
        self._number, self._column = 0, -1
        self._row: Row = {}
        self._kind, self._style, self._text = "n", "", ""

    def of(self, stream: IO[bytes]) -> Iterator[tuple[int, Row]]:
        elements = _Elements(self._begin, self._end)
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = elements._begin
        parser.EndElementHandler = elements._end
        parser.CharacterDataHandler = elements.text.append
        parser.StartDoctypeDeclHandler = no_doctype
        while block := stream.read(1 << 18):
            parser.Parse(block, False)
            yield from self._done
            self._done.clear()
        parser.Parse(b"", True)

    def _begin(self, name: str, found: Mapping[str, str]) -> None:
        if name == "c":
            place = _LETTERS.match(found.get("r", ""))
            self._column = column_number(place[0]) - 1 if place else self._column + 1
            self._kind, self._style, self._text = found.get("t", "n"), found.get("s", ""), ""
        elif name == "row":
            self._number = int(found.get("r") or self._number + 1)
            self._row, self._column = {}, -1

    def _end(self, name: str, text: str) -> None:
        if name in ("v", "t"):
            self._text += text
        elif name == "c":
            if self._text:
                self._row[self._column] = self._shown()
        elif name == "row" and self._row:
            self._done.append((self._number, self._row))

    def _shown(self) -> str:
        kind, text = self._kind, self._text
        if kind == "s":
            return self._shared[int(text)]
        if kind == "b":
            return "TRUE" if text == "1" else "FALSE"
        if kind == "n":
            return self._day(text) if self._style in self._days else plain_number(text)
        return text

    def _day(self, text: str) -> str:
        try:
            at = self._epoch + timedelta(days=float(text))
        except (ValueError, OverflowError):
            return text
        at = (at + timedelta(milliseconds=500)).replace(microsecond=0)
        return at.date().isoformat() if at.time() == datetime.min.time() else at.isoformat(" ")


def plain_number(text: str) -> str:
    """A number as a person reads it: "2.0" is "2"."""
    try:
        number = float(text)
    except ValueError:
        return text
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)


class _Opened:
    """The zip, with what can go wrong in it said in words."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> zipfile.ZipFile:
        self._zip = zipfile.ZipFile(self._path)
        return self._zip

    def __exit__(self, kind: object, problem: BaseException | None, trace: object) -> None:
        self._zip.close()
        if isinstance(problem, (expat.ExpatError, KeyError, ValueError, IndexError, zipfile.BadZipFile)):
            raise TableError(
                "damaged",
                Where(file=self._path.name),
                f"the workbook is damaged ({problem})",
                "Open it and save it anew, or export its sheets as CSV.",
            ) from problem


def _ignore(name: str, text: str) -> None:
    """Nothing happens at the end of an element."""


def _read(
    opened: zipfile.ZipFile,
    part: str,
    begin: Callable[[str, Mapping[str, str]], None],
    end: Callable[[str, str], None] = _ignore,
) -> None:
    with opened.open(part) as stream:
        _Elements(begin, end).parse(stream)
