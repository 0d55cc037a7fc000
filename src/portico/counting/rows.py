"""The rows of a table: for each cell what certainly falls in it and what may."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from portico.counting.conditions import Condition, Conditions, Narrowed
from portico.counting.outcomes import cell_of, ground_of, is_in, leaves_open
from portico.counting.table import Row
from portico.facts import ATTRIBUTES, Truth

Key = tuple[str, ...]
_LONGEST_SERIES_YEARS = 100


@dataclass(frozen=True, slots=True)
class Counted:
    """An incident that counts or may count.

    grounds      ground → the outcomes with which it counts
    least, most  the units it stands for: 1 event, or the people taken
    """

    id: str
    certain: bool
    least: int
    most: int
    grounds: Mapping[str, Narrowed]


def row(cells: Key, members: Sequence[tuple[Counted, bool]]) -> Row:
    """A row from its incidents, each with whether it is certain to count here."""
    return Row(
        cells=cells,
        lower=sum(each.least for each, certain in members if certain),
        upper=sum(each.most for each, _ in members),
        certain=tuple(each.id for each, certain in members if certain),
        possible=tuple(each.id for each, certain in members if not certain),
    )


def rows(by: Key, counted: Sequence[Counted], conditions: Conditions) -> tuple[Row, ...]:
    """A row for each combination of cells in which some incident may fall, among the cells that somebody reports.

    A plain series of months or years has one for each between the first and the last that the conditions allow.
    """
    if not by:
        return ()
    grounds = [_Ground(name, tuple(each for each in by if ground_of(each) == name)) for name in _in_order(by)]
    for ground in grounds:
        ground.learn(counted)
    if by in (("month",), ("year",)):
        grounds[0].close_gaps(conditions.get("date", ()))
    as_asked = _order(by, grounds)
    members: dict[Key, list[tuple[Counted, bool]]] = defaultdict(list)
    for each in counted:
        cells = [ground.cells(each) for ground in grounds]
        settled = each.certain and all(certain for _, certain in cells)
        for parts in product(*(found for found, _ in cells)):
            members[as_asked(parts)].append((each, settled))
    keys = {*members, *(grounds[0].keys if len(by) == 1 else ())}
    return tuple(row(key, members.get(key, [])) for key in sorted(keys, key=lambda key: _rank(by, key)))


class _Ground:
    """One ground of a table: the dimensions that stand on it, and the outcomes that make its rows."""

    def __init__(self, name: str, dimensions: Key) -> None:
        self.name, self.dimensions = name, dimensions
        self._rows: dict[str, Key] = {}
        self._found: dict[Narrowed, tuple[tuple[Key, ...], bool]] = {}

    def learn(self, counted: Iterable[Counted]) -> None:
        """Which outcomes are told, and so make a row."""
        for narrowed in {each.grounds[self.name] for each in counted}:
            for outcome in narrowed.passing:
                key = self._key(outcome)
                if key and outcome in narrowed.outcomes.told:
                    self._rows[outcome] = key

    def close_gaps(self, conditions: Sequence[Condition]) -> None:
        """Adds the months or years between those told: that nothing is told of them is shown."""
        told = sorted(key[0] for key in self.keys)
        for cell in series(told[0], told[-1]) if told else ():
            if all(condition.holds(cell) is not Truth.FALSE for condition in conditions):
                self._rows.setdefault(cell, (cell,))

    @property
    def keys(self) -> frozenset[Key]:
        return frozenset(self._rows.values())

    def cells(self, each: Counted) -> tuple[tuple[Key, ...], bool]:
        """The cells in which an incident may fall, and whether it is certain to fall in the only one."""
        narrowed = each.grounds[self.name]
        if narrowed not in self._found:
            self._found[narrowed] = self._cells(narrowed.passing, narrowed.outcomes.told)
        return self._found[narrowed]

    def _cells(self, passing: Key, told: frozenset[str]) -> tuple[tuple[Key, ...], bool]:
        open_ones = [each for each in passing if any(leaves_open(name, each) for name in self.dimensions)]
        keys = dict.fromkeys(key for outcome in passing if (key := self._key(outcome)))
        if len(keys) == 1 and not open_ones and told.issuperset(passing):
            return tuple(keys), True
        exact = dict.fromkeys(key for outcome in passing if (key := self._rows.get(outcome)))
        fitting = dict.fromkeys(
            key for key in self._rows.values() if any(self._may_turn_out(each, key) for each in open_ones)
        )
        return tuple(exact | fitting), False

    def _may_turn_out(self, outcome: str, key: Key) -> bool:
        return all(
            is_in(name, outcome, cell) is not Truth.FALSE for name, cell in zip(self.dimensions, key, strict=True)
        )

    def _key(self, outcome: str) -> Key | None:
        cells = [cell_of(dimension, outcome) for dimension in self.dimensions]
        return tuple(cell for cell in cells if cell is not None) if None not in cells else None


def _in_order(by: Key) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ground_of(dimension) for dimension in by))


def _order(by: Key, grounds: Sequence[_Ground]) -> Callable[[Sequence[Key]], Key]:
    """Puts the cells of the grounds into the order in which they were asked for."""
    named = [dimension for ground in grounds for dimension in ground.dimensions]
    places = [named.index(dimension) for dimension in by]

    def as_asked(parts: Sequence[Key]) -> Key:
        cells = [cell for part in parts for cell in part]
        return tuple([cells[place] for place in places])

    return as_asked


def series(first: str, last: str) -> Iterable[str]:
    """Every month or year from the first to the last; none of a series too long to be meant."""
    years = range(int(first[:4]), int(last[:4]) + 1)
    if len(years) > _LONGEST_SERIES_YEARS:
        return ()
    if len(first) == 4:
        return (f"{year:04d}" for year in years)
    months = (f"{year:04d}-{month:02d}" for year in years for month in range(1, 13))
    return (month for month in months if first <= month <= last)


def _rank(by: Key, key: Key) -> tuple[tuple[int, str], ...]:
    """Codes in the order of the vocabulary, everything else by alphabet, which for time is its own order."""
    codes = (ATTRIBUTES[dimension].values if dimension in ATTRIBUTES else () for dimension in by)
    return tuple(
        (listed.index(cell) if cell in listed else 0, cell.casefold()) for listed, cell in zip(codes, key, strict=True)
    )
