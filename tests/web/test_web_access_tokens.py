"""What ends a person's ways in ends their programs' too; an administrator sees every token and can revoke it."""

import pytest
from django.utils import timezone

from portico.web.access.acts import Role
from portico.web.access.models import Invitation, User
from portico.web.tokens.models import Token

PASSWORD, OTHER = "three grey herons wade", "four grey herons stand"


@pytest.fixture
def administrator(desk):
    return desk.client([Role.ADMINISTRATOR])


@pytest.fixture
def person(desk):
    """Somebody with a password, who confirmed who they are a moment ago."""
    client = desk.client(user=desk.user([Role.DOCUMENTER, Role.READER], password=PASSWORD))
    client.post("/account/confirm/?next=/account/", {"password": PASSWORD, "next": "/account/"})
    return client


def changes(desk) -> list[str]:
    return [each.details["what"] for each in reversed(desk.record.newest("access_changed"))]


def new_password(client) -> None:
    client.post("/account/password/", {"new_password1": OTHER, "new_password2": OTHER})
    client.user.refresh_from_db()
    assert client.user.check_password(OTHER)


def reset_by_link(desk, user) -> None:
    _, secret = Invitation.make(name=user.name, user=user)
    answer = desk.visitor().post(f"/account/invited/{secret}/", {"password": OTHER, "again": OTHER})
    assert answer.status_code == 302


def lose_a_role(client, user) -> None:
    assert client.post(f"/people/{user.pk}/", {"roles": ["reader"]}).status_code == 302


ENDINGS = {
    "a new password": lambda desk, administrator, person: new_password(person),
    "a new password by a link": lambda desk, administrator, person: reset_by_link(desk, person.user),
    "signing out everywhere else": lambda desk, administrator, person: person.post("/account/sessions/end/"),
    "being signed out": lambda desk, administrator, person: administrator.post(
        f"/people/{person.user.pk}/sessions/end/"
    ),
    "a closed account": lambda desk, administrator, person: administrator.post(f"/people/{person.user.pk}/close/"),
    "a lost role": lambda desk, administrator, person: lose_a_role(administrator, person.user),
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_token_does_not_outlive(desk, administrator, person, ending):
    programs = [desk.program(user=person.user) for _ in range(2)]
    another = desk.program([Role.READER])
    assert [each.get("/api/v1/incidents").status_code for each in programs] == [200, 200]
    ENDINGS[ending](desk, administrator, person)
    User.objects.update(is_active=True)  # an account that opens again opens no token
    assert [each.get("/api/v1/incidents").json()["code"] for each in programs] == ["token_revoked", "token_revoked"]
    assert another.get("/api/v1/incidents").status_code == 200
    (closed,) = [each for each in desk.record.newest("access_changed") if each.details["what"] == "tokens_closed"]
    by_themself = ending in ("a new password", "a new password by a link", "signing out everywhere else")
    assert closed.actor == (person.user.actor if by_themself else administrator.user.actor)
    assert (closed.subject, closed.details["details"]) == (person.user.actor, ("2",))


@pytest.mark.parametrize("ending", ENDINGS)
def test_without_a_token_there_is_nothing_to_say(desk, administrator, person, ending):
    ENDINGS[ending](desk, administrator, person)
    assert "tokens_closed" not in changes(desk)


def test_who_did_it_is_told_how_many(desk, administrator, person):
    desk.program(user=person.user)
    page = administrator.get(f"/people/{person.user.pk}/").content.decode()
    assert "1 access token is open." in page
    assert "closes every access token" in page
    administrator.post(f"/people/{person.user.pk}/sessions/end/")
    page = administrator.get(f"/people/{person.user.pk}/").content.decode()
    assert "1 access token was closed: its program no longer comes in." in page
    assert "is open." not in page


def test_a_role_that_is_gained_and_a_team_that_changes_close_nothing(desk, administrator, person):
    program = desk.program(user=person.user)
    administrator.post(f"/people/{person.user.pk}/", {"roles": ["reader", "documenter", "counsel"]})
    assert program.get("/api/v1/incidents").status_code == 200


def test_before_a_password_is_changed_it_is_said_what_ends(desk, person):
    assert "your access tokens are closed" in person.get("/account/password/").content.decode()
    assert "Your access tokens are closed by it too." in person.get("/account/").content.decode()


def test_an_administrator_sees_every_token_and_no_secret(desk, administrator, person):
    Token.make(person.user, name="intake form of the <b>hotline</b>", scopes=["add", "read"], days=30)
    program = desk.program([Role.READER], ["numbers"])
    program.get("/api/v1/figures")
    page = administrator.get("/people/tokens/").content.decode()
    assert "intake form of the &lt;b&gt;hotline&lt;/b&gt;" in page
    assert page.count(f'href="/people/{person.user.pk}/"') == 1
    assert "Add, Read" in page
    assert "Numbers" in page
    assert f"{timezone.now():%-d %B %Y}" in page
    assert "never" in page
    for each in Token.objects.all():
        assert each.digest not in page
    assert program.secret not in page


def test_an_administrator_revokes_one_and_the_log_says_whose(desk, administrator, person):
    program, other = desk.program(user=person.user), desk.program(user=person.user)
    path = f"/people/tokens/{program.token.pk}/revoke/"
    for _ in range(2):
        assert administrator.post(path).status_code == 302
    assert program.get("/api/v1/incidents").json()["code"] == "token_revoked"
    assert other.get("/api/v1/incidents").status_code == 200
    assert changes(desk) == ["token_revoked"]
    entry = desk.record.newest("access_changed")[0]
    assert (entry.actor, entry.subject) == (administrator.user.actor, f"token:{program.token.pk}")
    assert entry.details["details"] == (person.user.actor,)
    page = administrator.get("/people/tokens/").content.decode()
    assert page.count(path) == 0
    assert page.index(f"/people/tokens/{other.token.pk}/revoke/") < page.index("revoked ")  # the open ones first
    assert "revoked an access token" in administrator.get("/people/reads/").content.decode()


@pytest.mark.parametrize("role", [each for each in Role if each is not Role.ADMINISTRATOR])
def test_nobody_else_sees_or_revokes_them(desk, role):
    program, client = desk.program(), desk.client([role])
    assert client.get("/people/tokens/").status_code == 403
    assert client.post(f"/people/tokens/{program.token.pk}/revoke/").status_code == 403
    assert program.get("/api/v1/incidents").status_code == 200


def test_many_have_pages(desk, administrator, person):
    for number in range(55):
        Token.make(person.user, name=f"form {number:02}", scopes=["add"], days=30)
    assert "form 00" not in administrator.get("/people/tokens/").content.decode()
    assert "form 00" in administrator.get("/people/tokens/?page=2").content.decode()
