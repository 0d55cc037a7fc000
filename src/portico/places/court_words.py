"""The words that name courts in running text, from `data/court-words.yaml`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import yaml

from portico.places.gazetteer import DATA
from portico.places.phrasebook import PhraseBook
from portico.places.spelling import spell


@dataclass(frozen=True, slots=True, kw_only=True)
class CourtWords:
    """See the comments in the file; each is in the common forms of `spelling`.

    heads, authors, towns   phrases
    kinds                   phrase → kinds of the gazetteer; systems: phrase → court system
    """

    heads: PhraseBook[str]
    mixed_heads: frozenset[str]
    generic_heads: frozenset[str]
    kinds: Mapping[str, frozenset[str]]
    systems: Mapping[str, str]
    authors: PhraseBook[str]
    towns: PhraseBook[str]
    titles: frozenset[str]
    bodies: frozenset[str]
    things: frozenset[str]
    people_of: frozenset[str]
    streets: frozenset[str]
    never_names: frozenset[str]


@cache
def court_words() -> CourtWords:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    file = yaml.load((DATA / "court-words.yaml").read_bytes(), Loader=loader)  # noqa: S506  (a safe loader)
    return CourtWords(
        heads=_book([*file["heads"], *file["mixed_heads"]]),
        mixed_heads=_common(file["mixed_heads"]),
        generic_heads=_common(file["generic_heads"]),
        kinds={" ".join(spell(word)): frozenset(kinds) for word, kinds in file["kinds"].items()},
        systems={" ".join(spell(word)): system for word, system in file["systems"].items()},
        authors=_book(file["authors"]),
        towns=_book(file["towns"]),
        titles=_common(file["titles"]),
        bodies=_common(file["bodies"]),
        things=_common(file["things"]),
        people_of=_common(file["people_of"]),
        streets=_common(file["streets"]),
        never_names=_common(file["never_names"]),
    )


def _book(phrases: Iterable[str]) -> PhraseBook[str]:
    return PhraseBook((spell(phrase), " ".join(spell(phrase))) for phrase in phrases)


def _common(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(" ".join(spell(phrase)) for phrase in phrases)
