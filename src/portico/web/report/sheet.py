"""One source prepared for the page: its claims and passages with their anchors, its words with their masks."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from portico.facts import Action, SourcedClaim, Span, Statement
from portico.web.dossier import DossierSource, letter
from portico.web.language import told as _
from portico.web.masks import GuardedWords, Mask, clipped, guarded_words, masks
from portico.web.report.facts import NumberedFact

Place = tuple[str, Span]
"""An id on the page, and the words that stand there."""

_NOWHERE = 2**63


@dataclass(frozen=True, slots=True)
class Bit:
    """Words as they are shown: either text, or the kind of word that is masked instead of it."""

    text: str = ""
    masked: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedClaim:
    """A claim with its fact, its note beside the document and its places in the text.

    note    id of the note; every claim has one
    places  an id for each span, in the order of the text; none for a claim that a person made without words
    """

    told: SourcedClaim
    fact: NumberedFact
    note: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class PlacedStatement:
    statement: Statement
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class PlacedAction:
    action: Action
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A source with everything placed in it. claims are in the order of the text."""

    source: DossierSource
    claims: tuple[PlacedClaim, ...]
    statements: tuple[PlacedStatement, ...]
    actions: tuple[PlacedAction, ...]
    masks: tuple[Mask, ...]
    guarded: GuardedWords

    @property
    def letter(self) -> str:
        return self.source.letter

    def words(self, span: Span) -> tuple[Bit, ...]:
        """The words of a span as they are shown; none if the text is withheld."""
        if self.source.text is None:
            return ()
        return _bits(self.source.text, span, clipped(self.masks, span))

    def free(self, words: str) -> tuple[Bit, ...]:
        """Words from elsewhere than the text, such as a speaker's name, as they are shown."""
        return masked_bits(words, self.guarded)


def sheets(
    sources: Sequence[DossierSource], facts: Sequence[NumberedFact], *, show_guarded: bool = False
) -> tuple[Sheet, ...]:
    """The sources, prepared. What one source tells of somebody's name is masked in all of them."""
    told = [(source.text, claim) for source in sources for claim in source.claims]
    guarded = GuardedWords() if show_guarded else guarded_words(told)
    return tuple(_sheet(source, facts, guarded, show_guarded) for source in sources)


def masked_bits(words: str, guarded: GuardedWords) -> tuple[Bit, ...]:
    """Any words as they are shown."""
    return _bits(words, Span(0, len(words)), masks(words, (), guarded))


def _sheet(source: DossierSource, facts: Sequence[NumberedFact], guarded: GuardedWords, show_guarded: bool) -> Sheet:
    return Sheet(
        source=source,
        claims=_placed_claims(source, facts),
        statements=tuple(
            PlacedStatement(each, _places(f"{source.letter}-s{number}", each.spans))
            for number, each in enumerate(source.statements, start=1)
        ),
        actions=tuple(
            PlacedAction(each, _places(f"{source.letter}-a{number}", each.spans))
            for number, each in enumerate(source.actions, start=1)
        ),
        masks=() if show_guarded or source.text is None else masks(source.text, source.claims, guarded),
        guarded=guarded,
    )


def _placed_claims(source: DossierSource, facts: Sequence[NumberedFact]) -> tuple[PlacedClaim, ...]:
    """Ids by letter and number of the fact: A-9 is the first place in A that tells of fact 9, A-9b the second."""
    by_attribute = {fact.attribute: fact for fact in facts}
    once = {told.id: told for told in source.claims if told.claim.attribute in by_attribute}
    taken: Counter[int] = Counter()
    placed = []
    for told in sorted(once.values(), key=_order):
        fact = by_attribute[told.claim.attribute]
        ids = []
        for _each in told.claim.spans or (None,):
            ids.append(_numbered(f"{source.letter}-{fact.number}", taken[fact.number]))
            taken[fact.number] += 1
        places = tuple(zip(ids, sorted(told.claim.spans), strict=False))
        placed.append(PlacedClaim(told=told, fact=fact, note=f"n-{ids[0]}", places=places))
    return tuple(placed)


def _order(told: SourcedClaim) -> tuple[int, int, str]:
    """By first place in the text, the shorter first; claims without words last."""
    spans = sorted(told.claim.spans)
    return (spans[0].start, spans[0].end, told.id) if spans else (_NOWHERE, _NOWHERE, told.id)


def _places(stem: str, spans: Iterable[Span]) -> tuple[Place, ...]:
    return tuple((_numbered(stem, number), span) for number, span in enumerate(sorted(spans)))


def _numbered(stem: str, before: int) -> str:
    """A-9, A-9b, A-9c, …"""
    return stem + (letter(before).lower() if before else "")


def _bits(text: str, span: Span, found: Sequence[Mask]) -> tuple[Bit, ...]:
    bits, at = [], span.start
    for each in found:
        bits += [Bit(text[at : each.start]), Bit(masked=_(" and ").join(each.kinds))]
        at = each.end
    return tuple(bit for bit in (*bits, Bit(text[at : span.end])) if bit.text or bit.masked)
