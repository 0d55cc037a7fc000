"""The API itself: how calls are read and answered, whatever they ask."""

import hashlib
from collections.abc import Callable
from functools import wraps
from importlib.metadata import version

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from ninja import NinjaAPI, Schema
from ninja.errors import ValidationError
from ninja.renderers import BaseRenderer
from pydantic import ConfigDict, Field, ValidationInfo, model_validator
from pydantic.fields import FieldInfo

from portico.facts import PorticoError, to_json
from portico.web.access.viewer import Viewer, viewer_of
from portico.web.api.problems import Refused, of_error, told, wrong
from portico.web.desk.records import record_of

VERSION = "1"
MOST_ROWS, ROWS = 200, 50
_PACKAGE = version("portico-courts")
Run = Callable[..., HttpResponse]


class CanonicalJson(BaseRenderer):
    """As everywhere in Portico: equal values give equal bytes."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: object, *, response_status: int) -> bytes:
        return to_json(data)


class Asked(Schema):
    """Parameters and bodies: a name that is none is refused, or a filter misspelt would give the whole list."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def only_named(cls, sent: object, info: ValidationInfo) -> object:
        """The names of an address are not handed on with its values: they are looked at here. Raises Refused (422)."""
        request = (info.context or {}).get("request")
        if isinstance(request, HttpRequest) and request.method in ("GET", "HEAD"):
            others = set(request.GET) - set(cls.model_fields)
            if others:
                raise wrong({name: ["There is no parameter of this name here."] for name in sorted(others)})
        return sent


def one_of(*codes: str) -> FieldInfo:
    """For a parameter that may stay empty. The form of the screen checks it; this tells which values there are."""
    info: FieldInfo = Field(json_schema_extra={"enum": ["", *codes]})
    return info


class Part(Asked):
    """Which part of a list."""

    after: str = Field("", description="`next` of the part before; empty = from the beginning", max_length=200)
    limit: int = Field(ROWS, ge=1, le=MOST_ROWS)


def make_api() -> NinjaAPI:
    """An API without addresses."""
    api = NinjaAPI(
        title="Portico",
        version=VERSION,
        description=(
            "The record of civil immigration arrests at courthouses, for programs. A token of one person does what "
            "its scopes say and never more than that person may; what says who somebody is is left out."
        ),
        openapi_url=None,
        docs_url=None,
        urls_namespace="api",
        renderer=CanonicalJson(),
    )
    for kind in (Refused, PorticoError, ValidationError):
        api.add_exception_handler(kind, _refusal)
    return api


def _refusal(_request: HttpRequest, problem: object) -> HttpResponse:
    match problem:
        case Refused():
            return told(problem)
        case PorticoError():
            return told(of_error(problem))
        case ValidationError():
            return told(wrong(_fields(problem)))
    raise AssertionError(problem)


def _fields(error: ValidationError) -> dict[str, list[str]]:
    """What is wrong with which parameter. The names of what was sent only, never its words."""
    fields: dict[str, list[str]] = {}
    for each in error.errors:
        name = ".".join(str(part) for part in each["loc"][1:] if part != "asked") or str(each["loc"][0])
        fields.setdefault(name, []).append(f"{each['msg']}.")
    return fields


def unless_known(run: Run) -> Run:
    """Answers 304 to who has the answer already: while the log is the same, so is all that is read from it."""

    @wraps(run)
    def answer(request: HttpRequest, **named: object) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return run(request, **named)
        etag = f'"{_standing(record_of(request).root, viewer_of(request))}"'
        known = get_conditional_response(request, etag=etag)
        response = known if known is not None else run(request, **named)
        if response.status_code == 200:
            response.headers["ETag"] = etag
        return response

    return answer


def _standing(root: bytes, viewer: Viewer) -> str:
    """All that an answer depends on: the log, what is closed to this person, this version of the code."""
    parts = (_PACKAGE, root.hex(), *sorted(viewer.hidden))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
