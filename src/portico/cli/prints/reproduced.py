"""What came of a published figure, for a terminal: expected, got, how many cells are equal, and why not."""

from collections.abc import Iterator

from portico.cli.prints.layout import columns, paragraph
from portico.counting.reproducing import Difference, Reproduced

_WORDS = {
    "exact": "exact",
    "explained": "differs, explained",
    "differs": "DIFFERS",
    "not_imported": "not imported",
    "not_compared": "not compared",
}
_SHOWN = 30


def reproduced_lines(each: Reproduced) -> Iterator[str]:
    yield ""
    yield f"{each.id}: {_WORDS[each.status]}"
    yield from paragraph(f"{each.says} {each.publisher}: {each.title}. {each.address}")
    if each.got is not None:
        yield f"  Expected {each.expected:,}, got {each.got:,}{_cells(each)}; definition {each.definition}"
    if each.left_out:
        yield f"  {each.left_out:,} {'row is' if each.left_out == 1 else 'rows are'} in none of the published cells"
    yield from columns((_difference(one) for one in each.differences[:_SHOWN]), (28, 20))
    if len(each.differences) > _SHOWN:
        yield f"  and {len(each.differences) - _SHOWN:,} more cells (--json has all)"
    for words in (each.because, *each.rows, each.do):
        if words:
            yield from paragraph(words, hanging="  ")


def _cells(each: Reproduced) -> str:
    return f" ({each.equal:,} of {each.cells:,} cells equal)" if each.cells > 1 else ""


def _difference(one: Difference) -> tuple[str, str, str]:
    return ", ".join(one.cell) or "all", f"expected {one.expected:,}", f"got {one.got:,}"
