"""Coming in: invitation, password and code, throttling, sessions that end, unlocking, second factors at rest."""

import re
import time
from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.utils import timezone

from portico.web.access.acts import Role
from portico.web.access.models import Invitation, Session, User

PASSWORD = "three grey herons wade"


@pytest.fixture
def person(desk):
    return desk.user([Role.DOCUMENTER], password=PASSWORD)


def read_off(pattern: str, answer) -> str:
    """What a page shows at a place."""
    found = re.search(pattern, answer.content.decode())
    assert found
    return found[1]


def led_to(answer) -> str:
    """Where an answer sends the browser, in plain letters."""
    return unquote(answer.headers["Location"])


def sign_in(client, person, password=PASSWORD, where="/account/sign-in/"):
    return client.post(where, {"login": person.username, "password": password})


def test_a_password_alone_opens_nothing(desk, person):
    client = desk.visitor()
    answer = sign_in(client, person)
    assert answer.headers["Location"] == "/account/second/"
    assert led_to(client.get("/")) == "/account/sign-in/?next=/"


def test_password_and_code_lead_to_where_one_wanted_to_go(desk, person):
    client = desk.visitor()
    wanted = client.get("/account/unlock/?next=/").headers["Location"]
    assert unquote(wanted) == "/account/sign-in/?next=/account/unlock/?next=/"
    answer = client.post(wanted, {"login": person.username, "password": PASSWORD, "next": "/account/unlock/?next=/"})
    answer = client.post(answer.headers["Location"], {"code": desk.code_of(person)})
    assert answer.headers["Location"] == "/account/unlock/?next=/"
    assert client.get("/").status_code == 200


def test_a_new_session_begins_at_sign_in(desk, person):
    client = desk.visitor()
    client.get("/account/sign-in/")
    sign_in(client, person)
    before = client.session.session_key
    client.post("/account/second/", {"code": desk.code_of(person)})
    assert client.session.session_key != before


def test_wrong_name_and_wrong_password_are_told_alike(desk, person):
    answers = [
        desk.visitor().post("/account/sign-in/", {"login": name, "password": "wrong"})
        for name in (person.username, "nobody")
    ]
    told = [re.sub(rb'value="[^"]*"', b"", answer.content) for answer in answers]
    assert answers[0].status_code == answers[1].status_code == 200
    assert told[0] == told[1]
    assert b"do not fit together" in told[0]


def test_after_ten_wrong_passwords_the_right_one_is_refused_too_and_an_administrator_opens_it(desk, person):
    for _ in range(10):
        sign_in(desk.visitor(), person, "wrong")
    answer = sign_in(desk.visitor(), person)
    assert answer.status_code == 429
    assert "Closed for a while" in answer.content.decode()
    desk.client([Role.ADMINISTRATOR]).post(f"/people/{person.pk}/reopen/")
    assert sign_in(desk.visitor(), person).headers["Location"] == "/account/second/"


def test_wrong_codes_are_counted_too(desk, person):
    client = desk.visitor()
    sign_in(client, person)
    for _ in range(15):
        client.post("/account/second/", {"code": "000000"})
    client.post("/account/second/", {"code": desk.code_of(person)})
    assert client.get("/").status_code == 302


def test_no_address_of_anybody_is_kept(desk, person):
    from axes.models import AccessAttempt

    sign_in(desk.visitor(), person, "wrong")
    kept = AccessAttempt.objects.get()
    assert (kept.ip_address, kept.user_agent, kept.http_accept, kept.path_info) == ("0.0.0.0", "", "", "")
    assert person.username not in kept.post_data


@pytest.mark.parametrize(("idle", "age"), [(31 * 60, 31 * 60), (60, 12 * 3600 + 60)])
def test_a_session_ends_by_itself_and_leads_back(desk, idle, age):
    client = desk.client()
    assert client.get("/").status_code == 200
    session = client.session
    session["portico_seen"], session["portico_began"] = time.time() - idle, time.time() - age
    session.save()
    answer = client.get("/account/?tab=2")
    assert led_to(answer) == "/account/sign-in/?next=/account/?tab=2"
    assert "The session ended after a while" in client.get(answer.headers["Location"]).content.decode()


def test_a_form_sent_after_the_session_ended_leads_back_to_its_page(desk):
    client = desk.client()
    client.logout()
    page = {"Referer": "http://localhost/people/invite/?team=1"}
    sent = client.post("/people/invite/", {"name": "x"}, headers=page)
    assert led_to(sent) == "/account/sign-in/?next=/people/invite/?team=1"
    part = {"HX-Request": "true", "HX-Current-URL": "http://localhost/people/"}
    answer = client.post("/people/invite/", {"name": "x"}, headers=part)
    assert answer.status_code == 401
    assert unquote(answer.headers["HX-Redirect"]) == "/account/sign-in/?next=/people/"
    elsewhere = {"Referer": "https://elsewhere.example/people/"}
    assert led_to(client.post("/people/invite/", headers=elsewhere)) == "/account/sign-in/?next=/"


def test_closing_an_account_ends_its_sessions_at_once(desk):
    other = desk.client([Role.READER])
    assert other.get("/").status_code == 200
    desk.client([Role.ADMINISTRATOR]).post(f"/people/{other.user.pk}/close/")
    assert other.get("/").headers["Location"].startswith("/account/sign-in/")
    assert not Session.objects.filter(user=other.user).exists()


def test_a_role_taken_away_no_longer_opens_the_next_page(desk):
    other = desk.client([Role.ADMINISTRATOR])
    assert other.get("/people/").status_code == 200
    desk.client([Role.ADMINISTRATOR]).post(f"/people/{other.user.pk}/", {"roles": ["reader"]})
    assert other.get("/people/").status_code == 403


def invite(desk, roles=("documenter",)):
    answer = desk.client([Role.ADMINISTRATOR]).post("/people/invite/", {"name": "Ilka Sorrow", "roles": roles})
    return read_off(r"http://localhost(/account/invited/[\w-]+/)", answer)


def test_an_invitation_lets_one_person_in_once_and_asks_for_a_second_factor(desk):
    link, client = invite(desk), desk.visitor()
    assert b"Welcome, Ilka Sorrow" in client.get(link).content
    answer = client.post(link, {"username": "ilka", "password": PASSWORD, "again": PASSWORD})
    assert answer.headers["Location"] == "/account/enrol/"
    assert client.get("/").headers["Location"].startswith("/account/enrol/")
    assert client.get("/account/second/app/add/").status_code == 200
    assert desk.visitor().get(link).status_code == 410
    user = User.objects.get(username="ilka")
    assert user.role_set == {Role.DOCUMENTER}
    assert re.fullmatch(r"person:[0-9a-f]{8}", user.actor)


def test_the_code_of_an_app_enrols_and_recovery_codes_follow(desk):
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    link, client = invite(desk), desk.visitor()
    client.post(link, {"username": "ilka", "password": PASSWORD, "again": PASSWORD})
    secret = read_off(r"<code>([A-Z2-7]+)</code>", client.get("/account/second/app/add/"))
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    answer = client.post("/account/second/app/add/", {"code": code})
    assert answer.headers["Location"] == "/account/second/codes/"
    assert len(re.findall(r"<li>\d{8}</li>", client.get(answer.headers["Location"]).content.decode())) == 10
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"username": "ilka", "password": "short", "again": "short"}, "too short"),
        ({"username": "ilka", "password": "qwerty123456", "again": "qwerty123456"}, "too common"),
        ({"username": "ilka", "password": PASSWORD, "again": "other"}, "The two passwords differ"),
        ({"username": "i!", "password": PASSWORD, "again": PASSWORD}, "valid value"),
    ],
)
def test_what_cannot_be_is_told_and_the_invitation_stays_open(desk, typed, told):
    link, client = invite(desk), desk.visitor()
    answer = client.post(link, typed)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert client.get(link).status_code == 200


def test_an_old_or_invented_link_says_what_to_do(desk):
    link = invite(desk)
    Invitation.objects.update(expires=timezone.now() - timedelta(seconds=1))
    for each in (link, "/account/invited/invented/"):
        answer = desk.visitor().get(each)
        assert answer.status_code == 410
        assert "can make another" in answer.content.decode()


def test_the_secret_of_a_link_is_not_in_the_database(desk):
    secret = invite(desk).split("/")[-2]
    for file in desk.place.folder.glob("desk.sqlite3*"):
        assert secret.encode() not in file.read_bytes()


def test_a_link_for_a_new_password_keeps_the_second_factor_and_ends_sessions(desk, person):
    inside = desk.client(user=person)
    answer = desk.client([Role.ADMINISTRATOR]).post(f"/people/{person.pk}/new-password/")
    link = read_off(r"http://localhost(/account/invited/[\w-]+/)", answer)
    changed = desk.visitor().post(link, {"password": "other grey herons wade", "again": "other grey herons wade"})
    assert changed.headers["Location"] == "/account/sign-in/"
    assert inside.get("/").status_code == 302
    assert sign_in(desk.visitor(), person, "other grey herons wade").headers["Location"] == "/account/second/"


def test_the_secret_of_an_authenticator_app_is_sealed_at_rest(desk, person):
    from allauth.mfa.adapter import get_adapter
    from allauth.mfa.models import Authenticator

    kept = Authenticator.objects.get(user=person, type=Authenticator.Type.TOTP).data["secret"]
    secret = get_adapter().decrypt(kept)
    assert re.fullmatch("[A-Z2-7]{16,}", secret)
    for file in desk.place.folder.glob("desk.sqlite3*"):
        assert secret.encode() not in file.read_bytes()


def test_nobody_becomes_administrator_over_http(desk):
    for path in ("/account/sign-up/", "/signup/", "/admin/", "/account/signup/"):
        assert desk.visitor().post(path, {"username": "x"}).status_code == 404


def test_a_forged_form_is_refused_in_words(desk):
    from django.test import Client

    client = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    answer = client.post("/account/sign-in/", {"login": "a", "password": "b"})
    assert answer.status_code == 403
    assert "The form was not taken" in answer.content.decode()
    assert answer.headers["Content-Security-Policy"]
