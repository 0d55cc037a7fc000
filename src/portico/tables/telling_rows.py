"""Telling rows: the typed rows of a sheet of reports → the claims of each, and the cells that tell nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

import polars as pl

from portico.facts import ATTRIBUTES, Claim, DataClass, PartialDate, Value
from portico.places import Resolution, resolve, usps
from portico.tables.cell import FORMULA_WITHOUT_RESULT, CellState, CellValue, judge
from portico.tables.columns import Sample, Tally
from portico.tables.correcting import CorrectedCell, CorrectedCells
from portico.tables.header import Found
from portico.tables.names import plain_name
from portico.tables.profile import Column
from portico.tables.report import Because, TableReport
from portico.tables.telling import RowLine, Teller, line_of

NO_EVENT = "neither a day nor a place: no event"
UNKNOWN_WORDS = "words that the mapping does not know"
SKIPPED = "skipped as was chosen: a cell of it could not be read"

_REMEMBERED = 65_536
_AT_ONCE = 2000  # rows as Python's own objects: of a whole piece of the file they would take more than the file
_UNREADABLE = CellState.UNREADABLE.value
_NOTHING: Mapping[str, CorrectedCell] = {}

Cell = tuple[CellValue | None, str | None, str]
"""Value, text where the value does not give it again, state."""
Cells = Sequence[Cell]


class WrongCell(NamedTuple):
    """A cell that is not what its column says. text is None where the column is guarded: it is named, never quoted."""

    sheet: str
    row: int
    column: str
    text: str | None
    reason: str


class ToldRow(NamedTuple):
    """One row: its line, what it tells, and its cells that tell nothing. Without claims it makes no account."""

    row: int
    line: str
    claims: Sequence[Claim]
    wrong: Sequence[WrongCell]


@dataclass(slots=True)
class RowTeller:
    """What the rows of one table tell, with a count of what they do not.

    skip_wrong  a row with a cell that could not be read tells nothing; else it tells what its other cells tell
    corrected   what people say instead of some cells: told as a claim of theirs
    """

    found: Found
    teller: Teller
    skip_wrong: bool = False
    corrected: CorrectedCells = field(default_factory=dict)
    columns: Sequence["_ToldColumn"] = field(init=False)
    at: dict[str, int] = field(init=False)
    places: Sequence["_ToldColumn"] = field(init=False)
    rejected: dict[str, Tally] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.columns = [_ToldColumn.of(self.found, name) for name in self.found.kept]
        self.at = {name: at for at, name in enumerate(self.found.kept)}
        self.places = [each for each in self.columns if each.is_place]

    def rows(self, frame: pl.DataFrame) -> Iterator[tuple[int, Cells]]:
        """The number of each row, and its cells in the order of the columns."""
        for some in frame.iter_slices(_AT_ONCE):
            cells = [
                zip(*(some[f"{name}{part}"].to_list() for part in ("", "_text", "_is")), strict=True)
                for name in self.at
            ]
            yield from zip(some["row"].to_list(), zip(*cells, strict=True), strict=True)

    def tell(self, row: int, cells: Cells, start: int) -> ToldRow:
        """What a row tells. start: where its line will stand in the text."""
        said = self.corrected.get((self.found.sheet.name, row), _NOTHING) if self.corrected else _NOTHING
        if said:
            cells = [each.as_said(cell, said) for each, cell in zip(self.columns, cells, strict=True)]
        there = list(zip(self.columns, cells, strict=True))
        line = line_of([(c.name, c.before(said), c.words(cell)) for c, cell in there if cell[0] is not None], start)
        wrong = [each.unreadable(row, cell) for each, cell in there if cell[2] == _UNREADABLE]
        told = list(self._claims(row, there, line, wrong, said))
        reason = self._rejected(cells, told, wrong)
        if reason is not None:
            self.rejected.setdefault(reason, Tally()).add(1, Sample(self.found.sheet.name, row))
        return ToldRow(row, line.text, () if reason else _distinct(told), wrong)

    def _rejected(self, cells: Cells, told: Sequence[Claim], wrong: Sequence[WrongCell]) -> str | None:
        tells = self.found.table.tells
        if tells is None or not told or (self._value(cells, tells.day) is self._value(cells, tells.place) is None):
            return NO_EVENT
        return SKIPPED if wrong and self.skip_wrong else None

    def _claims(
        self,
        row: int,
        there: Sequence[tuple["_ToldColumn", Cell]],
        line: RowLine,
        wrong: list[WrongCell],
        said: Mapping[str, CorrectedCell],
    ) -> Iterator[Claim]:
        tells = self.found.table.tells
        for fact, value in tells.facts.items() if tells else ():
            yield self.teller.claim(fact, value, line.whole)
        for column, cell in there:
            if cell[0] is None or column.fact is None or column.is_place:
                continue
            if (told := column.told(cell[0])) is None:
                wrong.append(column.unknown(row, cell))
            else:
                yield self._teller(said, column).claim(column.fact, told, line.places[column.name])
        yield from self._place([cell for _, cell in there], line, self._teller(said, *self.places))

    def _teller(self, said: Mapping[str, CorrectedCell], *columns: "_ToldColumn") -> Teller:
        """Who tells what these columns have: the table, or the person who corrected one of them."""
        by = next((said[each.heading].by for each in columns if each.heading in said), None) if said else None
        return Teller(by) if by else self.teller

    def _place(self, cells: Cells, line: RowLine, teller: Teller) -> Iterator[Claim]:
        tells = self.found.table.tells
        words = self._value(cells, tells.place) if tells else None
        if tells is None or not isinstance(words, str):
            return
        state, county, city = (self._text(cells, name) for name in (tells.state, "county", "city"))
        day = self._value(cells, tells.day)
        resolved = _placed(words, state, county, city, day if isinstance(day, date) else None)
        yield from teller.of_place(resolved, words, line.place(tells.place))

    def _value(self, cells: Cells, name: str | None) -> CellValue | None:
        return cells[self.at[name]][0] if name in self.at else None

    def _text(self, cells: Cells, name: str | None) -> str | None:
        value = self._value(cells, name)
        return value if isinstance(value, str) else None

    def completed(self, report: TableReport) -> TableReport:
        """The report of the typed rows, with the rows and words that told nothing."""
        unmapped = {each.name: each.unmapped for each in self.columns}
        lost = sum(each.count for each in self.rejected.values())
        return replace(
            report,
            rejected=(*report.rejected, *_because(self.rejected)),
            columns=tuple(
                replace(
                    each, unmapped=_because({UNKNOWN_WORDS: found}) if (found := unmapped[each.attribute]).count else ()
                )
                for each in report.columns
            ),
            rows_stored=report.rows_stored - lost,
        )


@dataclass(slots=True)
class _ToldColumn:
    """A column that is kept. is_place: the place or its state, which are told together.

    known  value → what it tells; reasons: text → why it cannot be read
    """

    name: str
    heading: str
    column: Column
    sheet: str
    is_place: bool
    is_guarded: bool
    codes: dict[str, str]
    known: dict[CellValue, Value | None] = field(default_factory=dict)
    reasons: dict[str | None, str] = field(default_factory=dict)
    unmapped: Tally = field(default_factory=Tally)

    @classmethod
    def of(cls, found: Found, name: str) -> "_ToldColumn":
        column, tells = found.table.columns[name], found.table.tells
        attribute = ATTRIBUTES[column.fact] if column.fact else None
        codes = attribute.values if attribute else ()
        return cls(
            name=name,
            heading=found.headings[name],
            column=column,
            sheet=found.sheet.name,
            is_place=tells is not None and name in (tells.place, tells.state),
            is_guarded=attribute is not None and attribute.data_class is not DataClass.CLEAR,
            codes={plain_name(code): code for code in codes}
            | {plain_name(text): code for text, code in column.values.items() if codes},
        )

    @property
    def fact(self) -> str | None:
        return self.column.fact

    def as_said(self, cell: Cell, said: Mapping[str, CorrectedCell]) -> Cell:
        """The cell, or what somebody says instead."""
        if self.heading not in said:
            return cell
        says = said[self.heading].says
        judged = judge(says, self.column)
        return judged.value, says, judged.state.value

    def before(self, said: Mapping[str, CorrectedCell]) -> str:
        """What stands before the words of a cell in the line of its row."""
        return said[self.heading].heading(self.heading) if self.heading in said else self.heading

    def words(self, cell: Cell) -> str:
        """The words of a cell as the file has them."""
        return " ".join(str(cell[0] if cell[1] is None else cell[1]).split())

    def told(self, value: CellValue) -> Value | None:
        """What a value tells as the vocabulary has it; None: words that the mapping does not know."""
        if value not in self.known:
            if len(self.known) >= _REMEMBERED:
                self.known.clear()
            self.known[value] = self._told(value)
        return self.known[value]

    def _told(self, value: CellValue) -> Value | None:
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, datetime):
            return value.date().isoformat()
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, int) or not self.codes:
            return value
        return self.codes.get(plain_name(value))

    def unreadable(self, row: int, cell: Cell) -> WrongCell:
        text = cell[1]
        if text not in self.reasons:
            self.reasons[text] = judge(text, self.column).reason or ""
        return WrongCell(self.sheet, row, self.heading, self._quoted(text), self.reasons[text])

    def unknown(self, row: int, cell: Cell) -> WrongCell:
        text = self._quoted(self.words(cell))
        self.unmapped.add(1, Sample(self.sheet, row, self.heading, text))
        return WrongCell(self.sheet, row, self.heading, text, UNKNOWN_WORDS)

    def _quoted(self, text: str | None) -> str | None:
        return None if self.is_guarded or text == FORMULA_WITHOUT_RESULT else text


def _placed(words: str, state: str | None, county: str | None, city: str | None, day: date | None) -> Resolution:
    """A place is looked up once for all its days, if none of the buildings that it may be opened or closed."""
    always = _resolved(words, state, county, city, None)
    if day is None or not any(each.courthouse.opened or each.courthouse.closed for each in always.candidates):
        return always
    return _resolved(words, state, county, city, day)


@lru_cache(maxsize=_REMEMBERED)
def _resolved(words: str, state: str | None, county: str | None, city: str | None, day: date | None) -> Resolution:
    on = PartialDate.of(day) if day else None
    return resolve(words, usps(state) if state else None, county=county, city=city, on=on)


def _distinct(claims: Sequence[Claim]) -> list[Claim]:
    """Each attribute and value once: a county may be told by its own cell and by the court's."""
    return list({(each.attribute, each.value, each.any_of): each for each in reversed(claims)}.values())[::-1]


def _because(tallies: dict[str, Tally]) -> tuple[Because, ...]:
    return tuple(
        Because(reason=reason, count=each.count, samples=tuple(each.samples)) for reason, each in tallies.items()
    )
