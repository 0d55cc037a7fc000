"""A page of letters → its lines in reading order: columns one after the other, a table row by row."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

_MOST_DEEP = 4
_SIDE_BY_SIDE = 4
"""Lines that stand beside others before a gap is taken for one between columns."""
_COLUMN_LETTERS = 18
_COLUMN_FILLED = 0.55
_NARROWEST = 6.0
"""Points between two columns at least."""
_MIDDLE = (0.15, 0.85)
_SAME_LINE = 0.45
_ASIDE = 8
_MOST_GAPS = 60


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one line. Places in points, along and down the page; `base` is where the letters stand."""

    text: str
    left: float
    right: float
    base: float
    size: float

    @property
    def top(self) -> float:
        return self.base - self.size


Flow = tuple[Line, ...]
"""Lines that follow one another in one column."""


def flows(runs: Sequence[Line]) -> tuple[Flow, ...]:
    """The columns of a page in reading order; what spans them (a heading) stands between what it parts."""
    return tuple(flow for flow in _flows(sorted(_without_line_numbers(runs), key=_down), 0) if flow)


def _down(run: Line) -> tuple[float, float]:
    return run.base, run.left


def _without_line_numbers(runs: Sequence[Line]) -> list[Line]:
    """Pleadings number their lines at the left: a column of 1, 2, 3 … that says nothing."""
    edge = min((run.left for run in runs if not _is_number(run)), default=0.0)
    beside = sorted((run for run in runs if _is_number(run) and run.left < edge), key=_down)
    rising = sum(int(b.text) - int(a.text) == 1 for a, b in pairwise(beside))
    return [run for run in runs if not _is_number(run) or run.left >= edge] if rising >= _ASIDE else list(runs)


def _is_number(run: Line) -> bool:
    return len(run.text) <= 2 and run.text.isascii() and run.text.isdigit()


def _flows(runs: list[Line], deep: int) -> Iterator[Flow]:
    parted = _parted(runs) if deep < _MOST_DEEP else None
    if parted is None:
        yield _rows(runs)
        return
    for spanning, left, right in _bands(runs, parted):
        yield _rows(spanning)
        yield from _flows(left, deep + 1)
        yield from _flows(right, deep + 1)


def _bands(runs: Sequence[Line], gap: float) -> Iterator[tuple[list[Line], list[Line], list[Line]]]:
    """From the top: what spans the gap, then what stands left and right of it until something spans it again."""
    bands: list[tuple[list[Line], list[Line], list[Line]]] = [([], [], [])]
    for run in runs:
        spans = run.left < gap < run.right
        if spans and (bands[-1][1] or bands[-1][2]):
            bands.append(([], [], []))
        bands[-1][0 if spans else 1 if run.right <= gap else 2].append(run)
    yield from bands


def _parted(runs: Sequence[Line]) -> float | None:
    """Where a gap parts two columns of prose; None on a page of one column, and in a table."""
    if len(runs) < 2 * _SIDE_BY_SIDE:
        return None
    first, last = min(run.left for run in runs), max(run.right for run in runs)
    scored = [
        (beside, gap) for gap in _gaps(runs, first, last) if (beside := _lines_beside(runs, gap)) >= _SIDE_BY_SIDE
    ]
    return max(scored)[1] if scored else None


def _gaps(runs: Sequence[Line], first: float, last: float) -> list[float]:
    """Middles of the places where a line ends before another begins, most frequent first and not many."""
    low, high = (first + share * (last - first) for share in _MIDDLE)
    starts: dict[float, int] = {}
    for run in runs:
        if low < run.left < high:
            starts[run.left] = starts.get(run.left, 0) + 1
    often = sorted(starts, key=lambda left: (-starts[left], left))[:_MOST_GAPS]
    return [left - _NARROWEST / 2 for left in often]


def _lines_beside(runs: Sequence[Line], gap: float) -> int:
    """How many lines stand side by side at a gap between two columns of prose; 0 where it is no such gap."""
    left = [run for run in runs if run.right <= gap - _NARROWEST / 2]
    right = [run for run in runs if run.left >= gap + _NARROWEST / 2 - 0.1]
    spanning = len(runs) - len(left) - len(right)
    if min(len(left), len(right)) < _SIDE_BY_SIDE or spanning > (len(left) + len(right)) / 2:
        return 0
    if not (_is_prose(left) and _is_prose(right)):
        return 0
    return min(_within(left, right), _within(right, left))


def _is_prose(runs: Sequence[Line]) -> bool:
    """Lines of like width, as running text has and the cells of a table have not."""
    widths = sorted(run.right - run.left for run in runs)
    filled = median(widths) >= _COLUMN_FILLED * widths[-1 - len(widths) // 10]
    return filled and median(len(run.text) for run in runs) >= _COLUMN_LETTERS


def _within(runs: Sequence[Line], others: Sequence[Line]) -> int:
    top, bottom = min(other.top for other in others), max(other.base for other in others)
    return sum(top - run.size <= run.base <= bottom + run.size for run in runs)


def _rows(runs: Sequence[Line]) -> Flow:
    """Runs on one base line are one line, from left to right."""
    rows: list[list[Line]] = []
    for run in runs:
        if rows and abs(run.base - rows[-1][0].base) <= _SAME_LINE * max(run.size, rows[-1][0].size):
            rows[-1].append(run)
        else:
            rows.append([run])
    return tuple(_line(sorted(row, key=lambda run: run.left)) for row in rows)


def _line(row: Sequence[Line]) -> Line:
    words = " ".join(" ".join(run.text for run in row).split())
    largest = max(row, key=lambda run: len(run.text))
    return Line(words, row[0].left, max(run.right for run in row), largest.base, largest.size)
