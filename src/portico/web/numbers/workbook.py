"""A figure as a workbook: what it counts on the first sheet, then its rows, its events, its documents, why it moved.

Words are written as words, numbers as numbers: no cell holds a formula, whatever a source or a person wrote.
"""

import io
from collections.abc import Iterable, Sequence
from datetime import UTC

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from portico.web.numbers.answer import Answer, behind, move_words
from portico.web.wording import spaced

_INERT = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "remove_timezone": True,
}
_LONGEST = 32_767  # characters in a cell of the format
_MOST_ON_AXIS = 36


class _Book:
    """The file while it is written. The first row of every sheet stays in view."""

    def __init__(self) -> None:
        self.bytes = io.BytesIO()
        self.file = xlsxwriter.Workbook(self.bytes, _INERT)
        self.bold = self.file.add_format({"bold": True, "valign": "top"})
        self.wrapped = self.file.add_format({"text_wrap": True, "valign": "top"})
        self.number = self.file.add_format({"num_format": "#,##0"})
        self.instant = self.file.add_format({"num_format": 'yyyy-mm-dd hh:mm "UTC"', "align": "left"})
        self.title = self.file.add_format({"bold": True, "font_size": 14})

    def sheet(self, name: str, widths: Sequence[int], head: Sequence[str] = ()) -> Worksheet:
        sheet = self.file.add_worksheet(name)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        for column, words in enumerate(head):
            sheet.write_string(0, column, words, self.bold)
        if head:
            sheet.freeze_panes(1, 0)
        return sheet

    def write(self, sheet: Worksheet, row: int, cells: Iterable[str | int], form: Format | None = None) -> None:
        """Cells by their type, one beside the other."""
        for column, cell in enumerate(cells):
            if isinstance(cell, int):
                sheet.write_number(row, column, cell, self.number)
            else:
                sheet.write_string(row, column, cell[:_LONGEST], form)


def workbook(answer: Answer) -> bytes:
    """The file."""
    book = _Book()
    book.file.set_properties({"title": _(answer.table.name), "comments": answer.command, "created": answer.as_of})
    _about(book, answer)
    _figures(book, answer)
    events = book.sheet(_("Events"), (26, 16), (_("Event"), _("Stands")))
    for row, event in enumerate(behind(answer.table), start=1):
        book.write(events, row, event)
    if answer.earlier:
        _moved(book, answer)
    book.file.close()
    return book.bytes.getvalue()


def _about(book: _Book, answer: Answer) -> None:
    """What the figure is, in words; the instant and the bounds as values too."""
    sheet = book.sheet(_("About"), (22, 90))
    sheet.write_string(0, 0, _(answer.table.name), book.title)
    total = answer.table.total
    book.write(sheet, 1, (_("At least"), total.lower), book.bold)
    book.write(sheet, 2, (_("At most"), total.upper), book.bold)
    sheet.write_string(3, 0, _("As of"), book.bold)
    sheet.write_datetime(3, 1, answer.as_of.astimezone(UTC), book.instant)
    row = 5
    for label, words in (each for each in answer.facts() if each[0] != _("As of")):
        sheet.write_string(row, 0, label, book.bold)
        sheet.write_string(row, 1, words, book.wrapped)
        row += 1
    for label, lines in (
        (_("Mind"), answer.caveats()),
        (_("Who counts so"), answer.precedents()),
        (_("Documents behind it"), _documents(answer)),
    ):
        row = _under(book, sheet, row + 1, label, lines)


def _under(book: _Book, sheet: Worksheet, row: int, label: str, lines: Iterable[str]) -> int:
    for place, line in enumerate(lines):
        if not place:
            sheet.write_string(row, 0, label, book.bold)
        sheet.write_string(row, 1, line[:_LONGEST], book.wrapped)
        row += 1
    return row


def _documents(answer: Answer) -> Iterable[str]:
    for each in answer.sources:
        yield ", ".join(filter(None, (each.name, each.published_on, each.address, f"sha256 {each.sha256}")))
    if answer.documents > len(answer.sources):
        yield _("and {n} more").format(n=f"{answer.documents - len(answer.sources):,}")


def _figures(book: _Book, answer: Answer) -> None:
    name = _("Figures")
    by = ", ".join(spaced(each) for each in answer.table.by) or _("All")
    sheet = book.sheet(name, (34, 12, 12, 12), (by, _("At least"), _("At most"), _("Open")))
    for row, (words, lower, upper) in enumerate(answer.rows, start=1):
        book.write(sheet, row, (words, lower, upper, upper - lower))
    total, last = answer.table.total, len(answer.rows) + 1
    book.write(sheet, last, (_("All"), total.lower, total.upper, total.upper - total.lower), book.bold)
    if 2 <= len(answer.rows) <= _MOST_ON_AXIS:
        chart = book.file.add_chart({"type": "column", "subtype": "stacked"})
        for column, label in ((1, _("counts")), (3, _("may count"))):
            chart.add_series(
                {
                    "name": label,
                    "categories": [name, 1, 0, last - 1, 0],
                    "values": [name, 1, column, last - 1, column],
                    "fill": {"color": "#1f2a44" if column == 1 else "#aeb6c6"},
                }
            )
        chart.set_title({"name": _(answer.table.name)})
        sheet.insert_chart(0, 5, chart, {"description": _("The rows as columns; the open part on top.")})


def _moved(book: _Book, answer: Answer) -> None:
    head = (_("Event"), _("Before"), _("Now"), _("What changed"))
    sheet = book.sheet(_("Moved"), (26, 16, 16, 70), head)
    for row, each in enumerate(answer.moves, start=1):
        book.write(sheet, row, move_words(each))
