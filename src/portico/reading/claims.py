"""Making claims: one place that knows how a value, its words and who says so become a claim."""

from portico.facts import Claim, Hedge, Span, Value
from portico.reading.cues import Hit

READER = "portico-reading-1"


def claim(
    attribute: str,
    value: Value | None,
    *places: tuple[int, int],
    any_of: tuple[Value, ...] = (),
    cue: str | None = None,
    asserted_by: str | None = None,
    hedge: Hedge | None = None,
) -> Claim:
    """A claim of this reader, resting on the words at the places (start, end)."""
    return Claim(
        attribute=attribute,
        value=value,
        spans=tuple(Span(start, end) for start, end in sorted(set(places))),
        any_of=any_of,
        asserted_by=asserted_by,
        hedge=hedge,
        origin=READER,
        cue=cue,
    )


def cue_name(file: str, hit: Hit) -> str:
    """How `--explain` names a cue: its file and its id."""
    return f"{file}/{hit.cue.id}"
