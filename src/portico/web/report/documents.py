"""The documents: each text in paragraphs with its marked words, and beside it a note for every claim."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from portico.facts import Span, Status
from portico.web.dossier import DossierSource
from portico.web.language import told as _
from portico.web.marks import Run, runs
from portico.web.report.sheet import Bit, PlacedClaim, Sheet
from portico.web.wording import (
    STATUS_CLASS,
    STATUS_WORDS,
    capital,
    claim_words,
    date_words,
    listed,
    moment_words,
    voice_words,
)

_MOST_OPEN_FIRST = (Status.DISPUTED, Status.SINGLE_SOURCE, Status.AGREED, Status.UNKNOWN)
_LONGEST_TITLE = 200  # characters; a longer first line is a paragraph


@dataclass(frozen=True, slots=True)
class Number:
    """A fact's number at the end of the words that carry it, and the note that it leads to."""

    number: int
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of words under the same marks.

    pins     ids of statements and actions whose passage begins here
    classes  of the mark, empty for plain words
    anchors  (id, class) of the claims whose words begin here, the widest first
    note     the note that the words lead to: that of the narrowest claim; none from white space alone
    numbers  of the claims whose words end here
    """

    bit: Bit
    pins: tuple[str, ...] = ()
    classes: str = ""
    anchors: tuple[tuple[str, str], ...] = ()
    note: str = ""
    numbers: tuple[Number, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    title: bool
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A claim beside its document. places: (id, "88–106"), as a span counts: from 0, the last not included."""

    id: str
    number: int
    label: str
    value: tuple[Bit, ...]
    by: tuple[Bit, ...]
    alleged: bool
    places: tuple[tuple[str, str], ...]
    status: str
    status_words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentView:
    letter: str
    heading: tuple[Bit, ...]
    told: str
    kept: str
    url: str
    url_words: str
    language: str
    withheld: str
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...]


def document_view(sheet: Sheet) -> DocumentView:
    """One document as the page shows it; without blocks when its text is withheld."""
    source = sheet.source
    url = source.url or ""
    return DocumentView(
        letter=source.letter,
        heading=sheet.free(source.publisher or source.heading),
        told=listed((capital(source.kind), source.published_on and date_words(source.published_on))),
        kept=_kept(source),
        url=url if url.startswith(("https://", "http://")) else "",
        url_words=url,
        language=source.language or "",
        withheld="" if source.text is not None else _withheld(source),
        blocks=() if source.text is None else _blocks(sheet, source.text),
        notes=tuple(_note(sheet, placed) for placed in sheet.claims),
    )


def _kept(source: DossierSource) -> str:
    """What a private document says of itself in its head."""
    if not source.private:
        return ""
    shown = _("shown to you because you hold the key") if source.text is not None else ""
    return capital(shown) if "private" in source.kind.lower() else ": ".join(filter(None, (_("Private"), shown)))


def received_words(sheet: Sheet) -> str:
    return _("received %(moment)s") % {"moment": moment_words(sheet.source.received_at)}


def paragraphs(text: str) -> tuple[Span, ...]:
    """The paragraphs of a text: what stands between blank lines, without the white space around it.

    A text of white space alone is one paragraph, so that whatever rests on it has a place.
    """
    edges = [0, *(edge for gap in re.finditer(r"\n\s*\n\s*", text) for edge in gap.span()), len(text)]
    stretches = (Span(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True))
    found = tuple(words for stretch in stretches if (words := _trimmed(text, stretch)))
    return found or ((Span(0, len(text)),) if text else ())


def _withheld(source: DossierSource) -> str:
    if source.withheld == "erased":
        return _("The words of this document were erased. Its hash and what was read from it in code remain.")
    return _("The words of this document are locked. Who holds the key of the record can make this page with them.")


def _trimmed(text: str, span: Span) -> Span | None:
    words = text[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip())) if words.strip() else None


def _blocks(sheet: Sheet, text: str) -> tuple[Block, ...]:
    extents = paragraphs(text)
    claims = {place: placed for placed in sheet.claims for place, _ in placed.places}
    passages = [*(each.places for each in sheet.statements), *(each.places for each in sheet.actions)]
    places = dict(each for placed in (*(each.places for each in sheet.claims), *passages) for each in placed)
    solid = [Span(mask.start, mask.end) for mask in sheet.masks]
    found = groupby(runs(extents, places, solid), key=lambda run: run.extent)
    return tuple(
        Block(
            title=number == 0 and len(extents) > 1 and _is_title(text[extents[0].start : extents[0].end]),
            pieces=tuple(_piece(sheet, run, claims) for run in block),
        )
        for number, block in found
    )


def _is_title(words: str) -> bool:
    return len(words) <= _LONGEST_TITLE and "\n" not in words and not words.endswith((".", ":", ",", ";"))


def _piece(sheet: Sheet, run: Run, claims: dict[str, PlacedClaim]) -> Piece:
    (bit,) = sheet.words(Span(run.start, run.end))
    pins = tuple(key for key in run.begins if key not in claims)
    over = [claims[key] for key in run.marks if key in claims]
    if not over:
        return Piece(bit=bit, pins=pins)
    return Piece(
        bit=bit,
        pins=pins,
        classes=" ".join(dict.fromkeys(["m", *(f"k{placed.fact.number}" for placed in over), _status_of(over)])),
        anchors=tuple((key, f"k{claims[key].fact.number}") for key in run.begins if key in claims),
        note=over[-1].note if bit.masked or bit.text.strip() else "",
        numbers=tuple(Number(claims[key].fact.number, claims[key].note) for key in run.ends if key in claims),
    )


def _status_of(over: Sequence[PlacedClaim]) -> str:
    """Of several facts in the same words, how the most open one stands."""
    return STATUS_CLASS[min((placed.fact.state.status for placed in over), key=_MOST_OPEN_FIRST.index)]


def _note(sheet: Sheet, placed: PlacedClaim) -> Note:
    claim, status = placed.told.claim, placed.fact.state.status
    return Note(
        id=placed.note,
        number=placed.fact.number,
        label=placed.fact.label,
        value=sheet.free(claim_words(claim)),
        by=sheet.free(voice_words(claim.asserted_by or "")),
        alleged=claim.hedge == "alleged",
        places=tuple((key, f"{span.start}–{span.end}") for key, span in placed.places),
        status=STATUS_CLASS[status],
        status_words=_(STATUS_WORDS[status]),
    )
