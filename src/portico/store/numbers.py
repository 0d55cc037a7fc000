"""Figures over every incident, from the columns of the folded ones; the same as counting them one by one.

Everything that a question asks about (a zone, a month, a place) is settled once for each way in which incidents tell
it, by `portico.counting`, with every rule of its own. The database puts together the incidents that tell the same, and
each group of them falls where all that it tells may fall. So a hundred thousand are counted in the time that it takes
to read their columns. What may not be counted as it stands is grouped in the same way, from rows that are written
nowhere: a refusal costs the figure no more than the incidents it reaches.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from operator import contains

from django.db.models import Q, QuerySet

from portico.counting import Definition, Row, Table, count, find_definition
from portico.facts import ATTRIBUTES, IncidentState, Verification
from portico.store import finding, folding
from portico.store.grounds import (
    CODED,
    COLUMN_OF,
    PLACES,
    Cells,
    Fallen,
    Ground,
    Settled,
    Where,
    asks_code,
    fallen,
    ground_of,
    of_ground,
    settle_code,
    settle_verification,
    together,
)
from portico.store.groups import Asked, Group, Otherwise, last_of
from portico.store.models import Folded, Several
from portico.store.values import Figure, Figures


def figures(
    alias: str,
    definition: Definition | str,
    by: Sequence[str],
    where: Where,
    *,
    otherwise: Mapping[str, IncidentState | None],
) -> Figures:
    """The figures that `portico.counting.count` gives for every incident, without the incidents behind them.

    otherwise  incidents that may not be counted as they stand: as they may be, None = not at all
    """
    if isinstance(definition, str):
        definition = find_definition(definition)
    asked = count(definition, (), by=by, where=where)  # raises for a dimension or a cell that is none
    changed = Otherwise(alias, otherwise)
    if all(name in COLUMN_OF for name in (*by, *where)) and not (_has_a_long_dispute(alias) or changed.has_a_long_one):
        return _Question(alias, definition, tuple(by), where, changed).answer(asked)
    rows = Folded.objects.using(alias).exclude(number__in=changed.numbers)
    states = (*_states(rows.iterator()), *filter(None, otherwise.values()))
    return Figures.of(count(definition, states, by=by, where=where))


def _has_a_long_dispute(alias: str) -> bool:
    """Whether an incident's column could not hold what its accounts say: then the columns are not enough."""
    return bool(Several.objects.using(alias).filter(attribute=folding.TOO_LONG).exists())


def behind(
    alias: str,
    definition: Definition | str,
    cells: Mapping[str, str],
    where: Where,
    *,
    otherwise: Mapping[str, IncidentState | None],
) -> Row:
    """One row of a count with the incidents behind it. cells: dimension → cell, as a row of figures has them."""
    if isinstance(definition, str):
        definition = find_definition(definition)
    question = _Question(alias, definition, (), {**where, **cells}, Otherwise(alias, {}))
    rows = question.candidates(cells).exclude(incident__in=sorted(otherwise)).order_by("number")
    states = [*_states(rows), *filter(None, otherwise.values())]
    table = count(definition, states, by=tuple(cells), where=where)
    row = table.total if not cells else next((r for r in table.rows if r.cells == tuple(cells.values())), None)
    # Of a month that nobody tells there is a row only between others; who may fall there is told by asking for it.
    return row or count(definition, states, where={**where, **cells}).total


def _states(rows: Iterable[Folded]) -> Iterator[IncidentState]:
    return (
        IncidentState(
            id=row.incident,
            accounts=(),
            sources=(),
            facts=folding.decoded(bytes(row.facts)),
            verification=Verification(row.verification),
        )
        for row in rows
    )


class _Question:
    """One question, put to the columns."""

    def __init__(
        self, alias: str, definition: Definition, by: tuple[str, ...], where: Where, otherwise: Otherwise
    ) -> None:
        self._alias, self._otherwise = alias, otherwise
        self._definition, self._by, self._where = definition, by, where
        self._only_asked = [name for name in CODED if name not in by and asks_code(definition, where, name)]
        codes = {name: settle_code(definition, where, name, self._disputes(name)) for name in self._only_asked}
        self._settled: Mapping[str, Settled] = {**codes, "verification": settle_verification(definition)}

    def _disputes(self, name: str) -> list[str]:
        """Every way in which a code is disputed."""
        several = Several.objects.using(self._alias).filter(attribute=name)
        rows = Folded.objects.using(self._alias).filter(number__in=several.values("number"))
        told = self._otherwise.told(name).union(rows.order_by().values_list(name, flat=True))
        return sorted(told - {"", *ATTRIBUTES[name].values})

    def _grounds(self) -> list[Ground]:
        """Those that decide which incidents fall in the same cells, the first dimension's first."""
        definition = self._definition
        named = dict.fromkeys((*self._by, *(name for name in self._where if name not in self._only_asked)))
        if definition.start or definition.before:
            named["month"] = None
        if definition.states or definition.counties:
            named["county" if definition.counties else "state"] = None
        return [self._ground(each, named) for each in dict.fromkeys(map(ground_of, named))]

    def _ground(self, ground: str, named: Iterable[str]) -> Ground:
        on_it = [name for name in named if ground_of(name) == ground]
        columns = {COLUMN_OF[name] for name in on_it} | ({"state"} if "county" in on_it else set())
        return Ground(
            columns=tuple(sorted(columns)),
            definition=of_ground(self._definition, ground),
            by=tuple(name for name in self._by if name in on_it),
            where={name: cells for name, cells in self._where.items() if name in on_it},
            is_series=len(self._by) == 1,
        )

    def answer(self, asked: Table) -> Figures:
        """asked: the count of nothing, with what the answer says of itself."""
        put = Asked(self._alias, self._definition, self._where, self._settled, self._grounds(), self._otherwise)
        groups, kept = None, put.groups()
        # What does not count makes no row: where nothing else tells a month, the undated do not fall there either.
        while groups is None or len(kept) < len(groups):
            groups = kept
            told = [_fallen(place, ground, groups) for place, ground in enumerate(put.grounds)]
            falls = [each.falls for each in told]
            kept = [each for each in groups if all(map(contains, falls, each.ways))]
        return self._put_together(asked, put.questions, groups, told)

    def candidates(self, cells: Mapping[str, str]) -> QuerySet:
        """The incidents that may fall in a cell, and perhaps others."""
        rows = Folded.objects.using(self._alias)
        for name, settled in self._settled.items():
            rows = rows.filter(**{f"{name}__in": [*settled.counting, folding.TOO_LONG]})
        # Who denies a day or a place leaves every other open: what is disputed may fall anywhere.
        for name, cell in cells.items():
            if name in ("month", "year"):
                dated = Q(first_day__lte=last_of(cell), last_day__gte=cell)
                rows = rows.filter(dated | Q(month="") | Q(month__startswith=folding.SEVERAL))
            elif name in PLACES:
                told = finding.may_be(self._alias, name, name, (cell.partition(", ")[0],))
                rows = rows.filter(told | Q(**{name: ""}) | Q(**{f"{name}__startswith": folding.SEVERAL}))
        return rows

    def _put_together(
        self, asked: Table, questions: Sequence[tuple[str, str]], groups: Sequence[Group], told: Sequence[Fallen]
    ) -> Figures:
        left_open: Counter[tuple[str, str]] = Counter()
        for place, question in enumerate(questions):
            left_open[question] += sum(each.left_open[place] for each in groups)
        not_told = Counter(people_arrested=sum(each.number_not_told for each in groups))
        for place, one in enumerate(told):
            many: Counter[Cells] = Counter()
            for group in groups:
                many[group.ways[place]] += group.incidents
            for doubt in one.table.open:
                left_open[doubt.attribute, doubt.status] += one.incidents(doubt.incidents, many)
            for untold in one.table.not_told:
                if untold.attribute in self._by:
                    not_told[untold.attribute] += one.incidents(untold.incidents, many)
        total, rows = self._rows(groups, told)
        ordered = sorted(left_open.items(), key=lambda each: (-each[1], each[0]))
        return replace(
            Figures.of(asked),
            total=total,
            rows=tuple(rows),
            base=self._base(),
            open=tuple((*question, number) for question, number in ordered if number),
            not_told={name: number for name, number in not_told.items() if number},
        )

    def _base(self) -> int:
        many: int = Folded.objects.using(self._alias).count()
        return many - len(self._otherwise.numbers) + len(self._otherwise.rows)

    def _rows(self, groups: Sequence[Group], told: Sequence[Fallen]) -> tuple[Figure, list[Figure]]:
        """The total, and the row of each combination of cells into which something may fall."""
        least: Counter[Cells] = Counter()
        most: dict[Cells, int] = defaultdict(int)
        if len(self._by) == 1:
            most |= {row.cells: 0 for row in told[0].table.rows}
        lower = 0
        falls = [each.falls for each in told]
        for group in groups:
            certain, settled, cells = together([fall[way] for fall, way in zip(falls, group.ways, strict=True)])
            lower += group.least if certain else 0
            for cell in cells if self._by else ():
                most[cell] += group.most
            if settled and self._by:
                least[cells[0]] += group.least
        total = Figure(cells=(), lower=lower, upper=sum(each.most for each in groups))
        named = [name for each in told for name in each.ground.by]
        return total, _in_order(self._by, named, least, most)


def _fallen(place: int, ground: Ground, groups: Sequence[Group]) -> Fallen:
    """A ground, counted for the ways in which the groups tell it."""
    days: dict[Cells, str | None] = {}
    for each in groups:
        days.setdefault(each.ways[place], each.day)
    return fallen(ground, days)


def _in_order(
    by: Sequence[str], named: Sequence[str], least: Mapping[Cells, int], most: Mapping[Cells, int]
) -> list[Figure]:
    """In the order of the vocabulary, of time and of the alphabet. named: the dimensions as the cells have them"""
    places = [named.index(name) for name in by]
    ranks = [_ranks(name, {cells[place] for cells in most}) for name, place in zip(by, places, strict=True)]
    ordered = sorted(most, key=lambda cells: [rank[cells[place]] for rank, place in zip(ranks, places, strict=True)])
    as_asked = (lambda cells: cells) if places == sorted(places) else lambda c: tuple([c[place] for place in places])
    return [Figure(cells=as_asked(cells), lower=least[cells], upper=most[cells]) for cells in ordered]


def _ranks(name: str, cells: Iterable[str]) -> dict[str, int]:
    codes = ATTRIBUTES[name].values if name in ATTRIBUTES else ()
    ordered = sorted(cells, key=lambda cell: (codes.index(cell) if cell in codes else 0, cell.casefold()))
    return {cell: place for place, cell in enumerate(ordered)}
