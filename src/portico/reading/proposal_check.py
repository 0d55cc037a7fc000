"""The check of one proposal: its quotation stands in the text, and its value is what the quoted words can bear.

A name or place must itself be words of the text, a code must be of the vocabulary, a number must stand in the quotation
(a count of people excepted: "a man" is one), a day must be what the reader's own reckoning makes of the quoted words.
"""

import re
from collections.abc import Iterator

from portico.facts import ATTRIBUTES, HEDGES, Claim, DateError, Hedge, PartialDate, Span, Value
from portico.places import CourtMention
from portico.reading.numbers import numbers_in
from portico.reading.passage import Passage
from portico.reading.question import ASKED, NUMBERS

_LONGEST = 600
_MOST_PEOPLE = 10_000
_SHOWS_SOMETHING = re.compile(r"\w\w|\d")
_TIME = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d\Z")
_ALIKE = (("'’‘", "['’‘]"), ('"“”', '["“”]'), ("-–—", "[-–—]"))


class NotTakenError(Exception):
    """Why a proposal is dropped, in plain words."""


def placed(passage: Passage, quote: str | None, near: int = 0) -> Span:
    """Where quoted words stand, at the place nearest to another. Blanks, quotation marks and dashes may differ in kind.

    Raises NotTakenError for words that are not in the text, or too few or too many to show anything.
    """
    if not quote or not _SHOWS_SOMETHING.search(quote):
        raise NotTakenError("nothing is quoted")
    if len(quote) > _LONGEST:
        raise NotTakenError(f"more than {_LONGEST} characters are quoted")
    pattern = r"\s+".join("".join(map(_any_of_its_kind, word)) for word in quote.split())
    found = [match.span() for match in re.finditer(pattern, passage.text.content)]
    if not found:
        raise NotTakenError("the quoted words are not in the text")
    start, end = min(found, key=lambda place: abs(place[0] - near))
    return passage.text.span(start, end)


def _any_of_its_kind(letter: str) -> str:
    return next((pattern for letters, pattern in _ALIKE if letter in letters), re.escape(letter))


def words_of_text(passage: Passage, words: str | None, what: str) -> str | None:
    """Words as the text writes them; None for none. Raises NotTakenError, naming what they are, if it has them not."""
    if words is None or not words.strip():
        return None
    try:
        return " ".join(passage.text.words(placed(passage, words)).split())
    except NotTakenError:
        raise NotTakenError(f"the {what} is not in the words of the text") from None


def coded(passage: Passage, attribute: str, value: object, span: Span) -> Value:
    """A value that the quoted words can bear. Raises NotTakenError."""
    if attribute not in ASKED:
        raise NotTakenError("this is not asked for")
    codes = ATTRIBUTES[attribute].values
    if isinstance(value, bool):
        value = "yes" if value else "no"
    if codes:
        if value not in codes:
            raise NotTakenError(f"{attribute} has no such code")
        return str(value)
    if attribute in NUMBERS:
        return _number(passage, attribute, value, span)
    if attribute == "date":
        return day(passage, value, span)
    return _time(value) if attribute == "time" else _free(passage, attribute, value)


def _number(passage: Passage, attribute: str, value: object, span: Span) -> int:
    if not isinstance(value, int) or not 0 <= value <= _MOST_PEOPLE:
        raise NotTakenError(f"{attribute} is not a number that can be")
    if attribute == "age" and not has_number(passage, value, span):
        raise NotTakenError("the quoted words hold no such number")
    return value


def has_number(passage: Passage, value: float, span: Span) -> bool:
    """Whether the quoted words hold a number, in digits or words."""
    content = passage.text.content
    digits = {
        float(found.replace(",", "")) for found in re.findall(r"\d[\d,]*(?:\.\d+)?", content[span.start : span.end])
    }
    return value in digits or any(number.value == value for number in numbers_in(content, span.start, span.end))


def day(passage: Passage, value: object, span: Span) -> str:
    """The day that the reader reckons from the quoted words, if the proposed one agrees with it.

    A model counts weekdays badly and fills in years; what the words leave open stays open.
    """
    here = [date.value for date in passage.dates if date.start < span.end and span.start < date.end and date.value]
    if not here:
        raise NotTakenError("the quoted words make no day certain")
    try:
        proposed = PartialDate(str(value))
    except DateError:
        raise NotTakenError("this is not a date") from None
    fitting = [date for date in here if date.may_equal(proposed)]
    if not fitting:
        raise NotTakenError("the quoted words give another day")
    return fitting[0].edtf


def _time(value: object) -> str:
    if not isinstance(value, str) or not _TIME.match(value):
        raise NotTakenError("this is not a time of day")
    return value


def _free(passage: Passage, attribute: str, value: object) -> str:
    parts = str(value).split(";") if attribute == "name" else [str(value)]
    found = [words_of_text(passage, part.strip(), attribute) for part in parts]
    if not all(found):
        raise NotTakenError(f"the {attribute} is not said")
    return "; ".join(filter(None, found))


def hedge_of(words: str | None) -> Hedge | None:
    """A hedge by its code. Raises NotTakenError: a denial must not turn into a claim."""
    if words in (None, ""):
        return None
    if words not in HEDGES:
        raise NotTakenError("the hedge has no such code")
    return "denied" if words == "denied" else "alleged"


def of_gazetteer(passage: Passage, courthouse: Claim) -> Iterator[Claim]:
    """What is certain of a court that a claim names: as the rules do, from the gazetteer, on the same words."""
    here = (court for court in passage.courts if any(_over(court, span) for span in courthouse.spans))
    court = next(here, None)
    if court is None or court.generic:
        return
    known: dict[str, str | None] = {
        "courthouse_id": court.courthouse.id if court.courthouse else None,
        "county": court.county,
        "city": court.city,
        "state": court.state,
        "court_system": court.court_system,
    }
    for attribute, value in known.items():
        if value:
            yield Claim(attribute=attribute, value=value, spans=courthouse.spans, origin=courthouse.origin)


def _over(court: CourtMention, span: Span) -> bool:
    return court.start < span.end and span.start < court.end
