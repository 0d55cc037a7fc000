"""Guarded words: where a text says who somebody is, and what kind of word stands there.

A page that is printed or passed on leaves the room where the key is. So it masks these words unless asked not to.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from portico.facts import ATTRIBUTES, SourcedClaim, Span
from portico.web.language import told as _

IDENTIFYING = frozenset(
    ("name", "alias", "age", "nationality", "language", "a_number", "contact", "docket", "officer_name")
)
"""Guarded attributes whose words are masked. Not the others: a gender is in every "he" and "her", and a narrative or an
outcome is the telling itself, which whoever may read the document may read."""

_REPEATED = frozenset(("name", "alias", "a_number", "contact", "docket", "officer_name"))
"""Those whose words point to the person wherever they stand, also where no claim rests on them."""

_SHORTEST_PART = 3  # "Li" or "de" alone would mask ordinary words; a whole name is masked however short


@dataclass(frozen=True, slots=True, order=True)
class Mask:
    """Words not to be shown. kinds: what kinds of word they are, as a page says it: ("name", "age")."""

    start: int
    end: int
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GuardedWords:
    """The words that point to somebody wherever they stand. phrases: (words, kind), the longest first."""

    phrases: tuple[tuple[str, str], ...] = ()

    def places(self, text: str) -> tuple[Mask, ...]:
        """Where they stand in any text: as whole words; part of a name only with a capital, as names have one."""
        return tuple(
            Mask(found.start(), found.end(), (kind,))
            for words, kind in self.phrases
            for found in re.finditer(_as_words(words), text, re.IGNORECASE)
            if not found[0][0].islower()
        )


def guarded_words(told: Iterable[tuple[str | None, SourcedClaim]]) -> GuardedWords:
    """The words to mask everywhere.

    told  each claim with the text that its spans count in (None: not at hand, then only its value is known)
    """
    phrases = {
        (part, _kind(told_claim))
        for text, told_claim in told
        if told_claim.claim.attribute in _REPEATED
        for words in _told_words(text, told_claim)
        for part in _parts(words, told_claim.claim.attribute)
    }
    return GuardedWords(tuple(sorted(phrases, key=lambda phrase: (-len(phrase[0]), phrase))))


def masks(text: str, claims: Iterable[SourcedClaim], words: GuardedWords) -> tuple[Mask, ...]:
    """What to mask in one source's text: the spans of its guarded claims, and guarded words wherever else they stand.

    Disjoint and in order; masks that overlap or touch are one.
    """
    claimed = (
        Mask(span.start, span.end, (_kind(each),))
        for each in claims
        if each.claim.attribute in IDENTIFYING
        for span in each.claim.spans
    )
    return merged([*claimed, *words.places(text)])


def merged(found: Collection[Mask]) -> tuple[Mask, ...]:
    """The same places, disjoint and in order."""
    joined: list[Mask] = []
    for each in sorted(found):
        if joined and each.start <= joined[-1].end:
            before = joined.pop()
            kinds = tuple(dict.fromkeys((*before.kinds, *each.kinds)))
            joined.append(Mask(before.start, max(before.end, each.end), kinds))
        else:
            joined.append(each)
    return tuple(joined)


def clipped(found: Sequence[Mask], span: Span) -> tuple[Mask, ...]:
    """The masks in a passage, cut to it."""
    return tuple(
        Mask(max(each.start, span.start), min(each.end, span.end), each.kinds)
        for each in found
        if each.start < span.end and span.start < each.end
    )


def _told_words(text: str | None, told: SourcedClaim) -> list[str]:
    spans = [text[span.start : span.end] for span in told.claim.spans] if text is not None else []
    return [*map(str, told.claim.possible), *spans]


def _parts(words: str, attribute: str) -> list[str]:
    """The words themselves if they look like a name or number, and each part of a name: papers print "Mr. Quintera"."""
    whole = [part.strip() for part in words.split(";") if re.search(r"[A-Z0-9]|[^\W\da-z_]", part)]
    if attribute in ("a_number", "contact", "docket"):
        return [part for part in whole if part]
    names = [name for part in whole for name in re.findall(r"[^\W\d_][\w'’-]*", part)]
    return [*filter(None, whole), *(n for n in names if len(n) >= _SHORTEST_PART and not n[0].islower())]


def _as_words(words: str) -> str:
    return r"(?<!\w)" + r"\s+".join(map(re.escape, words.split())) + r"(?!\w)"


def _kind(told: SourcedClaim) -> str:
    label = _(ATTRIBUTES[told.claim.attribute].label)
    return label if label.startswith("A-") else label.lower()
