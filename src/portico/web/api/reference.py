"""The OpenAPI document as a page prints it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any

BASE = "/api/v1/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call. path: behind `base`; scopes: any one of them will do; parameters: (name, must it be given)."""

    group: str
    method: str
    path: str
    says: str
    scopes: tuple[str, ...]
    parameters: tuple[tuple[str, bool], ...]


@cache
def groups() -> tuple[tuple[str, tuple[Call, ...]], ...]:
    """The calls under the heading of what they are about, in the order of the document."""
    from portico.web.api.document import openapi  # noqa: PLC0415  (the API is made when it is asked for)

    calls = sorted(_calls(openapi()), key=lambda call: call.group)
    return tuple((name, tuple(each)) for name, each in groupby(calls, key=lambda call: call.group))


def _calls(document: Mapping[str, Any]) -> Iterator[Call]:
    for path, methods in document["paths"].items():
        for method, call in methods.items():
            parameters = [(each["name"], each["required"]) for each in call["parameters"] if each["in"] == "query"]
            yield Call(
                group=call["tags"][0],
                method=method.upper(),
                path=path.removeprefix(BASE.rstrip("/")),
                says=call["description"],
                scopes=tuple(scope for one in call["security"] for scope in one["token"]),
                parameters=tuple(sorted(parameters, key=lambda each: not each[1])),
            )
