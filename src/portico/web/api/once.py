"""A call that is sent again is once: with the same `Idempotency-Key` it is answered as the first time, for a day.

A program that lost the answer on the way does not know whether the call came through. It sends the same again.
"""

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from portico.web.api.calls import Run
from portico.web.api.problems import NOTHING, Problem, Refused, told, wrong
from portico.web.tokens.models import KeptAnswer

HEADER, REPLAYED = "Idempotency-Key", "Idempotency-Replayed"
KEPT_HOURS = 24
LONGEST = 200
_GIVEN_UP = timedelta(minutes=5)
"""After so long nobody is answering any more: the server died meanwhile. What a call does twice is once by itself."""

PARAMETER = {
    "in": "header",
    "name": HEADER,
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST, "pattern": "^[!-~]+$", "title": HEADER},
    "description": (
        f"Of your own making, another for each call, with nothing in it about anybody. For {KEPT_HOURS} hours the same "
        f"call with the same key is done once and answered as the first time, with `{REPLAYED}: true`; another call "
        "with it is refused (422), and the same while the first is being answered too (409). A call that was refused "
        "did nothing: its key may be used again. Keys of other tokens are other keys."
    ),
}


def once(run: Run) -> Run:
    """Answers a call that carries a key: does it, unless this token did it already."""

    @wraps(run)
    def answer(request: HttpRequest, **named: object) -> HttpResponse:
        key = request.headers.get(HEADER)
        if request.method != "POST" or key is None:
            return run(request, **named)
        try:
            kept = _begun(request, key)
        except Refused as refused:
            return told(refused)
        if kept.status:
            return HttpResponse(
                kept.answer, status=kept.status, content_type="application/json", headers={REPLAYED: "true"}
            )
        return _kept(kept, run, request, named)

    return answer


def _kept(kept: KeptAnswer, run: Run, request: HttpRequest, named: dict[str, object]) -> HttpResponse:
    """Does the call. What was refused did nothing, and may be corrected and sent again."""
    done = False
    try:
        response = run(request, **named)
        done = 200 <= response.status_code < 300
    finally:
        if not done:
            kept.delete()
    if done:
        kept.keep(response.status_code, response.content)
    return response


def _begun(request: HttpRequest, key: str) -> KeptAnswer:
    """The row of this key: new, or with the answer that was given. Raises Refused (409, 422)."""
    if not 0 < len(key) <= LONGEST or not all("!" <= each <= "~" for each in key):
        raise wrong({HEADER: [f"1 to {LONGEST} visible ASCII characters, without spaces."]})
    now = timezone.now()
    KeptAnswer.objects.filter(began__lt=now - timedelta(hours=KEPT_HOURS)).delete()
    asked = _hashed("call", *_sent(request))
    kept, new = KeptAnswer.objects.get_or_create(
        token=request.portico_token, key=_hashed("key", key.encode()), defaults={"asked": asked, "began": now}
    )
    if kept.asked != asked:
        raise _refused(422, "key_used", "This key came with another call before.", "Give each call a key of its own.")
    if not new and not kept.status and not _taken_over(kept, now):
        why, step = "The same call is being answered now.", "Wait a second, and send the same again."
        raise _refused(409, "being_answered", why, step, Retry_After="1")
    return kept


def _taken_over(kept: KeptAnswer, now: datetime) -> bool:
    """Whether the call is ours, after whoever had it died. One statement decides between two who ask."""
    left = KeptAnswer.objects.filter(pk=kept.pk, status=0, began=kept.began, began__lt=now - _GIVEN_UP)
    return bool(left.update(began=now))


def _refused(status: int, code: str, why: str, step: str, **headers: str) -> Refused:
    return Refused(status, Problem(code=code, what=NOTHING, why=why, next=step), **headers)


def _sent(request: HttpRequest) -> Iterator[bytes]:
    """The call and what came with it. Of a form its parts: what stands between them is another each time."""
    yield request.get_full_path().encode()
    if request.content_type != "multipart/form-data":
        yield request.body
        return
    for name, values in sorted(request.POST.lists()):
        yield from (name.encode(), *(value.encode() for value in values))
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            yield from (name.encode(), str(file.name).encode(), file.read())
            file.seek(0)


def _hashed(what: str, *parts: bytes) -> str:
    """A hash that only this desk can make. Each part with its length: two calls never run into one."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return str(salted_hmac(f"portico.api.{what}", digest.digest(), algorithm="sha256").hexdigest())
