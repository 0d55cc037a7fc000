"""What went wrong, as a program reads it: one shape for every refusal, with what, why and what to do next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse

from portico.facts import PorticoError, to_json
from portico.store import RecordError, RecordLocked
from portico.web.access.acts import Act, acts_of
from portico.web.access.viewer import Viewer
from portico.web.tokens.scopes import scopes_for

NOTHING = "Nothing was read or written."
_SECONDS_LOCKED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why a call was refused.

    code    for programs, always the same words for the same thing
    what    what came of the call: of what it asked for, nothing was done
    why     what is wrong
    next    what to do
    fields  parameter → what is wrong with it, or which values it may have
    now     for "changed": how it stands, so that one can decide again
    """

    code: str
    what: str
    why: str
    next: str
    fields: Mapping[str, Sequence[str]] = field(default_factory=dict)
    now: object = None


class Refused(Exception):  # noqa: N818  (an answer, not a fault of ours)
    """Ends a call with this answer."""

    def __init__(self, status: int, problem: Problem, **headers: str) -> None:
        self.status, self.problem, self.headers = status, problem, headers
        super().__init__(problem.code)


def told(refused: Refused) -> HttpResponse:
    """The answer as it is sent."""
    headers = {name.replace("_", "-"): value for name, value in refused.headers.items()}
    return HttpResponse(
        to_json(refused.problem), status=refused.status, content_type="application/json", headers=headers
    )


def no_token(why: str, step: str, code: str = "token_missing") -> Refused:
    """Nobody is let in. RFC 6750, section 3."""
    challenge = "Bearer" if code == "token_missing" else 'Bearer error="invalid_token"'
    return Refused(401, Problem(code=code, what=NOTHING, why=why, next=step), WWW_Authenticate=challenge)


def not_for(viewer: Viewer, act: Act | None) -> Refused:
    """Why the permission table refuses this: nobody, the person, or only the token."""
    if not viewer.signed_in:
        return no_token(
            "No token came with the call; sessions of a browser do not count here.",
            "Make a token at the desk, under Your account, Access tokens, and send it as Authorization: Bearer TOKEN.",
        )
    if act is None:
        why, step = "This address does not take this method.", "The OpenAPI document lists what each address takes."
        return Refused(405, Problem(code="method", what=NOTHING, why=why, next=step))
    if not viewer.enrolled:
        return _forbidden(
            "second_factor", "The person of this token has no second factor.", "Let them set one up at the desk."
        )
    if act not in acts_of(viewer.roles):
        why = f"The person of this token may not do this ({act.value}), and a token never does more than its person."
        return _forbidden("role", why, "Ask an administrator, or use the token of somebody who may.")
    wanted = " or ".join(scopes_for(act))
    why = f"The token does not have the scope that this asks for: {wanted}."
    return _forbidden("scope", why, f"Make a token that has it: {wanted}.")


def _forbidden(code: str, why: str, step: str) -> Refused:
    return Refused(403, Problem(code=code, what=NOTHING, why=why, next=step))


def guarded(attribute: str) -> Refused:
    """A field that says who somebody is: never through the API."""
    why = f"{attribute} says who somebody is, and a token never opens or decides that."
    return _forbidden("guarded", why, "Decide it at the desk, in an unlocked session.")


def missing(what: str) -> Refused:
    """Not there, or not for this person to know of: the same answer."""
    why = f"There is no {what} of this id for this token."
    step = "Take ids from lists and searches; one that was linked has the id of the whole."
    return Refused(404, Problem(code="not_found", what=NOTHING, why=why, next=step))


def wrong(fields: Mapping[str, Sequence[str]]) -> Refused:
    """Parameters that cannot be."""
    why = "; ".join(f"{name}: {' '.join(said)}" for name, said in fields.items())
    step = "Correct the fields that are named, and send it again."
    return Refused(422, Problem(code="wrong_call", what=NOTHING, why=why, next=step, fields=fields))


def checked(form: forms.Form) -> Mapping[str, Any]:
    """What a form of the desk takes. Raises Refused (422) with what it says of each field."""
    if not form.is_valid():
        raise wrong({name: [str(each) for each in said] for name, said in form.errors.items()})
    return dict(form.cleaned_data)


def of_error(error: PorticoError) -> Refused:
    """What a room says of a call that it refuses, or cannot do now."""
    if not isinstance(error, RecordError):
        step = "Correct what was sent, and send it again."
        return Refused(422, Problem(code="refused", what=NOTHING, why=str(error), next=step))
    problem = Problem(code="refused", what=error.survived, why=error.what, next=error.next_step)
    if isinstance(error, RecordLocked):
        return Refused(503, problem, Retry_After=str(_SECONDS_LOCKED))
    return Refused(422 if error.exit_status == 2 else 503, problem)


_PLAIN = {
    400: ("bad_request", "The call could not be read.", "Send it again as the OpenAPI document describes it."),
    404: ("no_address", "There is nothing at this address.", "The OpenAPI document lists every address."),
    405: ("method", "This address does not take this method.", "The OpenAPI document lists what each address takes."),
    413: ("too_large", "It is larger than is taken here.", "Send it in parts."),
}


def plain(request: HttpRequest, status: int) -> Refused:
    """For what ended before it came to us: the same shape, by its status alone."""
    fault = ("fault", "Something broke here; it was noted, without what was sent.", "Try again; if it stays, tell us.")
    code, why, step = _PLAIN.get(status, fault if status >= 500 else _PLAIN[400])
    return Refused(status, Problem(code=code, what=NOTHING if status < 500 else "", why=why, next=step))
