"""What a form says → decisions for the record; and whether what stands is already so."""

from collections.abc import Mapping
from typing import Literal

from portico.facts import ATTRIBUTES, Value
from portico.store import Choice, StoredDecision
from portico.web.read.claims import Row
from portico.web.read.forms import Correcting


def plain_choices(
    row: Row, decision: Literal["accept", "reject"], seen: tuple[int, ...], reason: str | None
) -> tuple[Choice, ...]:
    """Accepting or rejecting a claim, and what follows from it."""
    return tuple(
        Choice(claim=claim, decision=decision, reason=reason or None, seen=at)
        for claim, at in zip(row.claims, seen, strict=True)
    )


def correcting_choices(row: Row, form: Correcting, seen: tuple[int, ...]) -> tuple[Choice, ...]:
    """A correction. What followed from the place that was read follows from the new one, or is rejected."""
    reason = form.cleaned_data["reason"] or None
    first = Choice(
        claim=row.id,
        decision="correct",
        value=form.cleaned_data["value"],
        reason=reason,
        spans=form.spans,
        seen=seen[0],
    )
    along = (
        _following(claim, attribute, form.follows.get(attribute), at)
        for claim, attribute, at in zip(row.claims[1:], row.along_attributes, seen[1:], strict=True)
    )
    return (first, *along)


def _following(claim: str, attribute: str, value: Value | None, seen: int) -> Choice:
    if value is None or (ATTRIBUTES[attribute].values and value not in ATTRIBUTES[attribute].values):
        return Choice(claim=claim, decision="reject", seen=seen)
    return Choice(claim=claim, decision="correct", value=value, seen=seen)


def stands_so(choices: tuple[Choice, ...], decisions: Mapping[str, StoredDecision]) -> bool:
    """Whether all of it is decided so already: the same form sent twice is once."""
    return all(
        (now := decisions.get(each.claim)) is not None
        and now.decision == each.decision
        and (each.decision != "correct" or now.value == each.value)
        for each in choices
    )


def seen_of(row: Row, sent: str) -> tuple[int, ...]:
    """What the form saw, as it carries it; as the row stands now, where it carries nothing that can be read."""
    parts = sent.split(",")
    if len(parts) != len(row.claims) or not all(each.isdecimal() and each.isascii() for each in parts):
        return row.seen
    return tuple(map(int, parts))
