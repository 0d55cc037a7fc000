"""The words that name courts in running text, from `data/court-words.yaml`."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

import msgspec

from portico.places.files import words_file
from portico.places.phrasebook import PhraseBook
from portico.places.spelling import spell


class CourtWords(NamedTuple):
    """See the comments in the file; each is in the common forms of `spelling`.

    heads, authors, towns   phrases; other_first_words: what authors and towns begin with
    kinds                   phrase → kinds of the gazetteer; systems: phrase → court system
    """

    heads: PhraseBook[str]
    mixed_heads: frozenset[str]
    generic_heads: frozenset[str]
    kinds: Mapping[str, frozenset[str]]
    systems: Mapping[str, str]
    authors: PhraseBook[str]
    towns: PhraseBook[str]
    other_first_words: frozenset[str]
    titles: frozenset[str]
    bodies: frozenset[str]
    things: frozenset[str]
    people_of: frozenset[str]
    streets: frozenset[str]
    never_names: frozenset[str]


class _File(msgspec.Struct, forbid_unknown_fields=True):
    """The file as it is written; its comments say what each part is."""

    heads: list[str]
    mixed_heads: list[str]
    generic_heads: list[str]
    kinds: dict[str, list[str]]
    systems: dict[str, str]
    authors: list[str]
    titles: list[str]
    bodies: list[str]
    things: list[str]
    people_of: list[str]
    streets: list[str]
    towns: list[str]
    never_names: list[str]


@cache
def court_words() -> CourtWords:
    """The words, read once."""
    file = words_file("court-words.yaml", _File)
    authors, towns = _book(file.authors), _book(file.towns)
    return CourtWords(
        heads=_book([*file.heads, *file.mixed_heads]),
        mixed_heads=_common(file.mixed_heads),
        generic_heads=_common(file.generic_heads),
        kinds={" ".join(spell(word)): frozenset(kinds) for word, kinds in file.kinds.items()},
        systems={" ".join(spell(word)): system for word, system in file.systems.items()},
        authors=authors,
        towns=towns,
        other_first_words=frozenset(authors.first_words | towns.first_words),
        titles=_common(file.titles),
        bodies=_common(file.bodies),
        things=_common(file.things),
        people_of=_common(file.people_of),
        streets=_common(file.streets),
        never_names=_common(file.never_names),
    )


def _book(phrases: Iterable[str]) -> PhraseBook[str]:
    return PhraseBook((spell(phrase), " ".join(spell(phrase))) for phrase in phrases)


def _common(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(" ".join(spell(phrase)) for phrase in phrases)
