"""Verification: the machine proposes, a named person decides, and the history stays."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portico.facts import Claim, PorticoError, SourcedClaim, Verification
from portico.record import (
    VerificationDecision,
    VerificationError,
    decide,
    fold,
    may_follow,
    suggest_verification,
    verification_of,
    why_not,
)

NOON = datetime(2019, 5, 16, 12, tzinfo=UTC)


def state(*told):
    """An event of which each named source tells an arrest; "-x" says that there was none."""
    claims = [
        Claim(attribute="kind", value="arrest", spans=(), origin="person:1", hedge="denied" if each[0] == "-" else None)
        for each in told
    ]
    return fold(
        [SourcedClaim(id=s, account=s, source=s.strip("-"), claim=c) for s, c in zip(told, claims, strict=True)], id="i"
    )


@pytest.mark.parametrize(
    ("told", "documents", "official", "expected", "sources"),
    [
        ((), (), (), "reported", ()),
        (("a",), (), (), "reported", ("a",)),
        (("a", "b"), (), (), "corroborated", ("a", "b")),
        (("a", "-b"), (), (), "reported", ("a",)),  # who denies it does not tell of it
        (("a",), ("a",), (), "corroborated", ("a",)),
        (("a",), ("b",), (), "reported", ("a",)),
        (("a", "b"), (), ("b",), "verified", ("b",)),
    ],
)
def test_the_sources_bear_out(told, documents, official, expected, sources):
    suggestion = suggest_verification(state(*told), documents=documents, official=official)
    assert (suggestion.verification, suggestion.sources) == (Verification(expected), sources)
    assert suggestion.reasons


def test_two_documents_of_one_origin_do_not_corroborate():
    suggestion = suggest_verification(state("paper", "wire"), origin=lambda claim: "the wire")
    assert suggestion.verification is Verification.REPORTED


def decision(verification, *, by="person:7f3a", reason="Seen by me.", at=NOON):
    return VerificationDecision(incident="i", verification=Verification(verification), by=by, at=at, reason=reason)


@pytest.mark.parametrize(
    ("wanted", "now", "told", "message"),
    [
        ({"verification": "corroborated"}, "reported", ("a", "b"), None),
        ({"verification": "verified"}, "reported", ("a",), None),  # a named verifier may vouch for one source
        ({"verification": "verified", "by": "reader"}, "reported", ("a",), "Only a named person decides."),
        (
            {"verification": "corroborated"},
            "reported",
            ("a",),
            (
                "Corroborated needs two independent sources, or one with a photograph or document. "
                "One source tells of the event. Link another account, or attach the document."
            ),
        ),
        (
            {"verification": "verified"},
            "refuted",
            ("a", "b"),
            "From refuted it cannot become verified. It may become: reported.",
        ),
        ({"verification": "refuted", "reason": " "}, "reported", ("a",), "To set refuted after reported, say why."),
        ({"verification": "reported", "reason": ""}, "verified", ("a",), "To set reported after verified, say why."),
        ({"verification": "reported"}, "reported", ("a",), "From reported it cannot become reported."),
    ],
)
def test_a_decision_may_be_taken_or_says_why_not(wanted, now, told, message):
    found = why_not(decision(**wanted), Verification(now), suggest_verification(state(*told)))
    assert (found is None) if message is None else (found or "").startswith(message)


def test_a_refused_decision_leaves_the_history_and_says_so():
    history = decide((), decision("refuted"), suggest_verification(state("a")))
    with pytest.raises(VerificationError) as refused:
        decide(history, decision("verified", at=NOON + timedelta(1)), suggest_verification(state("a")))
    assert isinstance(refused.value, PorticoError)
    assert refused.value.exit_status == 2
    assert str(refused.value) == (
        "Incident i: From refuted it cannot become verified. It may become: reported. Its verification is unchanged."
    )


def test_the_history_answers_for_any_instant():
    bears_out = suggest_verification(state("a", "b"))
    history = decide((), decision("corroborated"), bears_out)
    history = decide(history, decision("verified", at=NOON + timedelta(days=2)), bears_out)
    assert verification_of(history, incident="i") is Verification.VERIFIED
    assert verification_of(history, incident="i", at=NOON + timedelta(days=1)) is Verification.CORROBORATED
    assert verification_of(history, incident="i", at=NOON - timedelta(days=1)) is Verification.REPORTED
    assert verification_of(history, incident="another") is Verification.REPORTED


@given(st.sampled_from(Verification))
def test_no_state_is_a_dead_end_and_none_follows_itself(verification):
    assert may_follow(verification)
    assert verification not in may_follow(verification)
