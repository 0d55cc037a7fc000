"""The OpenAPI document: made from the calls themselves, with the scope that each asks for."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from pydantic import TypeAdapter

from portico.facts import to_json
from portico.web.access.permissions import act_of
from portico.web.api import deciding, documents, figures, incidents, rules, searching, statements
from portico.web.api.calls import make_api, unless_known
from portico.web.api.once import PARAMETER, once
from portico.web.api.problems import Problem
from portico.web.api.reference import BASE
from portico.web.tokens.scopes import scopes_for

_MADE = "Made at the desk, under Your account, Access tokens. What each call asks for is a scope of the token."
_ROUTERS = (
    ("incidents", incidents.router),
    ("", documents.router),
    ("", deciding.router),
    ("", statements.router),
    ("rules", rules.router),
    ("figures", figures.router),
    ("search", searching.router),
)
_REFUSALS: dict[str, Any] = {
    "default": {
        "description": "Refused: what, why, and what to do next",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
}


@cache
def program_api() -> NinjaAPI:
    """The API with every address."""
    api = make_api()
    api.add_decorator(unless_known, mode="view")
    api.add_decorator(once, mode="view")
    for prefix, router in _ROUTERS:
        api.add_router(prefix, router)
    return api


def openapi() -> Mapping[str, Any]:
    """The whole document. Stable: the same code gives the same."""
    document: dict[str, Any] = dict(program_api().get_openapi_schema(path_prefix=BASE))
    problem = TypeAdapter(Problem).json_schema(ref_template="#/components/schemas/{model}")
    schemas = {**document["components"]["schemas"], "Problem": problem}
    document["components"] = {
        "schemas": schemas,
        "securitySchemes": {"token": {"type": "http", "scheme": "bearer", "description": _MADE}},
    }
    names = _names()
    for path, methods in document["paths"].items():
        for method, call in methods.items():
            act = act_of(f"api:{names[path.removeprefix(BASE)]}", method.upper())
            assert act is not None, f"{method} {path} is not in the table of addresses"
            call |= {"security": [{"token": [scope]} for scope in scopes_for(act)]}
            if method == "post":
                call["parameters"] = [*call["parameters"], PARAMETER]
            call["responses"] = {str(status): each for status, each in call["responses"].items()} | _REFUSALS
    document["components"]["schemas"] = _in_use(schemas, document["paths"])
    del document["servers"]
    return document


def sent_document(request: HttpRequest) -> HttpResponse:
    """The document, for anybody: it says nothing of the record."""
    return HttpResponse(_sent(), content_type="application/json")


@cache
def _sent() -> bytes:
    return to_json(openapi())


def _names() -> dict[str, str]:
    """Path as the document has it → name of the address."""
    routes = ((str(each.pattern), each.name) for each in program_api().urls[0])
    return {route.replace("<", "{").replace(">", "}"): name for route, name in routes}


def _in_use(schemas: dict[str, object], paths: object) -> dict[str, object]:
    """The shapes that a call or another shape names; those of parameters stand with their calls."""
    named = {name for name in schemas if f'/{name}"' in json.dumps([paths, [*schemas.values()]])}
    return dict(sorted((name, each) for name, each in schemas.items() if name in named))
