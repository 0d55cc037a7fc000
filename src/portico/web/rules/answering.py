"""What somebody knows of a question that rules turn on, as a claim of theirs: a private note, its words, its codes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from portico.facts import ATTRIBUTES, Account, Claim, Reading, Span
from portico.policy import load_rules
from portico.reading import Document, open_document, read
from portico.web.wording import date_words, value_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What somebody says of an incident.

    answers  legal fact → one of its values that has a code of the same name
    whence   how they know, in a few words; how: in their own
    on       the day on which they say it: the same said twice on one day is one note
    """

    incident: str
    answers: Mapping[str, str]
    whence: str
    how: str
    on: date


def recordable(fact: str) -> Mapping[str, str]:
    """The values of a legal fact that can be recorded → the attribute of the claim; none if it is only supposed."""
    return load_rules().reported.recordable(fact)


def note_of(known: Known, *, actor: str) -> tuple[Document, Reading]:
    """The note and what is coded in it. Each claim rests on the line that says it; the person is its origin."""
    text = f"What is known of incident {known.incident}, written {date_words(known.on.isoformat())}.\n"
    claims: list[Claim] = []
    for fact, value in known.answers.items():
        attribute = recordable(fact)[value]
        text += f"{ATTRIBUTES[attribute].label}: "
        words = value_words(attribute, value)
        claims.append(
            Claim(attribute=attribute, value=value, spans=(Span(len(text), len(text) + len(words)),), origin=actor)
        )
        text += f"{words}\n"
    text += f"Known from: {known.whence}\n\n{known.how.strip()}\n"
    document = open_document(text.encode(), kind="text/plain", private=True)
    account = Account(claims=tuple(claims))
    return document, replace(read(document), accounts=(account,), statements=(), actions=(), statistics=())
