"""What somebody did last in this session, to take it back with one key: shown instead of "are you sure?"."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from portico.store import RecordRefused
from portico.web.desk.records import record_of
from portico.web.inbox.models import Aside

_KEY = "portico_last_act"
_SECONDS = 15 * 60


@dataclass(frozen=True, slots=True)
class LastAct:
    """said: what was done, in words that name nobody; number: tells two acts of one session apart."""

    said: str
    number: int


def remember(request: HttpRequest, said: str, *, batch: str = "", aside: Sequence[str] = ()) -> None:
    """What can be undone now. batch: of the record; aside: documents that were set aside."""
    number = int(request.session.get(_KEY, {}).get("number", 0)) + 1
    request.session[_KEY] = {
        "said": said,
        "batch": batch,
        "aside": [*aside],
        "at": time.time(),
        "number": number,
    }


def last_act(request: HttpRequest) -> LastAct | None:
    """What can still be undone; None after a while, or after it was."""
    kept = request.session.get(_KEY)
    if not kept or "said" not in kept or time.time() - kept["at"] > _SECONDS:
        return None
    return LastAct(kept["said"], kept["number"])


def undo_last(request: HttpRequest, number: int) -> bool:
    """Takes it back. False when it was done already, or when something else was done since."""
    kept = request.session.get(_KEY)
    if last_act(request) is None or kept["number"] != number:
        return False
    request.session[_KEY] = {"number": number}
    Aside.objects.filter(source__in=kept["aside"]).delete()
    if kept["batch"]:
        try:
            record_of(request).undo(kept["batch"], actor=request.user.actor)
        except RecordRefused:  # somebody undid it elsewhere
            return False
    return True
