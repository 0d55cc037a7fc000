"""Person phrases: the words that stand for somebody without being a name ("a man", "her client", "he"), or are one.

Officers, judges and lawyers are not among them: `data/person.yaml` lists those whom an arrest may concern.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from portico.reading.cues import load_cues

Gender = Literal["male", "female"]

_PRONOUN = re.compile(
    r"\b(?:(?P<male>[Hh]e|him|[Hh]imself)|(?P<female>[Ss]he|her|[Hh]erself)|(?P<many>[Tt]hey|them))\b(?!['’])"
)
_QUANTITY = re.compile(
    r"(?:at least |as many as |the other |the |all |two of )?"
    r"(?P<n>one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,3}|both|an?|several|dozens|numerous|some|many)\b",
    re.IGNORECASE,
)
_NEW = re.compile(
    r"(?:an?|one|another|two|three|four|five|six|seven|eight|nine|ten|several|at least|some|\d+)\b", re.IGNORECASE
)
_NUMBERS = {
    word: number
    for number, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], start=1
    )
} | {"both": 2, "a": 1, "an": 1}
_OPEN = frozenset({"several", "dozens", "numerous", "some", "many"})
_PAIR = re.compile(r"couple|pair|husband and wife", re.IGNORECASE)
_SINGULAR: dict[str, Gender | None] = {"male": "male", "female": "female", "person": None}
_PLURAL: dict[str, Gender | None] = {"males": "male", "females": "female", "people": None}


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPhrase:
    """Words for one or more persons.

    form    a name, a noun with what belongs to it, or a pronoun
    gender  as the words say it; None where they do not
    count   how many; None for "several", "they"
    name    of a name, the name
    indefinite  brings somebody into the story: "a man", "four men"
    """

    start: int
    end: int
    form: Literal["name", "noun", "pronoun"]
    gender: Gender | None = None
    count: int | None = 1
    name: str | None = None
    indefinite: bool = False


def person_phrases(
    text: str, start: int, end: int, names: Iterable[tuple[int, int, str, Gender | None]]
) -> tuple[PersonPhrase, ...]:
    """Every person phrase between two places, in order, none overlapping another; a name goes before a noun.

    names  the names found there: start, end, name, gender where a title says it
    """
    found = [
        PersonPhrase(start=first, end=last, form="name", gender=gender, name=name)
        for first, last, name, gender in names
        if start <= first and last <= end
    ]
    found += _apart(
        found, [_noun(text, hit.start, hit.end, hit.value) for hit in load_cues("person").find(text, start, end)]
    )
    found += _apart(found, [_pronoun(match) for match in _PRONOUN.finditer(text, start, end)])
    return tuple(sorted(found, key=lambda phrase: phrase.start))


def quantity(words: str) -> int | None:
    """How many a phrase counts: "at least three people" 3, "several" None, "the woman" 1 if no number begins it."""
    match = _QUANTITY.match(words)
    if match is None:
        return 1
    number = match["n"].lower()
    if number in _OPEN:
        return None
    return int(number) if number.isdigit() else _NUMBERS[number]


def _noun(text: str, start: int, end: int, value: str) -> PersonPhrase:
    words = text[start:end]
    new = _NEW.match(words) is not None
    if value in _SINGULAR:
        return PersonPhrase(start=start, end=end, form="noun", gender=_SINGULAR[value], indefinite=new)
    counted = _QUANTITY.match(words) is not None
    number = 2 if _PAIR.search(words) else quantity(words) if counted else None
    return PersonPhrase(start=start, end=end, form="noun", gender=_PLURAL[value], count=number, indefinite=new)


def _pronoun(match: re.Match[str]) -> PersonPhrase:
    gender: Gender | None = "male" if match["male"] else "female" if match["female"] else None
    return PersonPhrase(
        start=match.start(), end=match.end(), form="pronoun", gender=gender, count=None if match["many"] else 1
    )


def _apart(taken: Sequence[PersonPhrase], found: Iterable[PersonPhrase]) -> list[PersonPhrase]:
    return [one for one in found if not any(one.start < other.end and other.start < one.end for other in taken)]
