"""Whether what the record tells of an incident may leave it as a story: nobody's words without their consent."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from portico.facts import IncidentState
from portico.record import Purpose, allows
from portico.store import Record, StoredAccount, StoredConsent
from portico.web.consent.shown import Line, consent_words, line
from portico.web.dossier import letter


@dataclass(frozen=True, slots=True, kw_only=True)
class Barring:
    """Somebody whose consent is lacking, or who said no. subject: whose page records it."""

    subject: str
    source: str
    why: str


def barring(record: Record, state: IncidentState, purpose: Purpose, on: date) -> tuple[Barring, ...]:
    """Who stands against telling of an incident for this purpose; nobody: it may be told.

    What was published is not asked for again; a private document is told only with the consent of the person or of who
    sent it. A no of either, or a consent that ended, bars both kinds.
    """
    accounts = record.told_by(*state.sources)
    told = [each for each in accounts.values() if each.id in state.accounts]
    private = {sha for sha, document in record.some_documents(state.sources).items() if document.source.private}
    said: dict[str, list[StoredConsent]] = {}
    for each in record.consents(*{name for account in told for name in (account.person, account.source)}):
        said.setdefault(each.subject, []).append(each)
    return tuple(bar for account in told for bar in _bars(account, private, said, purpose, on))


def told_of(record: Record, state: IncidentState, on: date) -> tuple[tuple[str, Line, Line], ...]:
    """By document of an incident: its letter, what its person allows, and what who sent it allows."""
    accounts = [each for each in record.told_by(*state.sources).values() if each.id in state.accounts]
    said = record.consents(*{name for account in accounts for name in (account.person, account.source)})

    def line_of(subject: str, account: StoredAccount) -> Line:
        return line(subject, [account], [each for each in said if each.subject == subject], on)

    return tuple(
        (letter(state.sources.index(each.source)), line_of(each.person, each), line_of(each.source, each))
        for each in accounts
    )


def _bars(
    account: StoredAccount, private: set[str], said: dict[str, list[StoredConsent]], purpose: Purpose, on: date
) -> Iterator[Barring]:
    about = [
        each
        for subject in (account.person, account.source)
        for each in said.get(subject, ())
        if each.consent.purpose == purpose
    ]
    against = [each for each in about if not each.consent.holds(on)]
    for each in against:
        yield Barring(subject=each.subject, source=account.source, why=consent_words(each.consent, on))
    if not against and account.source in private and not allows((each.consent for each in about), purpose, on):
        yield Barring(subject=account.person, source=account.source, why=_("not asked"))
