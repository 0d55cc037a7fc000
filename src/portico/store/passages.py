"""What the search reads of each thing: words of public documents without the persons that claims name there.

Nothing of a private document is read. Of a public one, every word that a claim gives as somebody's name, number or
address is blacked out wherever it stands in the document; so are the passages that tell an age, gender, nationality or
language. A document that prints the name of somebody who was erased is not read at all.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from portico.facts import Claim, Span, Statement, Value
from portico.store.folding import Facts
from portico.store.ids import told_id
from portico.store.payloads import GUARDED, DocumentReceived

_NAMING = frozenset({"name", "alias", "officer_name", "a_number", "contact", "docket"})
_TELLING = frozenset({"narrative", "outcome"})  # what happened, in whole sentences: that is what a search is for
_BLACK = "▮"
_WORD = re.compile(r"[^\W_]+")
_UNREADABLE = re.compile("[\x00\ud800-\udfff]")  # no database keeps these as text
_SHORT = 3  # letters: a shorter word of a name is blacked out only as it is spelled there
_MOST = 20_000  # characters of an account's passage
_LONGEST = 1_000_000  # characters of a document that are read; what a longer table tells is read as its rows' facts
MANY = 100
"""A document that tells of more events is a table: the words of a row are its facts, and no line around it is read."""
_WRITTEN = (
    *("date", "kind", "zone", "courthouse", "city", "county", "state", "agency"),
    *("role", "proceeding", "warrant", "court_kind", "court_system", "counsel_access", "custody_outcome"),
)
COLUMNS = ("number", "kind", "thing", "event", "document", "day", "title", "body")
Row = tuple[Any, ...]
"""Values in the order of `COLUMNS`."""


@dataclass(frozen=True, slots=True)
class Words:
    """A document's words as the search may read them. text: spans count in it; black where guarded."""

    entry: int
    payload: DocumentReceived
    accounts: int
    text: str
    hides: frozenset[str] = field(default_factory=frozenset)

    @property
    def tells_many(self) -> bool:
        return self.accounts > MANY

    def hidden(self, words: str | None) -> str:
        return _blacked(_UNREADABLE.sub(" ", words or ""), self.hides)


def words_of(entry: int, payload: DocumentReceived, text: str, accounts: Sequence[Sequence[Claim]]) -> Words:
    """The words of a public document. accounts: the claims of each of its accounts."""
    guarded = [claim for claims in accounts for claim in claims if claim.attribute in GUARDED]
    spans = {
        name: {span for claim in guarded if (claim.attribute in _NAMING) is name for span in claim.spans}
        for name in (True, False)
    }
    telling = {span for claim in guarded if claim.attribute in _TELLING for span in claim.spans}
    text = _UNREADABLE.sub(" ", text)
    hides = frozenset(_names(text, spans[True]))
    return Words(entry, payload, len(accounts), _blacked(_without(text, spans[False] - telling), hides), hides)


def _names(text: str, spans: Iterable[Span]) -> Iterable[str]:
    for span in spans:
        for word in _WORD.findall(text[span.start : span.end]):
            yield word if len(word) < _SHORT else word.casefold()


def _without(text: str, spans: Iterable[Span]) -> str:
    for span in spans:
        passage = _WORD.sub(lambda word: _BLACK * len(word[0]), text[span.start : span.end])
        text = text[: span.start] + passage + text[span.end :]
    return text


def _blacked(words: str, hides: frozenset[str]) -> str:
    """The words with those to hide blacked out, letter for letter: spans still count."""
    if not hides or not words:
        return words

    def black(word: re.Match[str]) -> str:
        return _BLACK * len(word[0]) if word[0] in hides or word[0].casefold() in hides else word[0]

    return _WORD.sub(black, words)


@dataclass(frozen=True, slots=True)
class Telling:
    """An account, for the search. words: of its document, None when that is not read."""

    account: str
    entry: int
    claims: Sequence[Claim]
    words: Words | None

    @property
    def tells_the_whole(self) -> bool:
        """Whether the document tells of nothing else, so that its words are the account's."""
        return self.words is not None and self.words.accounts == 1


def incident_rows(number: int, incident: str, facts: Facts, told: Sequence[Telling]) -> list[Row]:
    """An incident's row, and one for each account where several tell of it."""
    title = _title(facts, told)
    if len(told) == 1 and told[0].words is None:
        return [(number, "incident", incident, number, "", None, title, "")]
    alone = told[0] if len(told) == 1 else None
    whole = alone.words if alone and alone.tells_the_whole else None
    if whole is not None:
        source = whole.payload.source
        named = " · ".join(filter(None, (title, whole.hidden(source.title), whole.hidden(source.publisher))))
        return [(number, "incident", incident, number, source.sha256, None, named, whole.text[:_LONGEST])]
    bodies = {each.account: _body(each) for each in told}
    rows: list[Row] = [
        (number, "incident", incident, number, "", None, title, "\n".join(dict.fromkeys(bodies.values())))
    ]
    if alone is None:
        rows += [
            (-(each.entry << 20), "account", each.account, number, "", None, title, bodies[each.account])
            for each in told
        ]
    return rows


def _title(facts: Facts, told: Sequence[Telling]) -> str:
    """The coded facts in words. Free ones that print a hidden word of one of the documents have it blacked out."""
    title = _spelled(facts)
    for each in told:
        if each.words is not None and each.words.hides:
            title = each.words.hidden(title)
    return title


def _spelled(facts: Facts) -> str:
    values = [value for name in _WRITTEN if (brief := facts.get(name)) is not None for value in brief.values]
    return _joined(*values)


@lru_cache(maxsize=65536)
def _joined(*values: Value) -> str:
    return _UNREADABLE.sub(" ", ", ".join(dict.fromkeys(map(str, values))).replace("_", " "))


def _body(told: Telling) -> str:
    """The lines of the document in which the claims of an account stand."""
    if told.words is None:
        return ""
    if told.tells_the_whole:
        return told.words.text[:_LONGEST]
    text = told.words.text
    starts = [span.start for claim in told.claims for span in claim.spans]
    if not starts:
        return ""
    end = max(span.end for claim in told.claims for span in claim.spans)
    begin = text.rfind("\n", 0, min(starts)) + 1
    stop = text.find("\n", min(end, len(text)))
    return text[begin : len(text) if stop < 0 else stop][:_MOST]


def document_row(words: Words) -> Row:
    """The row of a document that tells of none or of several events, or of one that others tell of too."""
    source = words.payload.source
    title = " · ".join(filter(None, map(words.hidden, (source.title, source.publisher, source.byline))))
    day = _day(source.published_on)
    return (words.entry, "document", source.sha256, 0, source.sha256, day, title, words.text[:_LONGEST])


def _day(told: str | None) -> str | None:
    """The day a document was published; None unless one day is told."""
    return told if told and len(told) == 10 and "X" not in told else None


def statement_rows(words: Words) -> list[Row]:
    """A row for each statement of a document."""
    source = words.payload.source
    day = _day(source.published_on)
    return [
        (
            -((words.entry << 20) + position + 1),
            *("statement", told_id("statement", source.sha256, position), 0, source.sha256, day),
            " · ".join(filter(None, map(words.hidden, (each.speaker, each.organisation, each.role)))),
            _said(words.text, each),
        )
        for position, each in enumerate(words.payload.statements)
    ]


def _said(text: str, statement: Statement) -> str:
    return " … ".join(text[span.start : span.end] for span in statement.spans)
