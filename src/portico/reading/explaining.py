"""Explaining: for every value of a reading the cue, what it means, where the words stand, and the rival readings."""

from collections.abc import Iterator
from dataclasses import dataclass

from portico.facts import Account, Claim, Reading, Span, Text, Value
from portico.reading.cues import Cue
from portico.reading.evidence import Candidate, Evidence, cue_of
from portico.reading.phrases import load_phrases

_APART = ("title", "caption", "furniture", "dateline")
_MOST = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """Another reading of one attribute that the text would bear.

    value  the code, date or name; None where the words alone say too little
    cue    "file/id" of the cue that found the words, if one did
    why    why the reader did not take it, in plain words
    """

    value: Value | None
    span: Span
    cue: str | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """One claim, and what it rests on.

    cue     the cue that its words matched; None where none stands for it
    found   how the value was reached, in plain words
    also    other places of the text that say the same
    rivals  the nearest first; `more` says how many are left off
    """

    claim: Claim
    cue: Cue | None
    found: str
    also: tuple[Span, ...] = ()
    rivals: tuple[Rival, ...] = ()
    more: int = 0


def explain(reading: Reading, text: Text) -> tuple[tuple[Explanation, ...], ...]:
    """For each account of the reading, an explanation of each claim, in their order.

    text  the one that the reading's spans count in
    """
    evidence = Evidence(reading, text)
    return tuple(
        tuple(_explained(evidence, number, account, claim) for claim in account.claims)
        for number, account in enumerate(reading.accounts, start=1)
    )


def _explained(evidence: Evidence, number: int, account: Account, claim: Claim) -> Explanation:
    elsewhere = _elsewhere(evidence, account, claim)
    rivals = sorted(
        (each for each in elsewhere if not supports(each, claim)),
        key=lambda each: (evidence.distance(account, each.span), each.span),
    )
    cue = cue_of(claim.cue)
    return Explanation(
        claim=claim,
        cue=cue,
        found=_found(evidence, claim, cue),
        also=tuple(each.span for each in elsewhere if supports(each, claim)),
        rivals=tuple(_rival(evidence, number, account, claim, each) for each in rivals[:_MOST]),
        more=len(rivals[_MOST:]),
    )


def _elsewhere(evidence: Evidence, account: Account, claim: Claim) -> list[Candidate]:
    """Other words for the same attribute; none for what a person said without any."""
    found = evidence.candidates(account, claim) if claim.spans else ()
    return [each for each in found if not any(each.span.overlaps(span) for span in claim.spans)]


def supports(candidate: Candidate, claim: Claim) -> bool:
    """Whether words elsewhere say the same as the claim: its value, or the same cue where the value is open."""
    return candidate.value in claim.possible or (claim.value is None and candidate.cue == claim.cue)


def _found(evidence: Evidence, claim: Claim, cue: Cue | None) -> str:
    if claim.origin.startswith("model:"):
        return f"proposed by {claim.origin}"
    if cue:
        return cue.means
    how = evidence.how_dated(claim) if claim.attribute == "date" else None
    return how or load_phrases("found_by", "found_by").get(claim.attribute, "words beside the event")


def _rival(evidence: Evidence, number: int, account: Account, claim: Claim, candidate: Candidate) -> Rival:
    others = (each for each in evidence.used_by(claim.attribute, candidate.span) if each != number)
    taken = (f"account {other} rests on it" for other in others)
    why = next(taken, None) or next(_against(evidence, account, claim, candidate))
    return Rival(value=candidate.value, span=candidate.span, cue=candidate.cue, why=why)


def _against(evidence: Evidence, account: Account, claim: Claim, candidate: Candidate) -> Iterator[str]:
    """What speaks against a candidate, the strongest first; the last holds always."""
    if candidate.note:
        yield candidate.note
    if candidate.value is None:
        yield "the words alone say too little"
    section = evidence.section(candidate.span.start)
    if section in _APART and evidence.section(claim.spans[0].start) not in _APART:
        yield f"stands in a {section}"
    yield _farther(evidence.distance(account, candidate.span), evidence.distance(account, claim.spans[0]))


def _farther(its: int, taken: int) -> str:
    far = "in the sentence of the event" if its == 0 else "1 sentence away" if its == 1 else f"{its} sentences away"
    compared = "as near" if its == taken else "nearer, but not in the order of the cues" if its < taken else "farther"
    return f"{far}: {compared}"
