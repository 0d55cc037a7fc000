"""A count, of the record or of tables, as what its chart shows."""

from portico.cli.prints.table import cells_words as record_words
from portico.cli.prints.table import figure_words as bounds
from portico.cli.prints.tabulation import base_words, cells_words, figure_words, share_words, unit_words
from portico.counting import Table, Tabulation
from portico.counting.picture import Line, Picture


def picture_of(made: Table | Tabulation) -> Picture:
    """What is drawn of it: its rows, or the total alone where it was counted by nothing."""
    return _of_tables(made) if isinstance(made, Tabulation) else _of_record(made)


def _of_record(made: Table) -> Picture:
    when = f"as of {made.as_of:%Y-%m-%d %H:%M} UTC" if made.as_of else "as the record stands"
    rows = made.rows if made.by else (made.total,)
    return Picture(
        title=f"{made.name}: {bounds(made.total)} {made.unit}",
        by=_by(made.by),
        unit=made.unit,
        heading=made.unit,
        lines=tuple(
            Line(label=record_words(made, row) or "all", lower=row.lower, upper=row.upper, says=bounds(row))
            for row in rows
        ),
        under=(
            made.meaning,
            (
                f"Definition {made.definition}, version {made.version}; {when}; "
                f"{made.base:,} incidents looked at{_only(made.where)}."
            ),
        ),
        notes=("The hatched part is not an error margin: each unit of it is an event that can be opened.",)
        if any(row.upper > row.lower for row in rows)
        else (),
    )


def _of_tables(made: Tabulation) -> Picture:
    rows = made.rows if made.by else (made.total,)
    return Picture(
        title=f"{made.name}: {figure_words(made.total)} {unit_words(made)}",
        by=_by(made.by),
        unit=made.unit,
        heading=f"{made.unit} (% of {made.rows[0].base:,})" if made.rows else made.unit,
        lines=tuple(
            Line(
                label=cells_words(made, row) or "all",
                lower=row.count,
                upper=row.count,
                says=f"{figure_words(row)} ({share_words(row)})",
            )
            for row in rows
        ),
        under=(
            made.meaning,
            f"Definition {made.definition}, version {made.version}; {base_words(made)}{_only(made.where)}.",
        ),
        notes=made.caveats,
    )


def _by(names: tuple[str, ...]) -> str:
    return ", ".join(name.replace("_", " ") for name in names) or "all"


def _only(where: dict[str, tuple[str, ...]]) -> str:
    said = "; ".join(f"{name.replace('_', ' ')} {' or '.join(cells)}" for name, cells in where.items())
    return f"; only {said}" if said else ""
