"""Confidence: how often proposals like this one were right, for each account and each claim of a reading.

A sum of weights for what a person can check (`data/confidence.yaml`, fitted by `bench/fit_confidence.py` on texts coded
by hand), turned into a share between 0 and 1 by the logistic function. It orders what a person looks at first; it
decides nothing, and nothing is left out for it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import exp

from portico.facts import Account, Claim, Reading, Text
from portico.reading.evidence import Candidate, Evidence, cue_of
from portico.reading.explaining import supports
from portico.reading.phrases import load_table

_PERSONS, _OTHERS = "person:", "model:"
_FACTS = ("courthouse", "agency", "date", "zone", "people_arrested", "name", "role", "asserted_by")
_APART = ("title", "caption", "furniture", "dateline")


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountConfidence:
    """One account.

    account  share of accounts like this one that tell of an event which the text does tell of
    claims   for each claim of the account, in order: share of claims like it that are right, given the event
    None is for what was never measured: what another proposer than the rules gives.
    """

    account: float | None
    claims: tuple[float | None, ...]


def confidence(reading: Reading, text: Text) -> tuple[AccountConfidence, ...]:
    """For each account of a reading, in order. What a person says is certain: 1.

    text  the one that the reading's spans count in
    """
    evidence = Evidence(reading, text)
    return tuple(_of_account(evidence, account) for account in reading.accounts)


def _of_account(evidence: Evidence, account: Account) -> AccountConfidence:
    return AccountConfidence(
        account=_of_event(evidence, account),
        claims=tuple(_of_claim(evidence, account, claim) for claim in account.claims),
    )


def _of_event(evidence: Evidence, account: Account) -> float | None:
    for kind in account.about("kind"):
        if kind.origin.startswith(_OTHERS):
            return None
        if kind.origin.startswith(_PERSONS):
            return 1.0
    return _share(load_table("confidence")["account"], account_signs(evidence, account))


def _of_claim(evidence: Evidence, account: Account, claim: Claim) -> float | None:
    if claim.origin.startswith(_OTHERS):
        return None
    if claim.origin.startswith(_PERSONS):
        return 1.0
    return _share(load_table("confidence")["claim"], claim_signs(evidence, account, claim))


def _share(weights: Mapping[str, float], signs: Iterator[str]) -> float:
    """The logistic function of the weights of the signs that hold; a sign without a weight counts nothing."""
    total = weights["always"] + sum(weights.get(sign, 0.0) for sign in signs)
    return round(1 / (1 + exp(-total)), 3)


def account_signs(evidence: Evidence, account: Account) -> Iterator[str]:
    """What holds of an account, in the words of the weights' file. Few: there are few accounts to learn from."""
    for kind in account.about("kind")[:1]:
        cue = cue_of(kind.cue)
        yield f"told as {cue.value if cue else kind.origin}"
    yield f"agency named {_far(_nearest(evidence, account, 'agency'))}"
    close = sum(_nearest(evidence, account, name) == 0 for name in _FACTS)
    yield from (f"{least} or more facts in the event's sentence" for least in range(1, len(_FACTS)) if close >= least)


def claim_signs(evidence: Evidence, account: Account, claim: Claim) -> Iterator[str]:
    """What holds of a claim, in the words of the weights' file."""
    yield f"about {claim.attribute}"
    yield "found by a cue" if claim.cue else "found without a cue"
    far = min((evidence.distance(account, span) for span in claim.spans), default=0)
    yield f"words {_far(far)}"
    elsewhere = [each for each in evidence.candidates(account, claim) if _is_elsewhere(each, claim)]
    rivals = [each for each in elsewhere if not supports(each, claim) and each.note is None]
    yield f"said again {_times(len(elsewhere) - sum(not supports(each, claim) for each in elsewhere))}"
    yield f"rivals {_times(len(rivals))}"
    if min(_distances(evidence, account, rivals), default=far + 1) <= far:
        yield "a rival as near"
    if claim.spans:
        yield f"stands in {_section(evidence, claim)}"
    if claim.asserted_by:
        yield "somebody named says it"
    if claim.hedge:
        yield f"hedged: {claim.hedge}"
    if len(claim.possible) > 1:
        yield "left open"
    if len(evidence.reading.accounts) > 1:
        yield "several accounts in the text"


def _is_elsewhere(candidate: Candidate, claim: Claim) -> bool:
    return not any(candidate.span.overlaps(span) for span in claim.spans)


def _distances(evidence: Evidence, account: Account, candidates: list[Candidate]) -> list[int]:
    return [evidence.distance(account, each.span) for each in candidates]


def _nearest(evidence: Evidence, account: Account, attribute: str) -> int | None:
    spans = [span for claim in account.about(attribute) for span in claim.spans]
    return min((evidence.distance(account, span) for span in spans), default=None)


def _section(evidence: Evidence, claim: Claim) -> str:
    section = evidence.section(claim.spans[0].start)
    return "a title or caption" if section in _APART else f"a {section}" if section != "prose" else "prose"


def _far(sentences: int | None) -> str:
    if sentences is None:
        return "nowhere"
    if sentences == 0:
        return "in the event's sentence"
    return "one sentence away" if sentences == 1 else "two or three away" if sentences <= 3 else "farther away"


def _times(count: int) -> str:
    return "never" if count == 0 else "once" if count == 1 else "more often"
