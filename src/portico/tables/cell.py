"""Cells: what the text of one cell is: a value, taken out, empty, a stand-in for nothing known, or unreadable."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import NamedTuple

from portico.tables.dates import read_when
from portico.tables.lists import codes_of, words
from portico.tables.names import plain_name
from portico.tables.profile import Column

CellValue = str | int | bool | date | datetime


class CellState(Enum):
    """What a cell is. Five different things, counted apart."""

    VALUE = "value"
    REDACTED = "redacted"
    BLANK = "blank"
    SENTINEL = "sentinel"
    UNREADABLE = "unreadable"


class Judgement(NamedTuple):
    """What a text is. `reason` says why it is unreadable, or how the value differs from what is written."""

    value: CellValue | None
    state: CellState
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell as stored: its value, what it is, its text as received, and where it stands.

    file  sha256 of the file; row counts from 1 as a spreadsheet shows it
    """

    attribute: str
    heading: str
    value: CellValue | None
    state: CellState
    text: str | None
    file: str
    sheet: str
    row: int


FORMULA_WITHOUT_RESULT = "\ue000formula"
"""Stands for a formula whose result the file does not hold; a private character, so that no text equals it."""

# "(b)(6);(b)(7)(C)" in every spelling met: "(B)(7)(E) ", "(b)(7)e)", "(b)(7)(E )", "b(6), b(7)(c)". A whole cell only:
# "101(a)(43)(B)" and "237a1B" are sections of a statute.
_EXEMPTIONS = re.compile(r"(?:[bkj][1-9][a-f]?)+")
_OPENS_LIKE_ONE = re.compile(r"\s*\(?\s*[bkj]\s*\)?\s*\(\s*[1-9]", re.IGNORECASE)
# "#FIELD!", "#¡REF!", "#VALEUR !", "Err:502": a newer error, one in another language, one of LibreOffice.
_SHEET_ERROR = re.compile(r"#[¡¿]?[^\W\d]\S* ?[!?]|Err:\d{3}")
_NUMBER = re.compile(r"[+-]?\d+(?:,\d{3})*(?:\.0+)?")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.]([0-5]\d)(?:[:.][0-5]\d)?)?\s*(?:([AaPp])\.?[Mm]\.?)?")
_YES_NO = {"yes": True, "y": True, "true": True, "1": True, "no": False, "n": False, "false": False, "0": False}


def is_redacted(text: str) -> bool:
    """Whether a whole cell stands for something taken out.

    >>> is_redacted("(b)(7)(E )"), is_redacted("Illegal Entry (INA SEC.101(a)(43)(O), 8USC1325 only)")
    (True, False)
    """
    if "(" in text and _OPENS_LIKE_ONE.match(text):
        return _EXEMPTIONS.fullmatch(plain_name(text)) is not None
    return _nothings(()).get(_plain(text)) is CellState.REDACTED


def is_sheet_error(text: str) -> bool:
    """Whether a whole cell is an error of a spreadsheet, in its words.

    >>> is_sheet_error("#DIV/0!"), is_sheet_error("#¿NOMBRE?"), is_sheet_error("# 5")
    (True, True, False)
    """
    if _SHEET_ERROR.fullmatch(text):
        return True
    return _nothings(()).get(_plain(text)) is CellState.UNREADABLE


def judge(text: str | None, column: Column) -> Judgement:
    """What the text of a cell is, as its column is to be read. Never raises: what cannot be read says why."""
    if text is None or not (squeezed := " ".join(text.split())):
        return Judgement(None, CellState.BLANK)
    if text == FORMULA_WITHOUT_RESULT:
        return Judgement(None, CellState.UNREADABLE, "a formula whose result the file does not hold")
    says = _nothings(column.sentinels).get(squeezed.casefold())
    if says is None and "(" in squeezed and is_redacted(squeezed):
        says = CellState.REDACTED
    if says is CellState.UNREADABLE or (says is None and squeezed[0] in "#E" and is_sheet_error(squeezed)):
        return Judgement(None, CellState.UNREADABLE, "an error of the spreadsheet")
    if says is not None and not (says is CellState.SENTINEL and _says_something(squeezed, column)):
        return Judgement(None, says)
    return _READERS[column.kind](squeezed, text, column)


def _says_something(squeezed: str, column: Column) -> bool:
    """Whether the profile gives the words a meaning of their own, such as "none" of a warrant."""
    return bool(column.values) and plain_name(squeezed) in map(plain_name, column.values)


def _text(squeezed: str, text: str, column: Column) -> Judgement:
    return Judgement(squeezed, CellState.VALUE, None if squeezed == text else "spaces taken out")


def _code(squeezed: str, text: str, column: Column) -> Judgement:
    code = codes_of(column.codes or "").get(plain_name(squeezed))
    if code is None:
        return Judgement(None, CellState.UNREADABLE, f"not in the code list {column.codes}")
    return Judgement(code, CellState.VALUE)


def _date(squeezed: str, text: str, column: Column) -> Judgement:
    when = read_when(squeezed, column.forms)
    if when.at is None:
        return Judgement(None, CellState.UNREADABLE, when.problem)
    return Judgement(when.at.date(), CellState.VALUE, "time of day left out" if when.timed else None)


def _datetime(squeezed: str, text: str, column: Column) -> Judgement:
    when = read_when(squeezed, column.forms)
    return Judgement(when.at, CellState.VALUE if when.at else CellState.UNREADABLE, when.problem)


def _integer(squeezed: str, text: str, column: Column) -> Judgement:
    if not _NUMBER.fullmatch(squeezed) or len(squeezed) > 18:
        return Judgement(None, CellState.UNREADABLE, "not a whole number")
    return Judgement(int(squeezed.replace(",", "").partition(".")[0]), CellState.VALUE)


def _yes_no(squeezed: str, text: str, column: Column) -> Judgement:
    answer = _YES_NO.get(squeezed.casefold())
    if answer is None:
        return Judgement(None, CellState.UNREADABLE, "neither yes nor no")
    return Judgement(answer, CellState.VALUE)


def _time(squeezed: str, text: str, column: Column) -> Judgement:
    found = _CLOCK.fullmatch(squeezed)
    hour = int(found[1]) if found else 24
    if found and (half := found[3]):
        hour = hour % 12 + (12 if half in "Pp" else 0) if hour <= 12 else 24
    if found is None or hour > 23:
        return Judgement(None, CellState.UNREADABLE, "not a time of day")
    return Judgement(f"{hour:02d}:{found[2] or '00'}", CellState.VALUE)


_READERS: Mapping[str, Callable[[str, str, Column], Judgement]] = {
    "category": _text,
    "text": _text,
    "identifier": _text,
    "code": _code,
    "date": _date,
    "datetime": _datetime,
    "integer": _integer,
    "yes_no": _yes_no,
    "time": _time,
}


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


@cache
def _nothings(more: tuple[str, ...]) -> Mapping[str, CellState]:
    """Whole cells that hold no value → what they are: sentinels (and more of them), redactions, errors of a sheet."""
    said = words()
    return {
        **{_plain(each): CellState.SENTINEL for each in (*said.sentinels, *more)},
        **{_plain(each): CellState.REDACTED for each in said.redacted},
        **{_plain(each): CellState.UNREADABLE for each in said.sheet_errors},
    }
