"""Counting: what became of the rows of a sheet, part by part, for its report."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from portico.tables import FileReport, Part
from portico.web.imports.report import MOST_CELLS, UNKNOWN_WORDS, ImportReport, Rejected, UnknownWord, Wrong

_MOST_WORDS = 200
_REMEMBERED_WORDS = 20_000


@dataclass(slots=True)
class Counting:
    """Counts a sheet part by part."""

    ready: int = 0
    partly: int = 0
    cells: int = 0
    looked_at: int = 0
    wrong: list[Wrong] = field(default_factory=list)
    unknown: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, part: Part) -> None:
        wrong_rows = {(each.sheet, each.row) for each in part.wrong}
        partly = sum((row.sheet, row.row) in wrong_rows for row in part.rows)
        self.partly += partly
        self.ready += len(part.rows) - partly
        self.looked_at += part.looked_at
        self.cells += len(part.wrong)
        self.wrong += [
            Wrong(sheet=each.sheet, row=each.row, column=each.column, text=each.text or "", reason=each.reason)
            for each in part.wrong[: MOST_CELLS - len(self.wrong)]
        ]
        self.unknown.update(
            (each.column, each.text) for each in part.wrong if each.reason == UNKNOWN_WORDS and each.text
        )
        if len(self.unknown) > _REMEMBERED_WORDS:  # a column of free words that was taken for one of codes
            self.unknown = Counter(dict(self.unknown.most_common(_REMEMBERED_WORDS // 2)))

    def report(self, file: FileReport) -> ImportReport:
        days = [day for table in file.tables for day in (table.first_day, table.last_day) if day]
        return ImportReport(
            rows=sum(table.rows_in for table in file.tables),
            ready=self.ready,
            partly=self.partly,
            blank=sum(table.blank_rows for table in file.tables),
            rejected=tuple(_rejected(file)),
            cells=self.cells,
            wrong=tuple(self.wrong),
            unknown=tuple(
                UnknownWord(heading=heading, word=word, count=count)
                for (heading, word), count in self.unknown.most_common(_MOST_WORDS)
            ),
            reader=file.reader,
            notes=file.notes,
            first_day=min(days).isoformat() if days else "",
            last_day=max(days).isoformat() if days else "",
        )


def _rejected(file: FileReport) -> Iterator[Rejected]:
    for table in file.tables:
        for each in table.rejected:
            yield Rejected(reason=each.reason, count=each.count, rows=tuple(sample.row for sample in each.samples))
