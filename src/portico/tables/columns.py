"""Columns: a whole column of texts → values, states and original texts, each distinct text judged once."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from portico.tables.cell import CellState, Judgement, judge
from portico.tables.profile import Column

STATES = pl.Enum([state.value for state in CellState])

_STORED_AS: Mapping[str, pl.DataType | type[pl.DataType]] = {
    "date": pl.Date,
    "datetime": pl.Datetime("us"),
    "integer": pl.Int64,
    "yes_no": pl.Boolean,
}

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
    """What was met in one column: how many cells of each state; how many altered or unreadable, by reason."""

    states: Counter[CellState] = field(default_factory=Counter)
    altered: dict[str, Tally] = field(default_factory=dict)
    unreadable: dict[str, Tally] = field(default_factory=dict)
    only: set[str | None] = field(default_factory=set)

    def note(self, met: Judgement, text: str | None, count: int, sample: Sample) -> None:
        self.states[met.state] += count
        if len(self.only) < 2:
            self.only.add(text)
        if met.reason is not None:
            kind = self.unreadable if met.state is CellState.UNREADABLE else self.altered
            kind.setdefault(met.reason, Tally()).add(count, sample)


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
    known: dict[str | None, Judgement] = field(default_factory=dict)
    tallies: Tallies = field(default_factory=Tallies)

    def read(self, texts: pl.Series, rows: pl.Series) -> list[pl.Series]:
        """The value, state and text of every cell of a chunk. rows: the row number of each.

        The text is kept where the value does not give it again to the letter; else null: the value is the text.
        """
        distinct, at, counts, place = _distinct(texts)
        written: list[str | None] = distinct.to_list()
        met = [self._judged(text) for text in written]
        for text, judgement, row, count in zip(written, met, rows.gather(at).to_list(), counts, strict=True):
            sample = Sample(self.sheet, row, self.heading, None if self.guarded else text)
            self.tallies.note(judgement, text, count, sample)
        kept = [text if text != each.value else None for text, each in zip(written, met, strict=True)]
        stored_as = _STORED_AS.get(self.column.kind, pl.String)
        values = pl.Series(self.name, [each.value for each in met], dtype=stored_as)
        states = pl.Series(f"{self.name}_is", [each.state.value for each in met], dtype=STATES)
        originals = pl.Series(f"{self.name}_text", kept, dtype=pl.String)
        return [values.gather(place), states.gather(place), originals.gather(place)]

    def _judged(self, text: str | None) -> Judgement:
        if (known := self.known.get(text)) is None:
            if len(self.known) >= _REMEMBERED:
                self.known.clear()
            known = self.known[text] = judge(text, self.column)
        return known


def stored_columns(name: str) -> tuple[str, str, str]:
    """The three columns that an attribute is stored in."""
    return name, f"{name}_is", f"{name}_text"


def _distinct(texts: pl.Series) -> tuple[pl.Series, Sequence[int], Sequence[int], pl.Series]:
    """The distinct texts as they first appear, where each is first, how often; and which of them each cell is."""
    coded = texts.cast(pl.Categorical(pl.Categories.random())) if texts.dtype == pl.String else texts
    at = coded.arg_unique()
    first = coded.gather(at)
    codes = coded.to_physical()
    most = codes.max()
    nothing = most + 1 if isinstance(most, int) else 0
    places = pl.zeros(nothing + 1, dtype=pl.UInt32, eager=True).scatter(
        first.to_physical().fill_null(nothing), pl.int_range(len(first), dtype=pl.UInt32, eager=True)
    )
    return first.cast(pl.String), at.to_list(), coded.unique_counts().to_list(), places.gather(codes.fill_null(nothing))
