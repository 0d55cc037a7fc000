"""Correcting: what a person says instead of a cell that could not be read; the words of the cell stay beside it."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectedCell:
    """What a person says that a cell should have.

    was   its words as the file has them
    says  the words instead, read like those of any cell
    by    who says so: "person:7f3a"; on: ISO day
    """

    was: str
    says: str
    by: str
    on: str

    def heading(self, heading: str) -> str:
        """What stands before the new words in the line of the row.

        >>> CorrectedCell(was="31/11/2017", says="11/30/2017", by="person:7f3a", on="2026-11-24").heading("Date")
        'Date: 31/11/2017, corrected 2026-11-24 by person:7f3a'
        """
        return f"{heading}: {' '.join(self.was.split())}, corrected {self.on} by {self.by}"


CorrectedCells = Mapping[tuple[str, int], Mapping[str, CorrectedCell]]
"""(sheet, row) → heading → what it should have."""
