"""Landmarks: what a place is that a record names by itself, from the words of `data/landmark-words.yaml`."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal, NamedTuple

import msgspec

from portico.places.files import words_file
from portico.places.phrasebook import PhraseBook
from portico.places.spelling import Word, spell

Label = Literal["state_local_court", "federal_court", "immigration_court", "not_court", "ambiguous"]


Signs = frozenset[str]
"""The kinds of telling words in a spelling; each kind is a key of the file."""


def signs_in(found: Sequence[Word]) -> Signs:
    """Every kind of telling word that the words have; "bracketed" for offices named in brackets."""
    book = _book()
    norms = [word.norm for word in found]
    return frozenset(
        "bracketed" if kind == "offices" and _in_brackets(found, at) else kind
        for at in range(len(norms))
        for kind in book.all_at(norms, at)
    )


def _in_brackets(found: Sequence[Word], at: int) -> bool:
    gaps = "".join(word.gap for word in found[: at + 1])
    return gaps.count("(") > gaps.count(")")


def without_prefix(norms: Sequence[str]) -> int:
    """Where the place begins, after codes of teams and programs."""
    at = 0
    while at < len(norms):
        end, kinds = _book().longest_at(norms, at)
        if "prefixes" not in kinds:
            break
        at = end
    return at


class Named(NamedTuple):
    """What the grammar and the gazetteer found of the place.

    court       a court or courthouse is named, by a head that means nothing else
    courthouse  by the word courthouse
    complex     by a head that a jail may have too, such as "justice center"
    address     by its address, which other offices may share
    bare        by a name that alone may mean a place or a jail
    known       by a name of the gazetteer; exact: by nothing else
    system      the court system, if known
    court_area  by the number of its judicial area, as in Connecticut ("GA 14")
    county      "County, state", if known
    """

    court: bool = False
    courthouse: bool = False
    complex: bool = False
    address: bool = False
    bare: bool = False
    known: bool = False
    exact: bool = False
    court_area: bool = False
    system: str | None = None
    county: str | None = None

    @property
    def own_address(self) -> bool:
        """Whether it is the address of a state court: unlike a federal building's, it is seldom another office's."""
        return self.address and self.system not in (None, "eoir", "federal_article_iii")


def label_of(signs: Signs, named: Named) -> tuple[Label, str]:
    """The label of a place and why, in a plain sentence. Rules 1 to 8 of the hand-labelled set, in order."""
    if named.exact:
        return _exact(signs, named)
    if "court_holding" in signs or named.court_area:
        return "ambiguous", "The words name a place that holds people for a court, or beside one, not the court itself."
    if "bracketed" in signs and named.court:
        return "ambiguous", "The words name a court, with agencies that have rooms there in brackets."
    if "offices" in signs and not named.courthouse:
        return "not_court", "The words name an office or unit, not a court."
    if "booking" in signs and not ("holding" in signs and named.court):
        return _booking(named)
    return _held_or_court(signs, named) if named.court else _no_court(signs, named)


def _exact(signs: Signs, named: Named) -> tuple[Label, str]:
    if (named.known and (named.court or named.complex)) or named.own_address:
        return _court(signs, named)
    return "ambiguous", "A court is there, but the words may as well mean another office or place."


def _held_or_court(signs: Signs, named: Named) -> tuple[Label, str]:
    if "holding" in signs:
        return "ambiguous", "The words name a place that holds people for a court, not the court itself."
    return _court(signs, named)


def _booking(named: Named) -> tuple[Label, str]:
    if named.county in _words()["booking_at_court"]:
        return "ambiguous", "Booking there is in or beside the courthouse; the words name no court."
    return "not_court", "The words name a booking centre."


def _court(signs: Signs, named: Named) -> tuple[Label, str]:
    if "immigration" in signs or named.system == "eoir":
        return "immigration_court", "The words name an immigration court."
    if "federal" in signs or named.system == "federal_article_iii":
        return "federal_court", "The words name a federal court."
    return "state_local_court", "The words name a state or local court."


def _no_court(signs: Signs, named: Named) -> tuple[Label, str]:
    """The label of a place of which no court is named; the first that holds."""
    if ((named.complex and named.known) or named.own_address) and not signs & {"jails", "regions"}:
        return _court(signs, named)
    holds: tuple[tuple[bool, Label, str], ...] = (
        ("immigration" in signs, "immigration_court", "The words name the immigration court or its agency."),
        ("regions" in signs, "not_court", "The words name a region or a field operation."),
        (bool(signs & {"jails", "not_complexes"}), "not_court", "The words name a place that holds people."),
        (
            named.complex or "complexes" in signs,
            "ambiguous",
            "Such a building may hold a jail, a courthouse or both.",
        ),
        (
            named.address or named.bare,
            "ambiguous",
            "A court is there, but the words may as well mean another office or place.",
        ),
        (
            "unclear" in signs or signs >= {"court_teams", "court_kinds"},
            "ambiguous",
            "The words point to a court but name none.",
        ),
    )
    return next(((label, why) for holding, label, why in holds if holding), ("not_court", "The words name no court."))


def state_of_words(norms: Sequence[str]) -> str | None:
    """The state whose courts alone use such words, if there are any."""
    return next((state for at in range(len(norms)) for state in _states().all_at(norms, at)), None)


def landmark_phrases() -> tuple[str, ...]:
    """Every telling word or phrase of the file."""
    return tuple(phrase for phrases in _words().values() for phrase in phrases)


class _File(msgspec.Struct, frozen=True):
    """The file as it is written: each kind of telling words, those that tell a state, and what is written short."""

    kinds: dict[str, list[str]]
    of_state: dict[str, list[str]]
    written_out: dict[str, list[str]]
    ct_is_court_after: list[str]


@cache
def _file() -> _File:
    read = words_file("landmark-words.yaml", dict[str, list[str] | dict[str, list[str]]])
    others = {name: read.pop(name) for name in ("of_state", "written_out", "ct_is_court_after")}
    return msgspec.convert({"kinds": read, **others}, _File)


def written_out(text: str) -> str:
    """A landmark in capitals without the abbreviations of the field.

    >>> written_out("ELM DIST. CT HSE"), written_out("ELM SUPERIOR CT"), written_out("12 ELM CT")
    ('ELM DISTRICT COURTHOUSE', 'ELM SUPERIOR COURT', '12 ELM CT')
    """
    pattern, meant, ct = _short_forms()
    return ct.sub(r"\1COURT", pattern.sub(lambda found: meant["".join(filter(str.isalpha, found[1]))], text))


@cache
def _short_forms() -> tuple[re.Pattern[str], dict[str, str], re.Pattern[str]]:
    """The short forms, what each means by its letters, and where CT is a court."""
    file = _file()
    meant = {short.replace(" ", "").upper(): full.upper() for full, each in file.written_out.items() for short in each}
    shorts = sorted((short.upper() for each in file.written_out.values() for short in each), key=len, reverse=True)
    any_of = "|".join(short.replace(" ", "[ .-]*") for short in shorts)
    after = "|".join(word.upper() for word in file.ct_is_court_after)
    return re.compile(rf"\b({any_of})\b\.?"), meant, re.compile(rf"\b((?:{after}) )CT\b")


def _words() -> dict[str, list[str]]:
    return _file().kinds


@cache
def _states() -> PhraseBook[str]:
    return PhraseBook((spell(phrase), state) for state, phrases in _file().of_state.items() for phrase in phrases)


@cache
def _book() -> PhraseBook[str]:
    lists = ((kind, phrase) for kind, phrases in _words().items() if kind != "booking_at_court" for phrase in phrases)
    return PhraseBook((spell(phrase), kind) for kind, phrase in lists)
