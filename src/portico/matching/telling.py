"""What an account tells, in the form in which two accounts are compared: read once, compared often."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from portico.facts import Account, PartialDate, Value

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One account, read for comparison.

    values             attribute → the values it leaves possible, those it denies left out
    dates              the days it may be, as far as told
    court_words        distinctive words of the courthouse's name
    place_words        those, and the names of county and city: where to look for others
    name_words         words of the names of the people
    """

    values: Mapping[str, tuple[Value, ...]]
    dates: tuple[PartialDate, ...]
    court_words: frozenset[str]
    place_words: frozenset[str]
    name_words: frozenset[str]


def read_account(account: Account, common: frozenset[str]) -> Telling:
    """What an account tells. Several values of one attribute are all possible, whoever in the text gives them.

    common  words that many courthouses share: they do not tell two apart
    """
    names = dict.fromkeys(claim.attribute for claim in account.claims)
    values = {name: found for name in names if (found := account.candidates(name))}
    court_words = words(values.get("courthouse", ())) - common
    places = [value for name in ("county", "city") for value in values.get(name, ())]
    return Telling(
        values=values,
        dates=tuple(PartialDate(str(each)) for each in values.get("date", ())),
        court_words=court_words,
        place_words=court_words | (words(places) - common) | frozenset(map(str, values.get("courthouse_id", ()))),
        name_words=words(values.get("name", ())),
    )


def words(values: Iterable[Value]) -> frozenset[str]:
    """The words of several values, without case."""
    return frozenset(word for value in values for word in _WORD.findall(str(value).casefold()))
