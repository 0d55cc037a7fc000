"""Reports of imports: what became, or would become, of every row; kept with the import."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portico.web.imports.cells import Corrections, key_of
from portico.web.wording import date_words

MOST_CELLS = 20_000
UNKNOWN_WORDS = "words that the mapping does not know"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """A cell that could not be read. text is empty where the column is guarded: it is named, never quoted."""

    sheet: str
    row: int
    column: str
    text: str
    reason: str

    @property
    def key(self) -> str:
        return key_of(self.sheet, self.row, self.column)

    @property
    def said(self) -> str:
        """Where it stands and what is wrong with it, as a sentence."""
        where = {"row": self.row, "column": self.column, "text": self.text, "reason": self.reason}
        if not self.text:
            return _("Row %(row)d, column %(column)s: %(reason)s. The cell is guarded, and not quoted.") % where
        if self.reason == UNKNOWN_WORDS:
            return _("Row %(row)d, column %(column)s: “%(text)s” has no code yet.") % where
        return _("Row %(row)d, column %(column)s: “%(text)s” is %(reason)s.") % where


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """Rows that tell nothing: how many, why, and the first of them."""

    reason: str
    count: int
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownWord:
    """A word of a coded column that has no code yet."""

    heading: str
    word: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What a sheet holds.

    rows      under the header, blank ones among them
    ready     every cell was read; partly: some cell could not be, the others tell something
    cells     how many could not be read; wrong: the first 20,000 of them
    reader    what read the file; notes: what had to be guessed
    """

    rows: int
    ready: int
    partly: int
    blank: int
    rejected: tuple[Rejected, ...]
    cells: int
    wrong: tuple[Wrong, ...]
    unknown: tuple[UnknownWord, ...]
    reader: str
    notes: tuple[str, ...] = ()
    first_day: str = ""
    last_day: str = ""

    @property
    def days(self) -> tuple[str, str]:
        """The first and the last day, in words."""
        return date_words(self.first_day), date_words(self.last_day)


HEADINGS = ("Sheet", "Row", "Column", "Cell", "What is wrong")


def lines(report: ImportReport, corrected: Corrections) -> Iterable[tuple[str, ...]]:
    """The report as rows of a table: each wrong cell, then the rows that tell nothing, then what people corrected.

    What somebody says of a guarded cell is not quoted, as its own words are not: they are in the record, encrypted.
    """
    yield HEADINGS
    for each in report.wrong:
        yield each.sheet, str(each.row), each.column, each.text, each.reason
    for rejected in report.rejected:
        for row in rejected.rows:
            yield "", str(row), "", "", rejected.reason
    for cell in corrected.cells:
        says = "" if cell.is_guarded else f"“{cell.says}”, "
        yield cell.sheet, str(cell.row), cell.column, cell.was, f"corrected: {says}by {cell.by}, {cell.at}"
