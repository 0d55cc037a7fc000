"""A passkey in a real browser: added after an invitation, signing in by itself, unlocking guarded words."""

import pytest

from portico.web.access.acts import Role
from portico.web.access.models import Invitation, User

PASSWORD = "three grey herons wade"


@pytest.fixture
def with_authenticator(tab, served_desk):
    """A tab with an authenticator of its own, as a phone or a key would be."""
    own = tab.own
    tab.own, tab.logged[:] = (served_desk, "data:", "about:"), []
    tab.ask("Network.clearBrowserCookies")
    tab.ask("WebAuthn.enable")
    made = tab.ask(
        "WebAuthn.addVirtualAuthenticator",
        options={
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        },
    )
    yield tab
    tab.ask("WebAuthn.removeVirtualAuthenticator", authenticatorId=made["authenticatorId"])
    tab.own = own


def here(tab, path: str) -> None:
    tab.wait_for(f"location.pathname === '{path}' && document.readyState === 'complete'")


def typed(tab, **fields: str) -> None:
    for name, value in fields.items():
        tab.value(f"document.getElementsByName({name!r})[0].value = {value!r}")


def test_a_passkey_is_added_and_signs_in_by_itself(with_authenticator, served_desk):
    tab = with_authenticator
    _, secret = Invitation.make(name="Ilka Sorrow", roles=[Role.DOCUMENTER])
    tab.show(f"{served_desk}/account/invited/{secret}/")
    typed(tab, username="ilka", password=PASSWORD, again=PASSWORD)
    tab.value("document.querySelector('main form').requestSubmit()")
    here(tab, "/account/enrol/")
    tab.show(f"{served_desk}/account/passkeys/add/")
    typed(tab, name="This laptop")
    tab.value("document.getElementsByName('passwordless')[0].checked = true")
    tab.value("document.querySelector('#mfa_webauthn_add').click()")
    here(tab, "/account/second/codes/")
    assert User.objects.get(username="ilka").is_enrolled

    tab.show(f"{served_desk}/account/")
    tab.value("document.querySelector('main form[action$=\"sign-out/\"]').requestSubmit()")
    here(tab, "/account/sign-in/")
    tab.value("document.querySelector('#passkey_login').click()")
    here(tab, "/")
    assert "Ilka Sorrow" in tab.value("document.querySelector('.sample').textContent")
    assert tab.logged == []


def test_a_passkey_unlocks_guarded_words(with_authenticator, served_desk):
    tab = with_authenticator
    _, secret = Invitation.make(name="Ilka Sorrow", roles=[Role.COUNSEL])
    tab.show(f"{served_desk}/account/invited/{secret}/")
    typed(tab, username="ilka", password=PASSWORD, again=PASSWORD)
    tab.value("document.querySelector('main form').requestSubmit()")
    here(tab, "/account/enrol/")
    tab.show(f"{served_desk}/account/passkeys/add/")
    typed(tab, name="This laptop")
    tab.value("document.querySelector('#mfa_webauthn_add').click()")
    here(tab, "/account/second/codes/")
    tab.show(f"{served_desk}/account/passkeys/confirm/?next=/account/unlock/")
    tab.value("document.querySelector('#mfa_webauthn_reauthenticate').click()")
    here(tab, "/account/unlock/")
    tab.value("document.querySelector('main form').requestSubmit()")
    here(tab, "/")
    assert "Guarded words: open" in tab.value("document.querySelector('.sample').textContent")


@pytest.mark.parametrize("width", [1280, 320])
def test_nothing_keeps_anybody_from_coming_in(tab, served_desk, axe, width):
    _, secret = Invitation.make(name="Ilka Sorrow", roles=[Role.COUNSEL])
    tab.ask("Network.clearBrowserCookies")
    found = {}
    for path in ("/account/sign-in/", f"/account/invited/{secret}/", "/account/invited/old/", "/nothing/"):
        tab.show(served_desk + path, width=width)
        if faults := tab.faults(axe):
            found[path] = faults
    assert found == {}
