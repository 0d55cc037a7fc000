"""Mending: small slips in a spelling given by itself ("SUPERIO COURT", "NEW BRITIAN"). Running text is never mended."""

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from portico.places import geography
from portico.places.court_words import court_words
from portico.places.landmark import landmark_phrases
from portico.places.spelling import Word, spell

_SHORTEST = 5
# Of ten letters, about one wrong or two swapped.
_ALIKE = 0.85
# Before "county" only few names are possible, so a little less likeness is enough.
_ALIKE_COUNTY = 0.8


def mended(found: Sequence[Word], states: frozenset[str] | None) -> list[Word]:
    """The words, each unknown one replaced by the only word like it of the field, or of a place in those states.

    states  where the place may be; None = anywhere, and then only words of the field are mended
    """
    kept = [_mended(word, states) for word in found]
    for at, word in enumerate(kept[:-1]):
        if states and kept[at + 1].norm == "county" and len(word.norm) >= _SHORTEST:
            kept[at] = _as_county(word, states)
    return kept


def _as_county(word: Word, states: frozenset[str]) -> Word:
    """A word before "county" that ends no county's name in those states, as the only one that is like it."""
    names = _county_words(states)
    likely = None if word.norm in names else _only_one(word.norm, names, _ALIKE_COUNTY)
    return word._replace(norm=likely) if likely else word


def _mended(word: Word, states: frozenset[str] | None) -> Word:
    if len(word.norm) < _SHORTEST or not word.norm.isalpha() or word.norm in _known():
        return word
    likely = _swapped(word.norm, _court_terms()) or _only_one(word.norm, _court_terms())
    if likely is None and states:
        likely = _only_one(word.norm, _place_words(states))
    return word._replace(norm=likely) if likely else word


def _swapped(norm: str, terms: frozenset[str]) -> str | None:
    """The term that it is with two neighbouring letters swapped ("COUTR"): in a short word that looks less alike."""
    swaps = (norm[:at] + norm[at + 1] + norm[at] + norm[at + 2 :] for at in range(len(norm) - 1))
    return next((each for each in swaps if each in terms), None)


@lru_cache(maxsize=20_000)
def _only_one(norm: str, terms: frozenset[str], cutoff: float = _ALIKE) -> str | None:
    from difflib import get_close_matches  # noqa: PLC0415  (only a spelling by itself needs it)

    alike = get_close_matches(norm, _may_be_alike(norm, terms, cutoff), n=2, cutoff=cutoff)
    return alike[0] if len(alike) == 1 else None


def _may_be_alike(norm: str, terms: frozenset[str], cutoff: float) -> list[str]:
    """Without those that length or missing letters rule out, which are nearly all: comparing well is slow."""
    mine, length, by_length = _letters(norm), len(norm), _by_length(terms)
    shortest, longest = int(length * cutoff / (2 - cutoff)), int(length * (2 - cutoff) / cutoff) + 1
    return [
        term
        for other in range(shortest, longest + 1)
        for term, its in by_length.get(other, ())
        if 2 * min(length - (mine & ~its).bit_count(), other - (its & ~mine).bit_count()) >= cutoff * (length + other)
    ]


@cache
def _by_length(terms: frozenset[str]) -> dict[int, list[tuple[str, int]]]:
    lengths: dict[int, list[tuple[str, int]]] = {}
    for term in terms:
        lengths.setdefault(len(term), []).append((term, _letters(term)))
    return lengths


def _letters(word: str) -> int:
    """The letters that a word has, a bit for each."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return bits


@cache
def _court_terms() -> frozenset[str]:
    say = court_words()
    phrases = (*say.kinds, *say.generic_heads, *say.mixed_heads)
    return frozenset(term for phrase in phrases for term in phrase.split() if len(term) >= _SHORTEST)


@cache
def _place_words(states: frozenset[str]) -> frozenset[str]:
    return _words_of(place.name for place in geography.all_places() if place.state in states)


@cache
def _county_words(states: frozenset[str]) -> frozenset[str]:
    counties = (county for county in geography.all_counties() if county.state in states)
    return frozenset(spell(county.name)[-1] for county in counties)


@cache
def _known() -> frozenset[str]:
    field = frozenset(term for phrase in landmark_phrases() for term in spell(phrase))
    return _court_terms() | field | {"county", "parish"} | _words_of(place.name for place in geography.all_places())


def _words_of(names: Iterable[str]) -> frozenset[str]:
    return frozenset(term for name in names for term in spell(name) if len(term) >= _SHORTEST)
