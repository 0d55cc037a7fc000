"""Consent as a page shows it: one line for a person or document, one cell for each purpose."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portico.facts import MASKED
from portico.record import PURPOSES, Consent, Consenting, Purpose
from portico.store import LogEntry, Record, StoredAccount, StoredConsent
from portico.web.wording import date_words

PURPOSE_WORDS: Mapping[Purpose, str] = {
    "representation": gettext_lazy("representation"),
    "statistics": gettext_lazy("statistics"),
    "story": gettext_lazy("story"),
    "media": gettext_lazy("media"),
}
ANSWER_WORDS: Mapping[Consenting, str] = {
    "given": gettext_lazy("allow it"),
    "refused": gettext_lazy("do not allow it"),
    "withdrawn": gettext_lazy("take back what they allowed"),
}
_SIGN = {"given": "fits", "refused": "fits-not", "withdrawn": "fits-not", "ended": "ask", None: "apart"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One purpose. sign: how its mark looks, as that of a finding; words say the same."""

    purpose: Purpose
    label: str
    sign: str
    words: str
    stored: StoredConsent | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A person or document, and what stands about each purpose. name: only in an unlocked session."""

    subject: str
    is_document: bool
    name: str | None
    incidents: tuple[str, ...]
    cells: tuple[Cell, ...]

    @property
    def is_asked(self) -> bool:
        """Whether anything was said at all."""
        return any(each.stored for each in self.cells)


def cells(said: Iterable[StoredConsent], on: date) -> tuple[Cell, ...]:
    """A cell for each purpose, in their order; of one that nobody asked about it says that."""
    by_purpose = {each.consent.purpose: each for each in said}
    return tuple(_cell(purpose, by_purpose.get(purpose), on) for purpose in PURPOSES)


def _cell(purpose: Purpose, stored: StoredConsent | None, on: date) -> Cell:
    how = standing(stored.consent, on) if stored else None
    words = consent_words(stored.consent, on) if stored else _("not asked")
    return Cell(purpose=purpose, label=str(PURPOSE_WORDS[purpose]), sign=_SIGN[how], words=words, stored=stored)


def standing(consent: Consent, on: date) -> str:
    """The answer, or "ended" for one given whose last day is over."""
    return "ended" if consent.answer == "given" and not consent.holds(on) else consent.answer


def consent_words(consent: Consent, on: date) -> str:
    """How a purpose stands, with its day."""
    until = date_words(consent.until.isoformat()) if consent.until else ""
    said = date_words(consent.on.isoformat())
    match standing(consent, on):
        case "given":
            return _("given until {day}").format(day=until) if until else _("given on {day}").format(day=said)
        case "ended":
            return _("ended with {day}").format(day=until or said)
        case "refused":
            return _("refused on {day}").format(day=said)
        case _:
            return _("withdrawn on {day}").format(day=said)


def said_words(entry: LogEntry) -> str:
    """What an entry of the log says that somebody said: "story: given on 14 May 2026, until 31 December 2026"."""
    told = {name: str(value) for name, value in entry.details.items() if value}
    purpose = next((str(words) for name, words in PURPOSE_WORDS.items() if name == told["purpose"]), told["purpose"])
    answer = {"given": _("given"), "refused": _("refused"), "withdrawn": _("withdrawn")}[told["answer"]]
    said = _("{purpose}: {answer} on {day}").format(purpose=purpose, answer=answer, day=date_words(told["on"]))
    return said + (_(", until {day}").format(day=date_words(told["until"])) if "until" in told else "")


def accounts_of(record: Record, subjects: Sequence[str]) -> dict[str, list[StoredAccount]]:
    """By person or document: the accounts that tell of them. None of one that the record does not have."""
    found: dict[str, list[StoredAccount]] = {}
    for account in (*record.told_of(*subjects).values(), *record.told_by(*subjects).values()):
        for subject in {account.person, account.source}.intersection(subjects):
            held = found.setdefault(subject, [])
            if account not in held:
                held.append(account)
    return found


def line(subject: str, accounts: Sequence[StoredAccount], said: Iterable[StoredConsent], on: date) -> Line:
    is_document = not subject.startswith("p-")
    name = None if is_document or not accounts else accounts[0].account.value("name")
    return Line(
        subject=subject,
        is_document=is_document,
        name=None if name in (None, MASKED) else str(name),
        incidents=tuple(dict.fromkeys(each.incident for each in accounts)),
        cells=cells(said, on),
    )
