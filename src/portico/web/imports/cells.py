"""Cells that a person corrected: what should stand there, beside the words of the file, with who said so and when."""

from collections.abc import Iterable
from dataclasses import dataclass

from portico.facts import identify


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectedCell:
    """One cell. column: its heading; was: its words as the file has them; empty where they are guarded.

    by  who says so, as the log names them; at: UTC instant, ISO
    is_guarded  it tells who somebody is: it is kept sealed, and not shown again
    """

    sheet: str
    row: int
    column: str
    was: str
    says: str
    by: str
    at: str
    is_guarded: bool = False

    @property
    def key(self) -> str:
        return key_of(self.sheet, self.row, self.column)


@dataclass(frozen=True, slots=True)
class Corrections:
    """All that people corrected in one file, in the order of its rows."""

    cells: tuple[CorrectedCell, ...] = ()

    def with_more(self, more: Iterable[CorrectedCell]) -> "Corrections":
        """With these; one of a cell that was corrected before takes its place, and keeps the words of the file."""
        by_key = {each.key: each for each in self.cells}
        by_key |= {each.key: each for each in more}
        return Corrections(tuple(sorted(by_key.values(), key=lambda each: (each.sheet, each.row, each.column))))

    def without(self, key: str) -> "Corrections":
        """As if nobody had corrected that cell."""
        return Corrections(tuple(each for each in self.cells if each.key != key))


def key_of(sheet: str, row: int, column: str) -> str:
    """Names a cell in a form, whatever else was corrected meanwhile."""
    return identify("cell", sheet, row, column)
