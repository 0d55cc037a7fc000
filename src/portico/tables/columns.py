"""Columns: a whole column of texts → values, states and original texts, each distinct text judged once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import polars as pl

from portico.tables.cell import CellState, CellValue, judge
from portico.tables.profile import Column

STATES = pl.Enum([state.value for state in CellState])

_STORED_AS: Mapping[str, pl.DataType | type[pl.DataType]] = {
    "date": pl.Date,
    "datetime": pl.Datetime("us"),
    "integer": pl.Int64,
    "yes_no": pl.Boolean,
    "category": pl.Categorical,
    "code": pl.Categorical,
}
# Kinds whose cells are written in few ways: their texts are stored as numbers of a list, half the size and time.
_FEW_TEXTS = frozenset({"category", "code", "date", "yes_no"})

# Past this many distinct texts a column is of identifiers: remembering them all would cost more than judging again.
_REMEMBERED = 100_000
SAMPLES = 5


@dataclass(frozen=True, slots=True)
class Sample:
    """One row as an example. text is None where the column is guarded: it is named, never quoted."""

    sheet: str
    row: int
    column: str | None = None
    text: str | None = None


@dataclass(slots=True)
class Tally:
    """How often something was met, with the first few examples."""

    count: int = 0
    samples: list[Sample] = field(default_factory=list)

    def add(self, count: int, sample: Sample) -> None:
        self.count += count
        if len(self.samples) < SAMPLES:
            self.samples.append(sample)


@dataclass(slots=True)
class Tallies:
    """What was met in one column: how many cells of each state; how many altered or unreadable, by reason.

    only  the distinct texts, as far as two: one alone says that the column says one thing throughout
    """

    states: dict[CellState, int] = field(default_factory=lambda: dict.fromkeys(CellState, 0))
    altered: dict[str, Tally] = field(default_factory=dict)
    unreadable: dict[str, Tally] = field(default_factory=dict)
    only: set[str | None] = field(default_factory=set)


class _Met(NamedTuple):
    """A judgement as it is stored. kept: the text, where the value does not give it again to the letter."""

    value: CellValue | None
    state: int
    kept: str | None
    reason: str | None


Known = dict[str | None, _Met]
"""Judgements of texts met before."""

_NAMES = [state.value for state in CellState]
_PLACES = {state: at for at, state in enumerate(CellState)}
_UNREADABLE = _PLACES[CellState.UNREADABLE]


@dataclass(slots=True)
class ColumnReader:
    """Reads one column of one sheet, chunk by chunk, and keeps count.

    known  judgements of texts met before; the files of one import share them
    """

    name: str
    heading: str
    column: Column
    sheet: str = ""
    guarded: bool = False
    known: Known = field(default_factory=dict)
    tallies: Tallies = field(default_factory=Tallies)

    def read(self, texts: pl.Series, rows: pl.Series) -> list[pl.Series]:
        """The value, state and text of every cell of a chunk. rows: the row number of each.

        The text is kept where the value does not give it again to the letter; else null: the value is the text.
        """
        coded = texts.cast(pl.Categorical(pl.Categories.random())) if texts.dtype == pl.String else texts
        at = coded.arg_unique()
        written: list[str | None] = coded.gather(at).cast(pl.String).to_list()
        known = self.known
        met = [known.get(text) or self._judged(text) for text in written]
        place, first = _places(coded, at)
        by_place = [met[0]] * (max(first) + 1) if met else []  # whatever stands where no cell is
        for number, each in zip(first, met, strict=True):
            by_place[number] = each
        stored_as = _STORED_AS.get(self.column.kind, pl.String)
        text_as = pl.Categorical if self.column.kind in _FEW_TEXTS else pl.String
        value, state, text = stored_columns(self.name)
        found = [
            _laid_out([each.value for each in by_place], place, stored_as).alias(value),
            _laid_out([_NAMES[each.state] for each in by_place], place, STATES).alias(state),
            _laid_out([each.kept for each in by_place], place, text_as).alias(text),
        ]
        self._count(found[1], {each.state for each in met}, written)
        if any(each.reason is not None for each in met):
            self._explain(written, met, coded.unique_counts().to_list(), rows.gather(at))
        return found

    def _judged(self, text: str | None) -> _Met:
        if len(self.known) >= _REMEMBERED:
            self.known.clear()
        value, state, reason = judge(text, self.column)
        known = self.known[text] = _Met(value, _PLACES[state], None if text == value else text, reason)
        return known

    def _count(self, states: pl.Series, met: set[int], written: Sequence[str | None]) -> None:
        self.tallies.only.update(written[: 2 - len(self.tallies.only)])
        if len(met) == 1:
            self.tallies.states[CellState(_NAMES[met.pop()])] += len(states)
            return
        for state, count in states.value_counts().rows():
            self.tallies.states[CellState(state)] += count

    def _explain(
        self, written: Sequence[str | None], met: Sequence[_Met], counts: Sequence[int], rows: pl.Series
    ) -> None:
        """Note each text that was altered or unreadable, how often it stands, and where first."""
        for number, each in enumerate(met):
            if each.reason is not None:
                text = None if self.guarded else written[number]
                kind = self.tallies.unreadable if each.state == _UNREADABLE else self.tallies.altered
                sample = Sample(self.sheet, rows[number], self.heading, text)
                kind.setdefault(each.reason, Tally()).add(counts[number], sample)


def stored_columns(name: str) -> tuple[str, str, str]:
    """The three columns that an attribute is stored in."""
    return name, f"{name}_is", f"{name}_text"


def _laid_out(said: Sequence[CellValue | None], place: pl.Series, kind: pl.DataType | type[pl.DataType]) -> pl.Series:
    """What each cell says, from what each distinct text says; most columns say one thing, which needs no looking up."""
    if said and said.count(said[0]) == len(said):
        return pl.repeat(said[0], len(place), dtype=kind, eager=True)
    return pl.Series(said, dtype=kind).gather(place)


def _places(coded: pl.Series, at: pl.Series) -> tuple[pl.Series, list[int]]:
    """For each cell the number of its text, and those of the distinct texts, which stand first at these positions."""
    codes = coded.to_physical()
    if codes.null_count():
        most = codes.max()
        codes = codes.fill_null(most + 1 if isinstance(most, int) else 0)
    return codes, codes.gather(at).to_list()
