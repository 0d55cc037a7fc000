"""Every page of the desk: its headers, its words, its place in the permission table; errors among them."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from portico.web.access.acts import ROLES, Act, Role
from portico.web.access.permissions import endpoints, may
from portico.web.access.viewer import Viewer
from portico.web.desk.screens import screens

MUST = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=()",
}


def addresses(patterns=None, before: str = "") -> list[str]:
    """The full name of every address in the URL configuration."""
    found = []
    for each in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(each, URLResolver):
            found += addresses(each.url_patterns, f"{before}{each.namespace}:" if each.namespace else before)
        elif isinstance(each, URLPattern):
            assert each.name, f"an address without a name: {each.pattern}"
            found.append(before + each.name)
    return found


def path_of(name: str) -> str:
    """An address with the screen's example of what it asks, else with invented values."""
    space, _, last = name.rpartition(":")
    told = next((screen.examples.get(last, {}) for screen in screens() if screen.name == space), {})
    resolver = get_resolver()
    if space:
        resolver = resolver.namespace_dict[space][1]
    wanted = resolver.reverse_dict.getlist(last)[0][0][0][1]
    return reverse(name, kwargs={each: told.get(each, 1) for each in wanted})


def test_every_address_is_in_the_table_of_permissions_and_every_row_is_an_address():
    assert sorted(set(addresses())) == sorted(endpoints())


def test_an_address_that_is_not_in_the_table_is_refused_to_everybody(desk, monkeypatch):
    from portico.web.access import middleware

    monkeypatch.setattr(middleware, "act_of", lambda *_: None)
    assert desk.client().get("/").status_code == 403


def test_every_answer_carries_its_headers(desk):
    for name in sorted(endpoints()):
        for client in (desk.visitor(), desk.client(), desk.program()):
            for method in ("get", "post"):
                answer = getattr(client, method)(path_of(name))
                assert answer.status_code < 500, (name, method)
                _check_headers(answer)


@pytest.mark.parametrize("path", ["/nothing/here/", "/static/nothing.css"])
def test_errors_carry_the_headers_too(desk, path):
    answer = desk.client().get(path)
    assert answer.status_code == 404
    _check_headers(answer)


def test_a_fault_of_ours_carries_the_headers_and_says_nothing_of_itself(desk, monkeypatch, caplog):
    from portico.web.desk import views

    def broken(*_):
        raise ValueError("Ozren Vantrell was typed here")

    monkeypatch.setattr(views, "render", broken)
    answer = desk.client().get("/")
    assert answer.status_code == 500
    _check_headers(answer)
    assert b"Something broke here" in answer.content
    assert b"Ozren" not in answer.content


def _check_headers(answer) -> None:
    for name, begins in MUST.items():
        assert answer.headers.get(name, "").startswith(begins), name
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"].startswith(("no-store", "max-age="))
    for cookie in filter(lambda each: each.value, answer.cookies.values()):
        assert cookie["httponly"], cookie
        assert cookie["samesite"] == "Lax"
        assert cookie["path"] == "/"
        assert not cookie["domain"]


@pytest.mark.parametrize("role", [None, *Role])
def test_a_role_reaches_an_address_exactly_when_the_table_says_so(desk, role):
    viewer = Viewer() if role is None else Viewer(actor="person:x", roles=frozenset({role}), enrolled=True)
    wrong = []
    for name, methods in endpoints().items():
        client = desk.visitor() if role is None else asking(desk, name, [role])  # a new one: some addresses sign out
        for method in ("GET", "POST", "PUT", "DELETE"):
            act = methods.get(method)
            answer = client.generic(method, path_of(name))
            if _refused(answer) is (act is not None and may(viewer, act)):
                wrong.append((name, method, answer.status_code))
    assert wrong == []


def asking(desk, name, roles, **known):
    """Who asks this address: a person at a screen, or under the API a program of theirs with every scope."""
    return (desk.program if name.startswith("api:") else desk.client)(roles, **known)


def _refused(answer) -> bool:
    """Whether the door refused: the page for that, the way to sign in, or what it tells a program."""
    if answer.headers.get("Content-Type") == "application/json":
        return answer.json().get("code") in ("token_missing", "role", "scope", "second_factor", "method")
    if answer.status_code == 302:
        return answer.headers["Location"].startswith(("/account/sign-in/?next=", "/account/enrol/"))
    return answer.status_code == 403 and b"This is not open to you" in answer.content


def test_without_a_second_factor_nothing_but_enrolling_opens(desk):
    person = desk.user(enrolled=False)
    for name, methods in endpoints().items():
        act = methods.get("GET")
        if act in (None, Act.ANYONE, Act.ENROL):
            continue
        answer = asking(desk, name, [], user=person).get(path_of(name))
        if name.startswith("api:"):
            assert (answer.status_code, answer.json()["code"]) == (403, "second_factor"), name
        else:
            assert answer.headers.get("Location", "").startswith("/account/enrol/"), name


def test_every_role_may_something_and_none_may_everything():
    assert all(ROLES.values())
    assert all(ROLES[role] < frozenset(Act) for role in Role)
    assert Act.OPEN_GUARDED not in ROLES[Role.ADMINISTRATOR]
    assert Act.OPEN_GUARDED not in ROLES[Role.READER]
