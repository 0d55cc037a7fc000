"""What a caller said that a call may be used for, as consent of who called: recorded with the call itself."""

from collections.abc import Mapping
from datetime import date

from portico.record import Consent, Consenting, Purpose

_SAID: Mapping[str, Mapping[Purpose, Consenting]] = {
    "statistics": {"statistics": "given", "representation": "refused", "story": "refused", "media": "refused"},
    "lawyer": {"representation": "given", "statistics": "refused", "story": "refused", "media": "refused"},
    "both": {"representation": "given", "statistics": "given"},
}


def consents_of_call(may_use: str, on: date) -> tuple[Consent, ...]:
    """may_use: a code of the form of a call. "Only" refuses the rest; who has not said has said nothing."""
    said = _SAID.get(may_use, {})
    return tuple(Consent(purpose=purpose, answer=answer, on=on) for purpose, answer in said.items())
