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
    yield from heading(f"{made.name}: {figure_words(made.total)} {unit_words(made)}")
    yield from paragraph(made.meaning)
    yield f"  Definition {made.definition}, version {made.version}; {base_words(made)}"
    if made.where:
        yield "  Only " + "; ".join(f"{name} {' or '.join(cells)}" for name, cells in made.where.items())
    if made.duplicates != "none":
        yield f"  Rows of one event count once by the rule {made.duplicates}"
    if made.by:
        yield f"  By {', '.join(name.replace('_', ' ') for name in made.by)}"
        yield from columns(
            (
                (cells_words(made, row), figure_words(row), f"{share_words(row)} of the {row.base:,}")
                for row in made.rows
            ),
            (_WIDTH, 16),
        )
    for caveat in made.caveats:
        yield from paragraph(f"Note: {caveat}", hanging="  ")


def figure_words(figure: Figure) -> str:
    return f"at least {figure.count:,}" if figure.at_least else f"{figure.count:,}"


def unit_words(made: Tabulation) -> str:
    return made.unit.removesuffix("s") if made.total.count == 1 else made.unit


def cells_words(made: Tabulation, row: Figure) -> str:
    """What a row is about, in words."""
    return ", ".join(
        _CLASSES.get(cell.words, cell.words) if name == "landmark_class" else made.labels.get(cell.words, cell.words)
        for name, cell in zip(made.by, row.cells, strict=True)
    )


def base_words(made: Tabulation) -> str:
    """The share of the whole table. Of a floor it is a floor too; the parts of a floor are shares of what counts."""
    floor = "at least " if made.total.at_least else ""
    return f"{floor}{share_words(made.total)} of all {made.total.base:,} in {made.table}"


def share_words(figure: Figure) -> str:
    """Percent with one place, or with as many as a small share needs."""
    if figure.share is None:
        return "no share"
    small = f"{figure.share:.4f}".rstrip("0")
    return f"{small} %" if 0 < figure.share < 0.05 else f"{figure.share:.1f} %"
