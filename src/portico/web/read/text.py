"""The words of a document with the claims marked in them, as the page prints them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from portico.facts import Span
from portico.web.marks import Run, runs
from portico.web.read.claims import Row
from portico.web.read.opened import OpenDocument
from portico.web.report.documents import paragraphs
from portico.web.report.sheet import Bit

_OFF, _KEPT = "off", "kept"
_LONGEST_TITLE = 200  # characters; a longer first line is a paragraph


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of words under the same marks.

    at       where it begins in the text, in code points: selected words are sought from there
    classes  of the mark, empty for plain words
    anchors  (id, class) of claims whose words begin here, the widest first
    row      number of the narrowest claim, 0 for plain words
    ends     numbers of the claims whose words end here
    """

    bit: Bit
    at: int
    classes: str = ""
    anchors: tuple[tuple[str, str], ...] = ()
    row: int = 0
    ends: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    title: bool
    pieces: tuple[Piece, ...]


def blocks_of(opened: OpenDocument, rows: Sequence[Row]) -> tuple[Block, ...]:
    """The text in paragraphs; none when it is locked or was erased."""
    text = opened.text
    if text is None:
        return ()
    extents = paragraphs(text)
    masks = opened.masks(opened.source)
    places = {f"s{row.number}{_nth(place)}": (row, span) for row in rows for place, span in enumerate(_spans(row))}
    solid = [Span(mask.start, mask.end) for mask in masks]
    hidden = {mask.start: " and ".join(mask.kinds) for mask in masks}
    cut = runs(extents, {key: span for key, (_row, span) in places.items()}, solid)
    owners = {key: row for key, (row, _span) in places.items()}
    return tuple(
        Block(_is_title(text, extents, number), tuple(_piece(text, run, owners, hidden) for run in block))
        for number, block in groupby(cut, key=lambda run: run.extent)
    )


def _spans(row: Row) -> list[Span]:
    return sorted((row.now or row.told.claim).spans)


def _nth(place: int) -> str:
    return f"-{place + 1}" if place else ""


def _is_title(text: str, extents: Sequence[Span], number: int) -> bool:
    words = text[extents[number].start : extents[number].end]
    first = number == 0 and len(extents) > 1
    return first and len(words) <= _LONGEST_TITLE and "\n" not in words and not words.endswith((".", ":", ",", ";"))


def _piece(text: str, run: Run, owners: Mapping[str, Row], hidden: Mapping[int, str]) -> Piece:
    bit = Bit(masked=hidden[run.start]) if run.start in hidden else Bit(text[run.start : run.end])
    over = [owners[key] for key in run.marks]
    if not over:
        return Piece(bit=bit, at=run.start)
    return Piece(
        bit=bit,
        at=run.start,
        classes=" ".join(dict.fromkeys(["m", *(f"k{row.number}" for row in over), _mark(over)])).strip(),
        anchors=tuple((key, f"k{owners[key].number}") for key in run.begins),
        row=over[-1].number,
        ends=tuple(dict.fromkeys(owners[key].number for key in run.ends)),
    )


def _mark(over: Sequence[Row]) -> str:
    """Of several claims in the same words, the one that is still to decide shows."""
    decisions = {row.decision for row in over}
    if "" in decisions:
        return ""
    return _OFF if decisions == {"reject"} else _KEPT
