"""Counts and definitions for a terminal: from … to …, and what leaves the figure open."""

from collections.abc import Iterator

from portico.cli.prints.layout import columns, heading, paragraph
from portico.counting import Definition, Row, Table, TableDefinition
from portico.web.wording import value_words


def definition_lines(definition: Definition | TableDefinition) -> Iterator[str]:
    counts = f"the table {definition.table}" if isinstance(definition, TableDefinition) else "the record"
    yield f"{definition.id}: {definition.name} (of {counts})"
    yield from paragraph(definition.meaning)


def table_lines(table: Table) -> Iterator[str]:
    when = f"{table.as_of:%Y-%m-%d %H:%M} UTC" if table.as_of else "now"
    yield from heading(f"{table.name}: {figure_words(table.total)} {_unit(table)}")
    yield from paragraph(table.meaning)
    asked = "; ".join(f"{name} {' or '.join(cells)}" for name, cells in table.where.items())
    yield f"  Definition {table.definition}, version {table.version}; as of {when}; {table.base:,} incidents looked at"
    if asked:
        yield f"  Only {asked}"
    if table.by:
        yield from columns(((cells_words(table, row), figure_words(row), _behind(row)) for row in table.rows), (44, 10))
    yield from columns((("Behind the figure", _behind(table.total)),), (20,))
    for each in table.open:
        yield from paragraph(
            f"Left open by {each.attribute} ({each.status}): {', '.join(each.incidents)}", hanging="  "
        )
    for missing in table.not_told:
        yield from paragraph(f"{missing.attribute} not told: {', '.join(missing.incidents)}", hanging="  ")


def _unit(table: Table) -> str:
    one = table.total.lower == table.total.upper == 1
    return {"events": "event", "people": "person"}[table.unit] if one else table.unit


def figure_words(row: Row) -> str:
    return f"{row.lower:,}" if row.lower == row.upper else f"{row.lower:,} to {row.upper:,}"


def cells_words(table: Table, row: Row) -> str:
    return ", ".join(
        table.labels.get(cell, value_words(name, cell)) for name, cell in zip(table.by, row.cells, strict=True)
    )


def _behind(row: Row) -> str:
    certain = ", ".join(row.certain) or "none for certain"
    return certain + (f"; possibly {', '.join(row.possible)}" if row.possible else "")
