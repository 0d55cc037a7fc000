"""Whether our figures are those that were published: exact, or how they differ and whether the reason explains it."""

from dataclasses import dataclass
from typing import Literal

from msgspec.structs import astuple

from portico.counting.published import Cells, Fingerprint, PublishedFigure
from portico.counting.tabulation import Tabulation

_ALL = ("all",)

Status = Literal["exact", "explained", "differs", "not_imported", "not_compared"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One cell that differs."""

    cell: tuple[str, ...]
    expected: int
    got: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reproduced:
    """What came of one published figure. JSON-able.

    expected, got  sums
    cells, equal   of the published cells, how many are equal
    left_out       rows in none of the published cells
    differences    cells that are not equal
    because        the reason, where there is one, or what is missing
    rows           where rows stand that the reason speaks of: "file, sheet, row"
    do             what to do so that it can be compared
    """

    id: str
    says: str
    title: str
    publisher: str
    address: str
    definition: str
    status: Status
    expected: int | None = None
    got: int | None = None
    cells: int = 0
    equal: int = 0
    left_out: int = 0
    differences: tuple[Difference, ...] = ()
    because: str | None = None
    rows: tuple[str, ...] = ()
    do: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """The comparison by itself."""

    status: Status
    expected: int
    got: int
    cells: int
    equal: int
    differences: tuple[Difference, ...] = ()
    because: str | None = None


def values_of(made: Tabulation) -> Cells:
    """The figures by cell, without what is no value: a publisher's table has no row for blank cells."""
    if not made.by:
        return {(): made.total.count}
    valued = (row for row in made.rows if all(cell.value is not None for cell in row.cells))
    return {tuple(cell.words for cell in row.cells): row.count for row in valued}


def compare(
    figure: PublishedFigure, published: Cells, got: Cells, *, total: int, explaining: int | None = None
) -> Compared:
    """Cell by published cell, and the total where one is printed. What is in no published cell is not compared.

    total       of all our rows, whatever cell they are in
    explaining  how many rows there are in the cells that the reason names; None where it names none
    """
    printed, ours = dict(published), dict(got)
    if figure.of is not None:
        printed[_ALL], ours[_ALL] = figure.of, total
    differ = tuple(
        Difference(cell=key, expected=wanted, got=ours.get(key, 0))
        for key, wanted in printed.items()
        if ours.get(key, 0) != wanted
    )
    unprinted = 0 if figure.of is None else figure.of - sum(published.values())
    return Compared(
        status="exact" if not differ else _explained(figure, differ, explaining, unprinted),
        expected=sum(published.values()),
        got=sum(got.get(key, 0) for key in published),
        cells=len(printed),
        equal=len(printed) - len(differ),
        differences=differ,
        because=figure.explained.because if figure.explained and differ else None,
    )


def compare_fingerprints(published: Fingerprint, got: Cells) -> Compared:
    """All cells at once. Which of them differ only the publisher's file could tell."""
    ours = Fingerprint.of(got)
    exact = all(wanted in (None, found) for wanted, found in zip(astuple(published), astuple(ours), strict=True))
    told = f"{ours.cells:,} cells with {sum(got.values()):,} in all; the publisher's file tells which differ"
    only_counted = published.total is None  # how many cells there are is then the one figure
    cells = 1 if only_counted else published.cells
    return Compared(
        status="exact" if exact else "differs",
        expected=published.cells if published.total is None else published.total,
        got=ours.cells if only_counted else sum(got.values()),
        cells=cells,
        equal=cells if exact else 0,
        because=None if exact else told,
    )


def _explained(
    figure: PublishedFigure, differ: tuple[Difference, ...], explaining: int | None, unprinted: int
) -> Status:
    """Whether the reason holds. A total that differs is explained by nothing."""
    reason = figure.explained
    if reason is None or any(each.cell == _ALL for each in differ):
        return "differs"
    short = sum(each.expected - each.got for each in differ)
    if reason.moved:
        return "explained" if short == 0 else "differs"
    return "explained" if explaining is not None and short == explaining - unprinted else "differs"
