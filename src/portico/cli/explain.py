"""`portico read --explain`: for every value the cue, what it means, its words, the rival readings and a confidence."""

from collections.abc import Iterable

from portico.cli.closer import Closely
from portico.cli.output import Answer
from portico.facts import PorticoError, Span
from portico.reading import AccountConfidence, Explanation, confidence, explain


def explained(rows: Iterable[Closely | PorticoError]) -> Answer:
    from portico.cli.prints.explanation import explanation_lines

    return Answer(rows=rows, text=explanation_lines, json=explained_json)


def explained_json(row: Closely) -> dict[str, object]:
    """The flat object; each claim with what it rests on beside it, each incident with its confidence."""
    flat = row.flat()
    incidents = flat["incidents"]
    assert isinstance(incidents, list)
    accounts = explain(row.reading, row.document.text)
    shares = confidence(row.reading, row.document.text)
    for incident, account, share in zip(incidents, accounts, shares, strict=True):
        incident["confidence"] = share.account
        _beside_claims(incident["claims"], account, share)
    return flat


def _beside_claims(claims: list[dict[str, object]], account: tuple[Explanation, ...], share: AccountConfidence) -> None:
    for claim, each, its_share in zip(claims, account, share.claims, strict=True):
        claim |= {
            "confidence": its_share,
            "cue": each.claim.cue,
            "found": each.found,
            "also": [_pair(span) for span in each.also],
            "rivals": [
                {"value": rival.value, "span": _pair(rival.span), "cue": rival.cue, "why_not": rival.why}
                for rival in each.rivals
            ],
        }


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]
