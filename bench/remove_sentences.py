"""What removing one sentence does to the claims that do not rest on it, in Markdown.

Each sentence of each text is removed in turn and the rest is read again. A claim rests on its own words and on those
without which its account would be none: of the event, the court and the agency. If the removed sentence holds none of
them, the claim should still be there, on the same words with the same value. What is not, is counted, attribute by
attribute; "account gone" are the claims whose whole account is no longer told.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bench.development_set import documents
from portico.facts import Account, Claim, Span, Text
from portico.reading import Document, read
from portico.reading.layout import blocks, sentences

Known = frozenset[tuple[object, ...]]


_BEARING = ("kind", "courthouse", "agency")

Outcome = Literal["unchanged", "changed", "account gone"]
OUTCOMES: tuple[Outcome, ...] = ("unchanged", "changed", "account gone")


@dataclass(frozen=True, slots=True)
class Trial:
    """One claim, with one sentence removed on which it does not rest."""

    claim: Claim
    outcome: Outcome


def trials(document: Document) -> Iterator[Trial]:
    """Every claim of a document with every sentence that it does not rest on removed, one at a time."""
    accounts = read(document).accounts
    for cut in _sentences(document.text.content) if accounts else ():
        left = _known(read(_without(document, cut)).accounts)
        for account in accounts:
            yield from _of_account(account, cut, left)


def _of_account(account: Account, cut: Span, left: Known) -> Iterator[Trial]:
    bearing = [span for name in _BEARING for claim in account.about(name) for span in claim.spans]
    if any(span.overlaps(cut) for span in bearing):
        return
    there = any(_moved(claim, cut) in left for claim in account.about("kind"))
    for claim in account.claims:
        if not any(span.overlaps(cut) for span in claim.spans):
            stands = _moved(claim, cut) in left
            yield Trial(claim, "unchanged" if stands else "changed" if there else "account gone")


def removal_table(ids: Sequence[str]) -> Iterator[str]:
    """A row for all claims, for those with and without a cue, and for each attribute."""
    found: Counter[tuple[str, str]] = Counter()
    for document in documents(ids):
        for trial in trials(document):
            found.update((name, trial.outcome) for name in _groups(trial.claim))
    tried = Counter({name: sum(found[name, outcome] for outcome in OUTCOMES) for name, _ in found})
    yield "| claims | unchanged | share | changed | account gone |"
    yield "|---" * 5 + "|"
    for name in sorted(tried, key=lambda name: (not name.startswith("*"), -tried[name])):
        unchanged, changed, gone = (found[name, outcome] for outcome in OUTCOMES)
        yield f"| {name} | {unchanged:,} | {unchanged / tried[name]:.3f} | {changed:,} | {gone:,} |"


def _groups(claim: Claim) -> tuple[str, ...]:
    """The rows that a claim counts in."""
    return "**all**", "**with a cue**" if claim.cue else "**without a cue**", claim.attribute


def _sentences(text: str) -> Iterator[Span]:
    """Every sentence, with the white space after it up to the next or to the line's end."""
    for block in blocks(text):
        for sentence in sentences(text, block):
            end = sentence.end
            while end < len(text) and text[end] == " ":
                end += 1
            yield Span(sentence.start, end)


def _without(document: Document, cut: Span) -> Document:
    words = document.text.content
    return replace(document, text=Text(words[: cut.start] + words[cut.end :]))


def _known(accounts: Sequence[Account]) -> Known:
    """What claims say and where, without who says so: a speaker may be named in the sentence removed."""
    return frozenset(
        (claim.attribute, claim.value, claim.any_of, claim.spans) for account in accounts for claim in account.claims
    )


def _moved(claim: Claim, cut: Span) -> tuple[object, ...]:
    """The claim where it should stand after the cut."""
    gone = cut.end - cut.start
    spans = tuple(Span(s.start - gone, s.end - gone) if s.start >= cut.end else s for s in claim.spans)
    return claim.attribute, claim.value, claim.any_of, spans
