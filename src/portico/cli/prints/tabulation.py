"""Counts over imported tables for a terminal: the figure, whether it is a floor, its base, and what it does not say."""

from collections.abc import Iterator

from portico.cli.prints.layout import columns, heading, paragraph
from portico.counting import Figure, Tabulation

_CLASSES = {
    "state_local_court": "state or local court",
    "federal_court": "federal court",
    "immigration_court": "immigration court",
    "not_court": "not a court",
    "ambiguous": "a court or something else",
}
_WIDTH = 44


def tabulation_lines(made: Tabulation) -> Iterator[str]:
    yield from heading(f"{made.name}: {figure_words(made.total)} {_unit(made)}")
    yield from paragraph(made.meaning)
    yield f"  Definition {made.definition}, version {made.version}; {_share(made.total, 'all')} in {made.table}"
    if made.where:
        yield "  Only " + "; ".join(f"{name} {' or '.join(cells)}" for name, cells in made.where.items())
    if made.duplicates != "none":
        yield f"  Rows of one event count once by the rule {made.duplicates}"
    if made.by:
        yield f"  By {', '.join(name.replace('_', ' ') for name in made.by)}"
        yield from columns(
            ((cells_words(made, row), figure_words(row), _share(row, "the")) for row in made.rows), (_WIDTH, 16)
        )
    for caveat in made.caveats:
        yield from paragraph(f"Note: {caveat}", hanging="  ")


def figure_words(figure: Figure) -> str:
    return f"at least {figure.count:,}" if figure.at_least else f"{figure.count:,}"


def _unit(made: Tabulation) -> str:
    return made.unit.removesuffix("s") if made.total.count == 1 else made.unit


def cells_words(made: Tabulation, row: Figure) -> str:
    """What a row is about, in words."""
    return ", ".join(
        _CLASSES.get(cell.words, cell.words) if name == "landmark_class" else made.labels.get(cell.words, cell.words)
        for name, cell in zip(made.by, row.cells, strict=True)
    )


def _share(figure: Figure, of: str) -> str:
    if figure.share is None:
        return f"of {of} 0 rows"
    # The share of a floor in all rows is a floor too; its parts are shares of what counts here.
    floor = "at least " if figure.at_least and not figure.cells else ""
    return f"{floor}{figure.share:.1f} % of {of} {figure.base:,}"
