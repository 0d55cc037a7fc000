"""What nobody gets through the API: the classes of faults that audits found elsewhere (design, security §1), each once.

A token is a person's, with less; guarded words are not in any answer; what is closed to a team is not there at all.
"""

import json
import logging
import threading

import pytest
from django.db import connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portico.web.access.acts import ROLES, Act, Role, acts_of
from portico.web.access.models import Restriction, Session, Team, User
from portico.web.access.permissions import endpoints, may, visible
from portico.web.access.viewer import viewer_for
from portico.web.api.knowing import hidden_incidents
from portico.web.tokens.models import PREFIX, Token
from portico.web.tokens.scopes import SCOPES, Scope, acts_within

DOOR = {"role", "scope", "second_factor", "method", "token_missing"}
GUARDED = ("Quintera", "Ismael", "34-year-old", "Mexic")
"""What the sample says of who somebody is: in its private note, and in the words of its public page."""


def of_the_api() -> list[tuple[str, str, Act]]:
    return [
        (name.removeprefix("api:"), method, act)
        for name, methods in endpoints().items()
        for method, act in methods.items()
        if name.startswith("api:") and act is not Act.ANYONE
    ]


@pytest.fixture
def paths(desk):
    """Every address of the API with ids of the sample."""
    state = desk.record.incidents()[0]
    account = desk.record.account(state.accounts[0])
    known = {
        "incident": state.id,
        "source": state.sources[0],
        "account": account.id,
        "claim": account.told[0].id,
        "rule_id": "ny-oca-directive-1-2019",
        "definition": "arrests-and-attempts",
    }
    from portico.web.api.urls import urlpatterns

    asked = {"search": "?q=hallway", "rules": "?courthouse=Brooklyn+Criminal+Court&day=2019-05-14"}
    routes = {each.name: str(each.pattern).replace("<", "{").replace(">", "}") for each in urlpatterns}
    return {name: f"/api/v1/{route.format(**known)}{asked.get(name, '')}" for name, route in routes.items()}


def everything(client, paths) -> dict[str, str]:
    """What each address answers to GET, as one text."""
    found = {}
    for name, method, _act in of_the_api():
        if method == "GET":
            found[name] = client.get(paths[name]).content.decode()
    return found


@given(roles=st.sets(st.sampled_from(Role)), scopes=st.sets(st.sampled_from([*Scope, "everything"])))
def test_a_token_never_may_what_its_person_may_not(roles, scopes):
    given_by = acts_within(scopes)
    assert given_by == frozenset().union(*(SCOPES[each] for each in scopes if each in SCOPES))
    for act in given_by & acts_of(roles):
        assert act in frozenset().union(*(ROLES[role] for role in roles))
    assert Act.OPEN_GUARDED not in given_by
    assert not given_by & {Act.ACCOUNT, Act.ADMINISTER, Act.ERASE, Act.RESTRICT, Act.UNDO_IMPORT}


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("scope", list(Scope))
def test_role_by_scope_by_call_opens_exactly_what_both_give(desk, paths, role, scope):
    program = desk.program([role], [scope])
    viewer = viewer_for(program.user, scopes=acts_within([scope]))
    wrong = []
    for name, method, act in of_the_api():
        answer = program.generic(method, paths[name])
        refused = answer.status_code in (401, 403, 405) and answer.json()["code"] in DOOR
        if refused is may(viewer, act):
            wrong.append((name, method, answer.status_code))
    assert wrong == []


def test_a_browser_that_is_signed_in_is_nobody_here(desk, paths):
    client = desk.client(unlocked=True)
    sessions = Session.objects.count()
    for name, method, _act in of_the_api():
        answer = client.generic(method, paths[name])
        assert (answer.status_code, answer.json()["code"]) == (401, "token_missing"), name
        assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert Session.objects.count() == sessions


def test_the_demonstration_lets_no_page_of_elsewhere_in(demonstration, paths):
    visitor = demonstration.visitor()
    for name, method, _act in of_the_api():
        assert visitor.generic(method, paths[name]).status_code == 401, name
    assert visitor.cookies == {}
    assert not Session.objects.exists()


def test_a_token_opens_no_page_of_the_desk(desk):
    program = desk.program()
    for path in ("/", "/incidents/", "/account/tokens/", "/people/"):
        assert program.get(path).headers["Location"].startswith("/account/sign-in/"), path


def test_guarded_words_are_in_no_answer_though_the_session_beside_it_is_unlocked(desk, paths):
    client = desk.client(unlocked=True)
    program = desk.program(user=client.user)
    program.cookies = client.cookies
    whole = desk.whole.incidents()[0]
    names = {str(value) for attribute in ("name", "age", "gender") for value in whole.values(attribute)}
    assert "Ismael Quintera" in names
    for source in whole.sources:
        paths = {**paths, "source": f"/api/v1/documents/{source}"}
        for name, told in everything(program, paths).items():
            assert [each for each in GUARDED if each in told] == [], name
    facts = {each["attribute"]: each for each in program.get(paths["incident"]).json()["facts"]}
    assert facts["name"]["guarded"]
    assert (facts["name"]["values"], {each["claim"] for each in facts["name"]["claims"]}) == ([], {None})
    assert not desk.record.newest("record_read")


def test_a_guarded_claim_is_not_decided_here(desk):
    state = desk.record.incidents()[0]
    claim = next(each.id for fact in state.facts if fact.attribute == "name" for each in fact.claims)
    program, before = desk.program(), desk.record.size
    sent = {"decision": "correct", "value": "Ozren Vantrell", "seen": 0}
    answer = program.post(f"/api/v1/claims/{claim}/decision", sent, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (403, "guarded")
    assert "unlocked session" in answer.json()["next"]
    assert desk.record.size == before


def restricted(desk):
    """The sample's incident closed to a team by one of its accounts; somebody outside, and somebody inside."""
    state = desk.record.incidents()[0]
    account = desk.record.account(state.accounts[-1])
    team = Team.objects.create(name="Kings trial team")
    Restriction.objects.create(account=account.id, source=account.source, team=team)
    inside = desk.user()
    inside.teams.add(team)
    return state, desk.program(), desk.program(user=inside)


def test_what_is_closed_to_a_team_is_in_no_list_search_figure_or_answer(desk, paths):
    state, out, in_ = restricted(desk)
    closed = desk.record.account(state.accounts[-1]).source
    paths["source"], paths["account"] = f"/api/v1/documents/{closed}", f"/api/v1/accounts/{state.accounts[-1]}"
    told = everything(out, paths)
    assert {
        name: json.loads(told[name])["code"] for name in ("incident", "findings", "source", "account")
    } == dict.fromkeys(("incident", "findings", "source", "account"), "not_found")
    for name, answer in told.items():
        assert state.id not in answer, name
        assert closed not in answer, name
    for source in state.sources[:-1]:  # open by themselves, and part of what is closed
        shown = out.get(f"/api/v1/documents/{source}")
        assert state.id not in shown.content.decode()
        assert {each["incident"] for each in shown.json()["accounts"]} == {None}
    assert json.loads(told["figure"])["total"]["upper"] == 0
    assert json.loads(told["figure"])["base"] == 0
    assert json.loads(everything(in_, paths)["figure"])["total"]["upper"] == 1
    assert in_.get(paths["incident"]).status_code == 200


def test_what_is_closed_is_not_written_to_either(desk, paths):
    state, out, _in = restricted(desk)
    before = desk.record.size
    account, other = state.accounts[0], state.accounts[1]
    calls = [
        (paths["decide"], {"decision": "accept", "seen": 0}),
        (paths["mark"], {"verification": "verified", "reason": "clerk", "seen": "reported"}),
        ("/api/v1/links", {"accounts": [account, other]}),
        (f"/api/v1/accounts/{account}/unlink", {}),
    ]
    for path, sent in calls:
        assert out.post(path, sent, content_type="application/json").status_code == 404, path
    assert desk.record.size == before


def test_adding_a_document_that_is_closed_does_not_tell_that_it_is_there(desk):
    sent = {"words": "Immigration agents arrested a man in the lobby of Queens Criminal Court on May 3, 2019."}
    out, team = desk.program(), Team.objects.create(name="Queens trial team")
    kept = out.post("/api/v1/documents", sent, content_type="application/json").json()
    assert out.post("/api/v1/documents", sent, content_type="application/json").json() == {**kept, "new": False}
    Restriction.objects.create(account=kept["accounts"][0], source=kept["source"], team=team)
    size, answer = desk.record.size, out.post("/api/v1/documents", sent, content_type="application/json")
    assert (answer.status_code, answer.json()) == (201, {"source": kept["source"], "accounts": [], "new": True})
    assert desk.record.size == size


@pytest.mark.parametrize("whole", [True, False])
def test_hidden_incidents_are_those_that_the_permission_function_leaves_out(desk, whole):
    state, out, in_ = restricted(desk)
    if not whole:
        desk.record.unlink(state.accounts[-1], actor="person:test")
    for program in (out, in_):
        viewer = viewer_for(program.user)
        every = desk.record.incidents()
        left = {each.id for each in every} - {each.id for each in visible(viewer, every)}
        assert hidden_incidents(desk.record, viewer) == left


def test_a_secret_in_an_address_is_refused_and_named_nowhere(desk, caplog):
    program = desk.program()
    caplog.set_level(logging.DEBUG)
    for path in (f"/api/v1/incidents?access_token={program.secret}", f"/api/v1/incidents/{program.secret}"):
        answer = program.get(path)
        assert (answer.status_code, answer.json()["code"]) == (400, "token_in_address")
        assert PREFIX not in answer.content.decode()
    assert program.secret not in caplog.text


@pytest.mark.parametrize("fault", [True, False])
def test_a_secret_is_in_no_line_of_the_log(desk, caplog, monkeypatch, fault, capsys):
    from portico.web.api import incidents

    def broken(*_):
        raise ValueError("Ozren Vantrell was sent here")

    if fault:
        monkeypatch.setattr(incidents, "_rows", broken)
    program = desk.program()
    caplog.set_level(logging.DEBUG)
    answer = program.get("/api/v1/incidents", {"court": "Ozren Vantrell"})
    assert answer.status_code == (500 if fault else 200)
    if fault:
        assert (answer.json()["code"], answer.headers["Content-Type"]) == ("fault", "application/json")
        assert "Ozren" not in answer.content.decode()
    printed = capsys.readouterr().err
    assert program.secret not in caplog.text + printed
    assert "Ozren" not in printed


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ({}, "token_missing"),
        ({"Authorization": "Bearer portico_nothing"}, "token_unknown"),
        ({"Authorization": "Bearer "}, "token_unknown"),
        ({"Authorization": "Basic c29tZWJvZHk6eA=="}, "token_unknown"),
        ({"X-Api-Key": "portico_nothing"}, "token_missing"),
    ],
)
def test_what_is_no_token_says_what_to_do(desk, header, code):
    answer = desk.visitor().get("/api/v1/incidents", headers=header)
    told = answer.json()
    assert (answer.status_code, told["code"]) == (401, code)
    assert "Access tokens" in told["next"]
    assert told["what"]
    assert told["why"]


def test_who_left_or_lost_a_role_loses_the_token_with_it(desk):
    program = desk.program([Role.DOCUMENTER])
    assert program.get("/api/v1/incidents").status_code == 200
    User.objects.filter(pk=program.user.pk).update(roles=[Role.ADMINISTRATOR])
    assert program.get("/api/v1/incidents").json()["code"] == "role"
    User.objects.filter(pk=program.user.pk).update(is_active=False)
    assert program.get("/api/v1/incidents").json()["code"] == "token_closed"


def test_every_use_is_counted_also_those_at_once(desk):
    program = desk.program()

    def ask():
        assert program.get("/api/v1/figures").status_code == 200
        connections.close_all()

    for _ in range(2):
        asking = [threading.Thread(target=ask) for _ in range(6)]
        for each in asking:
            each.start()
        for each in asking:
            each.join()
    token = Token.objects.get()
    assert token.uses == 12 or (token.uses < 12 and token.made.minute != token.minute.minute)


@pytest.mark.parametrize("field", ["actor", "accounts", "batch", "origin", "id", "source"])
def test_a_field_that_is_none_of_the_call_is_refused(desk, paths, field):
    sent = {"decision": "accept", "seen": 0, field: "person:somebody-else"}
    answer = desk.program().post(paths["decide"], sent, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (422, "wrong_call")
    assert field in answer.json()["fields"]


def test_a_filter_that_is_misspelt_gives_no_list(desk):
    answer = desk.program().get("/api/v1/incidents", {"knd": "sighting"})
    assert answer.status_code == 422
    assert list(answer.json()["fields"]) == ["knd"]


def test_nobody_takes_the_whole_record_in_one_answer(desk):
    program = desk.program()
    for path in ("incidents", "documents", "statements", "actions"):
        assert program.get(f"/api/v1/{path}", {"limit": 201}).status_code == 422, path
    assert program.get("/api/v1/search", {"q": "a*", "limit": 201}).status_code == 422


@pytest.mark.parametrize("sent", [b"{", b"[]", b'{"decision": ', b"\xff\xfe", b"[" * 100_000, b'"words"'])
def test_a_body_that_cannot_be_read_is_told_in_the_same_shape(desk, paths, sent):
    answer = desk.program().generic("POST", paths["decide"], sent, content_type="application/json")
    assert answer.status_code in (400, 422)
    assert {"code", "what", "why", "next"} <= set(answer.json())


def test_a_body_that_is_too_large_is_not_read(desk):
    sent = json.dumps({"words": "x" * 6_000_000})
    answer = desk.program().generic("POST", "/api/v1/documents", sent, content_type="application/json")
    assert answer.status_code in (400, 413)
    assert answer.json()["what"]


def test_html_that_was_added_comes_back_as_words_of_json(desk):
    program = desk.program()
    sent = {"words": "<img src=x onerror=alert(1)> Agents arrested a man in Queens Criminal Court on May 3, 2019."}
    kept = program.post("/api/v1/documents", sent, content_type="application/json").json()
    answer = program.get(f"/api/v1/documents/{kept['source']}")
    assert answer.headers["Content-Type"].startswith("application/json")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "<img src=x" in answer.json()["text"]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=st.dictionaries(st.sampled_from(["kind", "court", "since", "limit", "after", "q"]), st.text(max_size=20)))
def test_nothing_that_is_asked_breaks_it(desk, asked):
    program = getattr(desk, "asking", None) or desk.program()
    desk.asking = program
    for path in ("incidents", "documents", "statements", "rules", "figures/arrests-and-attempts", "search"):
        answer = program.get(f"/api/v1/{path}", asked)
        assert answer.status_code in (200, 422, 429), (path, asked)
        answer.json()
