"""Words for codes, dates, statuses and results: what a page prints where the record holds a code."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime

from portico.facts import Claim, FactState, PartialDate, Result, Status, Value, Verification
from portico.web.language import gettext_noop
from portico.web.language import told as _

_CODES = {
    ("agency", "ice"): "ICE",
    ("agency", "hsi"): "HSI",
    ("agency", "cbp"): "CBP",
    ("agency", "federal_unspecified"): "federal, agency not said",
    ("zone", "nonpublic_area"): "non-public area",
    ("zone", "inside_unspecified"): "inside, where not said",
    ("zone", "outside_unspecified"): "outside, where not said",
    ("zone", "street_vicinity"): "street nearby",
    ("court_staff", "neither"): "no part",
    ("custody_outcome", "taken"): "taken into custody",
    ("court_system", "ny_ucs"): "New York Unified Court System",
    ("court_system", "ny_town_village"): "New York town or village court",
    ("court_system", "federal_article_iii"): "federal court",
    ("court_system", "eoir"): "immigration court",
}

STATUS_CLASS = {
    Status.AGREED: "agreed",
    Status.DISPUTED: "disputed",
    Status.SINGLE_SOURCE: "single",
    Status.UNKNOWN: "unsaid",
}
STATUS_WORDS = {
    Status.AGREED: gettext_noop("agreed"),
    Status.DISPUTED: gettext_noop("disputed"),
    Status.SINGLE_SOURCE: gettext_noop("single source"),
    Status.UNKNOWN: gettext_noop("not said"),
}
RESULT_CLASS = {
    Result.CONSISTENT: "fits",
    Result.INCONSISTENT: "fits-not",
    Result.NOT_ENOUGH_KNOWN: "ask",
    Result.NOT_APPLICABLE: "apart",
}
RESULT_WORDS = {result: result.value.replace("_", " ") for result in Result}
VERIFICATION_WORDS = {
    Verification.REPORTED: gettext_noop("reported"),
    Verification.CORROBORATED: gettext_noop("corroborated by a second source"),
    Verification.VERIFIED: gettext_noop("verified by a person"),
    Verification.REFUTED: gettext_noop("refuted"),
    Verification.UNABLE: gettext_noop("could not be verified"),
}

_SMALL = (
    *(gettext_noop("No"), gettext_noop("One"), gettext_noop("Two"), gettext_noop("Three"), gettext_noop("Four")),
    *(gettext_noop("Five"), gettext_noop("Six"), gettext_noop("Seven"), gettext_noop("Eight"), gettext_noop("Nine")),
    gettext_noop("Ten"),
)


def value_words(attribute: str, value: Value) -> str:
    """A value as a page prints it: codes in words, dates in full, anything else as it is."""
    if attribute == "date":
        return date_words(str(value), weekday=True)
    if attribute == "time":
        return re.sub(r"\A0(?=\d:)", "", str(value))
    code = str(value)
    return _(code_words(attribute, code)) if re.fullmatch(r"[a-z_]+", code) else code


def code_words(attribute: str, code: str) -> str:
    """The words of a code as they are written here, before any translation."""
    return _CODES.get((attribute, code)) or code.replace("_", " ")


def spaced(code: str) -> str:
    """A code that stands for itself: `not_enough_known` → "not enough known"."""
    return _(code.replace("_", " "))


def claim_words(claim: Claim) -> str:
    """What a claim says: its value, the values it leaves open, or what its speaker denies."""
    said = list(dict.fromkeys(value_words(claim.attribute, value) for value in claim.possible))
    if claim.hedge != "denied":
        return any_words(said)
    if claim.possible in (("yes",), ("no",)):
        return _("no") if claim.possible == ("yes",) else _("yes")
    if claim.any_of:
        return _("neither %(values)s") % {"values": _(" nor ").join(said)}
    return _("not %(value)s") % {"value": any_words(said)}


def voice_words(asserted_by: str) -> str:
    """Whom a text names, within a sentence: "An agency spokesperson" → "an agency spokesperson"."""
    return re.sub(r"\A(An?|The|One|Two|Three|Several|Some)\b", lambda found: found[0].lower(), asserted_by)


def values_words(fact: FactState) -> tuple[str, ...]:
    """What is possible, in words. What somebody denies is given as that, not as every other code: "not denied"."""
    denied = (claim_words(each.claim) for each in fact.claims if each.claim.hedge == "denied")
    return tuple(dict.fromkeys((*said_words(fact), *denied)))


def said_words(fact: FactState) -> tuple[str, ...]:
    """The values that somebody says; without what is possible only because another value is denied."""
    told = [each.claim for each in fact.claims]
    said = {value for claim in told if claim.hedge != "denied" for value in claim.possible}
    denied = any(claim.hedge == "denied" for claim in told)
    values = (value for value in fact.values if value in said or not denied)
    return tuple(dict.fromkeys(value_words(fact.attribute, value) for value in values))


def any_words(words: Iterable[str]) -> str:
    """One of these: "hallway or lobby"."""
    return _(" or ").join(dict.fromkeys(words))


def date_words(edtf: str, *, weekday: bool = False) -> str:
    """A date as far as it is known: "Tuesday 14 May 2019", "May 2019", "2019", "28 November, year not said"."""
    known = PartialDate(edtf)
    if known.day:
        day = _day(known.day)
        name = f"{known.day:%A}"
        return _("%(weekday)s %(day)s") % {"weekday": _(name), "day": day} if weekday else day
    year, *rest = edtf.split("-")
    month, day = (*rest, "XX", "XX")[:2]
    if "X" in month:
        return year if "X" not in year else _("%(date)s, the rest not said") % {"date": edtf}
    month_words = _month(date(2000, int(month), 1))
    if "X" not in year:
        return _("%(month)s %(year)s") % {"month": month_words, "year": year}
    told = _("%(day)s %(month)s") % {"day": int(day), "month": month_words} if "X" not in day else month_words
    return _("%(day)s, year not said") % {"day": told}


def moment_words(at: datetime) -> str:
    """An instant to the minute, in UTC and saying so: "21 May 2019, 07:00 UTC"."""
    utc = at.astimezone(UTC)
    return _("%(day)s, %(time)s UTC") % {"day": _day(utc.date()), "time": f"{utc:%H:%M}"}


def clock_words(minutes: int) -> str:
    """A local time of day from minutes after midnight, as people write it: "9:41", "13:05"."""
    return f"{minutes // 60}:{minutes % 60:02}"


def number_words(number: int) -> str:
    """A small number in words at the head of a sentence, others in figures: "Four", "12"."""
    return _(_SMALL[number]) if number < len(_SMALL) else f"{number:,}"


def listed(words: Iterable[str | None]) -> str:
    """Those that there are, one after the other: "Kings, arrest". The comma is that of the language."""
    return _(", ").join(filter(None, words))


def apart(sayings: Iterable[str]) -> str:
    """Sayings that may have commas of their own, one after the other: "taken, warrant; counsel"."""
    return _("; ").join(sayings)


def capital(words: str) -> str:
    """The words with a capital at the head."""
    return words[:1].upper() + words[1:]


def _day(day: date) -> str:
    return _("%(day)s %(month)s %(year)s") % {"day": day.day, "month": _month(day), "year": day.year}


def _month(day: date) -> str:
    name = f"{day:%B}"  # Django's own catalogues have the names
    return _(name)
