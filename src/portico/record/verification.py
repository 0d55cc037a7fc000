"""How far an incident is confirmed: what the machine may propose, what a person may decide, and why.

The machine proposes from the record alone: *reported*, *corroborated* when two independent sources tell of the event or
one brings a photograph or document, *verified* when an official record tells of it. Only a named person sets a state.
*Unable* says that somebody tried and could not settle it. A refuted report stays in the history and out of the counts.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from portico.facts import IncidentState, PorticoError, Verification
from portico.record.position import Origin, by_source, positions

_REPORTED, _CORROBORATED, _VERIFIED = Verification.REPORTED, Verification.CORROBORATED, Verification.VERIFIED
_REFUTED, _UNABLE = Verification.REFUTED, Verification.UNABLE

_MAY_FOLLOW = {
    _REPORTED: (_CORROBORATED, _VERIFIED, _REFUTED, _UNABLE),
    _CORROBORATED: (_REPORTED, _VERIFIED, _REFUTED, _UNABLE),
    _VERIFIED: (_REPORTED, _CORROBORATED, _REFUTED),
    _REFUTED: (_REPORTED,),
    _UNABLE: (_REPORTED, _CORROBORATED, _VERIFIED, _REFUTED),
}


_OFFICIAL = "An official record tells of the event."
_SEVERAL = "{origins} independent sources tell of the event."
_SHOWN = "One source tells of the event and brings a photograph or document."
_ONE = "One source tells of the event."
_NONE = "No source tells what happened."
GROUNDS = (_OFFICIAL, _SEVERAL, _SHOWN, _ONE, _NONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """What the record bears out, and why. A proposal: nothing changes until a person decides.

    why      one of `GROUNDS`, in which {origins} stands for their number
    origins  how many independent sources tell of the event
    sources  sha256 of those that it rests on, in order of arrival
    """

    verification: Verification
    why: str
    origins: int
    sources: tuple[str, ...]

    @property
    def reasons(self) -> tuple[str, ...]:
        return (self.why.format(origins=self.origins),)


def suggest_verification(
    state: IncidentState,
    *,
    documents: Collection[str] = (),
    official: Collection[str] = (),
    origin: Origin = by_source,
) -> Suggestion:
    """The state of verification that the sources bear out.

    documents  sources that bring a photograph, a paper or a recording of the event
    official   sources that are an official record of it: a court's log or report, an agency's own form
    origin     who stands behind a claim, as in `fold`; a source that only denies the event does not tell of it
    """
    telling = [each.claim for each in positions(state.fact("kind").claims) if not each.denies]
    sources = tuple(each for each in state.sources if each in {claim.source for claim in telling})
    origins = len({origin(claim) for claim in telling})
    recorded, shown = (tuple(each for each in sources if each in named) for named in (official, documents))
    if recorded:
        return Suggestion(verification=_VERIFIED, why=_OFFICIAL, origins=origins, sources=recorded)
    if origins > 1:
        return Suggestion(verification=_CORROBORATED, why=_SEVERAL, origins=origins, sources=sources)
    if shown:
        return Suggestion(verification=_CORROBORATED, why=_SHOWN, origins=origins, sources=shown)
    return Suggestion(verification=_REPORTED, why=_ONE if sources else _NONE, origins=origins, sources=sources)


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationDecision:
    """A person set the verification of an incident.

    by       id of the person ("person:…"); the machine decides nothing
    at       UTC instant
    reason   in the person's words
    sources  sha256 of what it rests on
    """

    incident: str
    verification: Verification
    by: str
    at: datetime
    reason: str = ""
    sources: tuple[str, ...] = ()


class VerificationError(PorticoError):
    """A decision on verification that may not be taken."""

    exit_status = 2

    def __init__(self, incident: str, why: str) -> None:
        self.incident, self.why = incident, why
        super().__init__(f"Incident {incident}: {why} Its verification is unchanged.")


def may_follow(verification: Verification) -> tuple[Verification, ...]:
    """The states a person may set next. A refuted report is opened again, as reported, before it can be confirmed."""
    return _MAY_FOLLOW[verification]


def why_not(decision: VerificationDecision, now: Verification, suggestion: Suggestion) -> str | None:
    """Why the decision may not be taken, in one sentence with the next act; None when it may.

    suggestion  of the incident as it stands: *corroborated* must be borne out by the sources
    """
    named = decision.by.startswith("person:")
    wanted = decision.verification
    if not named:
        return "Only a named person decides. Sign in and set it yourself."
    if wanted not in may_follow(now):
        allowed = ", ".join(each.value for each in may_follow(now))
        return f"From {now.value} it cannot become {wanted.value}. It may become: {allowed}."
    if wanted is _CORROBORATED and suggestion.verification is _REPORTED:
        return (
            "Corroborated needs two independent sources, or one with a photograph or document. "
            f"{suggestion.reasons[0]} Link another account, or attach the document."
        )
    if (wanted in (_REFUTED, _UNABLE) or now in (_REFUTED, _VERIFIED)) and not decision.reason.strip():
        return f"To set {wanted.value} after {now.value}, say why. Give a reason."
    return None


def decide(
    history: Sequence[VerificationDecision], decision: VerificationDecision, suggestion: Suggestion
) -> tuple[VerificationDecision, ...]:
    """The history with the decision added. Raises VerificationError when it may not be taken."""
    problem = why_not(decision, verification_of(history, incident=decision.incident), suggestion)
    if problem:
        raise VerificationError(decision.incident, problem)
    return (*history, decision)


def verification_of(
    history: Iterable[VerificationDecision], *, incident: str, at: datetime | None = None
) -> Verification:
    """The state that the last decision on an incident set, up to an instant if given; reported before the first."""
    taken = [each for each in history if each.incident == incident and (at is None or each.at <= at)]
    return max(taken, key=lambda each: each.at).verification if taken else _REPORTED
