"""The OpenAPI document: it is current, it holds together, and what is answered is what it says."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from portico.facts import json_schema
from portico.web.access.acts import Act
from portico.web.access.permissions import endpoints
from portico.web.api.document import openapi, program_api
from portico.web.tokens.scopes import SCOPES

ROOT = Path(__file__).parents[2]
DOCUMENT = openapi()
CALLS = {
    (method.upper(), path): call for path, methods in DOCUMENT["paths"].items() for method, call in methods.items()
}


def test_the_one_that_is_checked_in_is_current():
    made = subprocess.run([sys.executable, ROOT / "tools" / "openapi.py"], capture_output=True, check=True).stdout
    assert (ROOT / "docs" / "schema" / "openapi.json").read_bytes() == made, "run `make docs`"


def test_anybody_gets_it_at_its_address(desk):
    answer = desk.visitor().get("/api/v1/openapi.json")
    assert (answer.status_code, answer.json()) == (200, DOCUMENT)


def test_it_has_what_an_openapi_document_must_have():
    assert DOCUMENT["openapi"].startswith("3.1")
    assert {"title", "version", "description"} <= set(DOCUMENT["info"])
    assert "servers" not in DOCUMENT  # a desk is where its people put it
    names = [call["operationId"] for call in CALLS.values()]
    assert len(names) == len(set(names))
    for (_method, path), call in CALLS.items():
        asked = {each["name"] for each in call["parameters"] if each["in"] == "path" and each["required"]}
        assert set(re.findall(r"{(\w+)}", path)) == asked, path
        assert call["description"], path
        assert "default" in call["responses"], path
        assert set(call["responses"]) & {"200", "201"}, path


def test_every_shape_is_a_schema_and_every_name_of_one_leads_to_one():
    shapes = DOCUMENT["components"]["schemas"]
    for shape in shapes.values():
        Draft202012Validator.check_schema(shape)
    named = set(re.findall(r"#/components/schemas/(\w+)", str(DOCUMENT)))
    assert named == set(shapes)


def test_every_call_is_in_the_table_of_permissions_with_just_its_methods():
    methods: dict[str, set[str]] = {}
    for each in program_api().urls[0]:
        if each.name != "api-root":
            path = "/api/v1/" + re.sub(r"<(\w+)>", r"{\1}", str(each.pattern))
            methods.setdefault(each.name, set()).update(method for method, known in CALLS if known == path)
    told = {name.removeprefix("api:"): set(each) for name, each in endpoints().items() if name.startswith("api:")}
    assert methods | {"document": {"GET"}} == told


def test_a_call_that_is_not_in_the_table_makes_no_document(monkeypatch):
    from portico.web.api import document

    monkeypatch.setattr(document, "act_of", lambda *_: None)
    with pytest.raises(AssertionError, match="not in the table of addresses"):
        document.openapi()


def test_each_call_names_the_scopes_that_its_act_is_in():
    for call in CALLS.values():
        scopes = {scope for each in call["security"] for scope in each["token"]}
        assert scopes
        assert scopes <= {scope.value for scope in SCOPES}


def test_no_scope_gives_what_no_program_does():
    given = frozenset().union(*SCOPES.values())
    assert given == {Act.LOOK, Act.EXPORT, Act.PROPOSE, Act.DECIDE, Act.VERIFY}


@pytest.mark.parametrize("name", ["Claim", "Span", "Source", "Statement", "Action", "Finding"])
def test_facts_have_the_names_of_the_published_schema(name):
    published, ours = json_schema()["$defs"][name]["properties"], DOCUMENT["components"]["schemas"][name]["properties"]
    assert set(ours) == set(published)


@pytest.mark.parametrize(("ours", "facts"), [("ShownClaim", "SourcedClaim"), ("ShownFact", "FactState")])
def test_what_stands_around_them_adds_names_and_changes_none(ours, facts):
    published = set(json_schema()["$defs"][facts]["properties"])
    assert published <= set(DOCUMENT["components"]["schemas"][ours]["properties"])
    assert set(json_schema()["$defs"]["IncidentState"]["properties"]) == set(
        DOCUMENT["components"]["schemas"]["Incident"]["properties"]
    )


def problems(answer, method: str, path: str) -> list[str]:
    """Where an answer is not what the document says of it."""
    responses = CALLS[method, path]["responses"]
    shape = responses.get(str(answer.status_code), responses["default"])["content"]["application/json"]["schema"]
    held = {**shape, "components": DOCUMENT["components"]}
    return [each.message for each in Draft202012Validator(held).iter_errors(answer.json())]


def test_what_is_answered_is_what_it_says(desk):
    program = desk.program()
    incident = desk.record.incidents()[0]
    known = {
        "incident": incident.id,
        "source": incident.sources[0],
        "account": incident.accounts[0],
        "rule_id": "ny-oca-directive-1-2019",
        "definition": "arrests-and-attempts",
    }
    asked = {"q": "hallway", "courthouse": "Brooklyn Criminal Court", "day": "2019-05-14"}
    found = {}
    for (method, path), call in CALLS.items():
        if method == "GET":
            needed = {each["name"] for each in call["parameters"] if each["required"] and each["in"] == "query"}
            for one in (program, desk.visitor()):
                answer = one.get(path.format(**known), {name: asked[name] for name in needed})
                assert answer.status_code == (200 if one is program else 401), path
                found[path, answer.status_code] = problems(answer, method, path)
    assert {key: each for key, each in found.items() if each} == {}
