"""Count the rows of imported tables under a definition: DuckDB over the Parquet files, in memory that does not grow.

Apart from the room's face, so that a count of the record need not load a database.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from portico.counting.attributes import Attribute, attributes_of, quoted
from portico.counting.count import CountError
from portico.counting.database import Database, DuckDb, Parameter, UnansweredError
from portico.counting.definition import DefinitionError, TableDefinition
from portico.counting.rows import series
from portico.counting.tabulation import STATES, Cell, Figure, State, StoredRows, Tabulation
from portico.facts import PorticoError

_IN_BRACKETS = {Cell(None, state).words: state for state in STATES if state != "value"}
_NO_PLACE_OF_A_COURT = ("not_court", "ambiguous")
_STORED: dict[str | int, str] = {"yes": "true", "no": "false"}
"""How an answer of yes or no stands in the stored rows."""
_SHOWN = 12


class StoredRowsError(PorticoError):
    """The stored rows of a table cannot be counted."""


def tabulate(
    definition: TableDefinition,
    stored: StoredRows,
    *,
    by: Sequence[str] = (),
    where: Mapping[str, str | Sequence[str]] | None = None,
    database: Database | None = None,
) -> Tabulation:
    """How many rows of a table count under the definition.

    by     attributes: those of the table, year, fiscal_year (from October), month, day, and where the definition
           names a landmark landmark_class, courthouse, county and state
    where  attribute → the cell, or several of which any will do; "(blank)" and its like ask for what is no value
    database  what counts; None: DuckDB in this process
    Raises CountError (exit status 2) for an attribute or cell that is not there, listing those that are, and
    StoredRowsError if the rows cannot be read, DefinitionError if it names a column that they do not have.
    """
    asked = {name: (cells,) if isinstance(cells, str) else tuple(cells) for name, cells in (where or {}).items()}
    try:
        return _Question(definition, stored, database or DuckDb()).answer(tuple(by), asked)
    except UnansweredError as problem:
        raise StoredRowsError(
            f"The stored rows of {definition.table} cannot be counted: {str(problem).splitlines()[0]} "
            "Nothing was counted and nothing changed. Import the tables again, then count."
        ) from problem


def known_attributes(definition: TableDefinition, stored: StoredRows) -> tuple[str, ...]:
    """What the table can be counted by, in order of the alphabet."""
    return tuple(sorted(_Question(definition, stored, DuckDb()).attributes))


def rows_where(
    definition: TableDefinition, stored: StoredRows, where: Mapping[str, Sequence[str]], most: int
) -> tuple[tuple[str, str, int], ...]:
    """Where the first rows stand that the definition counts and these cells hold: file (sha256), sheet, row."""
    return _Question(definition, stored, DuckDb()).rows(where, most)


@dataclass(frozen=True, slots=True)
class _Condition:
    """SQL that a row must fulfil, with its parameters; of_place: it asks of the place of its landmark."""

    sql: str
    parameters: tuple[Parameter, ...]
    of_place: bool = False


class _Question:
    """One definition over the stored rows of its table."""

    def __init__(self, definition: TableDefinition, stored: StoredRows, database: Database) -> None:
        self._definition, self._stored, self._database = definition, stored, database
        self._rows = database.table(stored.rows)
        self._columns = database.columns(self._rows)
        self.attributes = attributes_of(definition, self._columns)
        place = definition.landmark.column if definition.landmark else None
        for column in filter(None, (definition.day, place, definition.adds_up)):
            if column not in self._columns:
                there = ", ".join(name for name in self._columns if f"{name}_is" in self._columns)
                raise DefinitionError(
                    definition.id, f"{definition.table} has no column {column!r}", f"There are: {there}."
                )

    def answer(self, by: tuple[str, ...], asked: dict[str, tuple[str, ...]]) -> Tabulation:
        definition = self._definition
        counted_by = [self._attribute(name, "count by") for name in by]
        conditions = [
            *self._conditions(definition.where, "where, in the definition"),
            *self._conditions(asked, "where"),
            *self._period(),
        ]
        used = [self.attributes[name] for name in (*by, *definition.where, *asked)]
        placed = any(each.of_place for each in used)
        found = self._counted(counted_by, conditions, placed=placed)
        found += _gaps(counted_by, found)
        total = sum(count for _, count in found)
        if asked and not total:
            self._check_there(asked)
        narrowed = [(self.attributes[name], cells) for name, cells in (*definition.where.items(), *asked.items())]
        floor = definition.floor or any(_names_a_place(each, cell) for each, cells in narrowed for cell in cells)
        rows = [
            Figure.of(total, count, cells, at_least=floor or _says_where(counted_by, cells)) for cells, count in found
        ]
        return Tabulation(
            definition=definition.id,
            version=definition.version,
            name=definition.name,
            meaning=definition.meaning,
            unit=definition.unit,
            caveats=definition.caveats,
            duplicates=definition.duplicates,
            table=definition.table,
            by=by,
            where=asked,
            total=Figure.of(self._base(), total, at_least=floor),
            rows=tuple(sorted(rows, key=_rank)) if by else (),
            files=tuple(f"{path.parent.name}/{path.name}" for path in self._stored.rows),
            labels=self._names(by, rows),
        )

    def rows(self, where: Mapping[str, Sequence[str]], most: int) -> tuple[tuple[str, str, int], ...]:
        asked = {**self._definition.where, **where}
        filters, parameters = _all_of([*self._conditions(asked, "where"), *self._period()])
        places = self._places() if any(self.attributes[name].of_place for name in asked) else ""
        sql = f"SELECT file, sheet, row FROM {self._rows} r {places} WHERE {filters} ORDER BY ALL LIMIT {most:d}"
        found = self._database.fetch(sql, parameters)
        return tuple((str(file), str(sheet or ""), int(str(row))) for file, sheet, row in found)

    def _counted(
        self, by: Sequence[Attribute], conditions: Sequence[_Condition], *, placed: bool
    ) -> list[tuple[tuple[Cell, ...], int]]:
        sql, parameters = self._over_places(by, conditions) if placed else self._over_rows(by, conditions)
        found = self._database.fetch(f"{sql}{' GROUP BY ALL' if by else ''}", parameters)
        return [(_cells(by, row[:-1]), int(str(row[-1] or 0))) for row in found]

    def _over_rows(
        self, by: Sequence[Attribute], conditions: Sequence[_Condition], kept: Sequence[str] = ()
    ) -> tuple[str, list[Parameter]]:
        """SQL that counts the rows by what they say of themselves; kept: columns that it counts by, too."""
        keys = [f"{each.value} AS v{at}, {each.state} AS s{at}" for at, each in enumerate(by) if not each.of_place]
        columns = [f"r.{quoted(name)}" for name in kept]
        filters, parameters = _all_of([each for each in conditions if not each.of_place])
        counted = ", ".join([*keys, *columns, f"{self._number()} AS n"])
        return f"SELECT {counted} FROM {self._rows} r {self._judged()} WHERE {filters}", parameters

    def _over_places(self, by: Sequence[Attribute], conditions: Sequence[_Condition]) -> tuple[str, list[Parameter]]:
        """The same with places: rows are counted by landmark first, so that each landmark is placed once."""
        landmark = self._definition.landmark
        assert landmark is not None  # an attribute of place is there only with one
        told = (landmark.column, f"{landmark.column}_is", landmark.area, landmark.state)
        kept = [name for name in dict.fromkeys(told) if name in self._columns]
        rows, first = self._over_rows(by, conditions, [name for name in kept if name])
        keys = [
            f"{each.value} AS v{at}, {each.state} AS s{at}" if each.of_place else f"r.v{at}, r.s{at}"
            for at, each in enumerate(by)
        ]
        filters, then = _all_of([each for each in conditions if each.of_place])
        counted = ", ".join([*keys, "sum(r.n) AS n"])
        return f"SELECT {counted} FROM ({rows} GROUP BY ALL) r {self._places()} WHERE {filters}", [*first, *then]

    def _number(self) -> str:
        """What a row stands for: itself, or the number in its column."""
        adds_up = self._definition.adds_up
        return f"sum(r.{quoted(adds_up)})" if adds_up else "count(*)"

    def _base(self) -> int:
        return int(str(self._database.fetch(f"SELECT {self._number()} FROM {self._rows} r")[0][0] or 0))

    def _places(self) -> str:
        """Each row with its landmark, placed. The same landmark may stand in several files: one of each is enough."""
        landmark = self._definition.landmark
        assert landmark is not None  # an attribute of place is there only with one
        told = "place, area, state_told, label, courthouse_id, courthouse, county, state"
        known = f"SELECT DISTINCT {told} FROM {self._database.table(self._stored.places)}"
        area = _text(landmark.area_is) if landmark.area_is else self._told(landmark.area)
        state = self._told(landmark.state)
        return (
            f"LEFT JOIN ({known}) p ON p.place = r.{quoted(landmark.column)} "
            f"AND p.area IS NOT DISTINCT FROM {area} AND p.state_told IS NOT DISTINCT FROM {state}"
        )

    def _told(self, column: str | None) -> str:
        """What a row says that narrows its place; a table that lacks the column says nothing."""
        return f"r.{quoted(column)}" if column in self._columns and column else "NULL"

    def _judged(self) -> str:
        if self._definition.duplicates == "none":
            return ""
        return (
            f"SEMI JOIN (SELECT * FROM {self._database.table(self._stored.judged)} WHERE counts) j "
            "ON j.file = r.file AND j.row = r.row AND j.sheet IS NOT DISTINCT FROM r.sheet"
        )

    def _conditions(self, asked: Mapping[str, Sequence[str]], where: str) -> list[_Condition]:
        return [self._condition(self._attribute(name, where), cells, where) for name, cells in asked.items()]

    def _condition(self, attribute: Attribute, cells: Sequence[str], where: str) -> _Condition:
        states = [_IN_BRACKETS[cell] for cell in cells if cell in _IN_BRACKETS]
        try:
            raw = [attribute.raw(cell) for cell in cells if cell not in _IN_BRACKETS]
        except ValueError:
            raise CountError(f"{where} {attribute.name}", ", ".join(cells), _how_written(attribute)) from None
        raw += [_STORED[each] for each in raw if each in _STORED]
        marks = ", ".join("?" * len(raw))
        either = [f"{sql} IN ({marks})" for sql in attribute.narrow if raw]
        parameters = [*raw * len(either)]
        if states:
            either.append(f"{attribute.state} IN ({', '.join('?' * len(states))})")
        return _Condition(" OR ".join(either), (*parameters, *states), attribute.of_place)

    def _period(self) -> list[_Condition]:
        definition = self._definition
        if definition.day is None:
            return []
        day = f"r.{quoted(definition.day)}"
        bounds = ((definition.start, ">="), (definition.before, "<"))
        return [_Condition(f"{day} {sign} CAST(? AS DATE)", (str(on),)) for on, sign in bounds if on]

    def _attribute(self, name: str, where: str) -> Attribute:
        if name not in self.attributes:
            raise CountError(where, name, sorted(self.attributes))
        return self.attributes[name]

    def _check_there(self, asked: Mapping[str, Sequence[str]]) -> None:
        """That each cell asked for is somewhere in the table: a slip of the pen is no nought."""
        for name, cells in asked.items():
            attribute = self.attributes[name]
            for cell in cells:
                condition = self._condition(attribute, [cell], "where")
                if not sum(count for _, count in self._counted([], [condition], placed=attribute.of_place)):
                    raise CountError(f"where {name}", cell, self._some(attribute))

    def _some(self, attribute: Attribute) -> list[str]:
        """Cells that are there, the most frequent first."""
        found = sorted(self._counted([attribute], [], placed=attribute.of_place), key=lambda each: -each[1])
        named = [cells[0].words for cells, _ in found]
        return named if len(named) <= _SHOWN else [*named[:_SHOWN], f"and {len(named) - _SHOWN:,} more"]

    def _names(self, by: Sequence[str], rows: Sequence[Figure]) -> dict[str, str]:
        if "courthouse" not in by:
            return {}
        at = by.index("courthouse")
        wanted = {row.cells[at].value for row in rows}
        sql = f"SELECT DISTINCT courthouse_id, courthouse FROM {self._database.table(self._stored.places)}"
        known = self._database.fetch(sql)
        return {str(each): str(name) for each, name in known if each in wanted and each is not None}


def _all_of(conditions: Sequence[_Condition]) -> tuple[str, list[Parameter]]:
    """SQL that holds where every condition does, and its parameters."""
    filters = " AND ".join(f"({each.sql})" for each in conditions) or "true"
    return filters, [each for condition in conditions for each in condition.parameters]


def _text(words: str | None) -> str:
    return "NULL" if words is None else "'" + words.replace("'", "''") + "'"


def _cells(by: Sequence[Attribute], row: Sequence[object]) -> tuple[Cell, ...]:
    pairs = zip(by, row[::2], row[1::2], strict=True)
    return tuple(_cell(attribute, value, str(state)) for attribute, value, state in pairs)


def _cell(attribute: Attribute, value: object, told: str) -> Cell:
    state: State = next(each for each in STATES if each == told)
    return Cell(attribute.written(value)) if state == "value" else Cell(None, state)


def _says_where(by: Sequence[Attribute], cells: Sequence[Cell]) -> bool:
    """Whether a cell names a place: as many rows are certain, and most do not say."""
    return any(_names_a_place(attribute, cell.words) for attribute, cell in zip(by, cells, strict=True))


def _names_a_place(attribute: Attribute, cell: str) -> bool:
    return attribute.says_where and cell not in _IN_BRACKETS and cell not in _NO_PLACE_OF_A_COURT


def _gaps(by: Sequence[Attribute], found: Sequence[tuple[tuple[Cell, ...], int]]) -> list[tuple[tuple[Cell, ...], int]]:
    """The years or months of a plain series of which no row counts: that there is none is shown."""
    if len(by) != 1 or not by[0].in_series:
        return []
    told = sorted(cell.value for (cell,), _ in found if cell.value is not None)
    between = series(told[0], told[-1]) if told else ()
    return [((Cell(each),), 0) for each in between if each not in told]


def _how_written(attribute: Attribute) -> list[str]:
    return ["months as 2019-05"] if attribute.name == "month" else ["years as 2019"]


def _rank(figure: Figure) -> list[tuple[bool, str]]:
    """By alphabet, which for time is its own order; what is no value comes last."""
    return [(cell.state != "value", cell.words.casefold()) for cell in figure.cells]
