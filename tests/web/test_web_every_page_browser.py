"""Every page that the table of permissions knows, in a browser: nothing keeps anybody out, in three languages.

On a wide screen and a phone, light and dark. An address without an example here fails: no new page is forgotten.

320 px wide is also what 400 % zoom leaves of a screen of 1280 px (WCAG 2.2, 1.4.10 Reflow).
"""

import pytest
from django.urls import NoReverseMatch, reverse

from portico.policy import load_rules
from portico.web.access.permissions import endpoints

NO_PAGES = {
    *("api:", "numbers:moved", "numbers:paper", "numbers:sheets", "numbers:table", "statements:calendar"),
    *(
        "incidents:save",
        "incidents:original",
        "mfa_download_recovery_codes",
        "inbox:near",
        "imports:report",
        "read:next",
        "access:enrol",
    ),
}
"""Files, parts of pages, and addresses that lead on. A name that ends with a colon stands for all of its room."""

NOT_IN_A_DEMONSTRATION = {
    *("mfa_edit_webauthn", "mfa_remove_webauthn"),  # the passkey tests show them
    *("account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "mfa_deactivate_totp"),
    *("mfa_view_recovery_codes", "access:invited"),  # the tests of signing in show them
    *("imports:columns", "imports:one", "imports:rows", "worker:job"),  # the tests of imports show them
}
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def examples(demonstration):
    """What stands in the addresses of pages about something: one of each kind."""
    record = demonstration.record
    incident, account = next(iter(record.incidents())).id, [*record.accounts()]
    source = next(iter(record.documents()))
    return {
        "incidents:incident": [incident],
        "incidents:history": [incident],
        "rules:incident": [incident],
        "rules:record": [incident],
        "rules:rule": [next(iter(load_rules().rules)).id],
        "read:document": [source],
        "matching:pair": account[:2],
        "erasing:reach": [next(sha for sha, each in record.documents().items() if each.source.private)],
        "consent:subject": [source],
        "statements:demand": [next(each.id for each in record.actions() if each.action.demand)],
        "people:person": [1],
    }


def pages() -> list[str]:
    names = [name for name, methods in endpoints().items() if "GET" in methods]
    return [each for each in names if each not in NO_PAGES and f"{each.split(':')[0]}:" not in NO_PAGES]


def addresses(examples) -> dict[str, str]:
    told = {}
    for name in pages():
        if name in NOT_IN_A_DEMONSTRATION:
            continue
        try:
            told[name] = reverse(name, args=examples.get(name, ()))
        except NoReverseMatch:
            pytest.fail(f"{name} has no example here: say what it is about, so that it is looked at")
    return told | {"numbers, asked": f"{told['numbers:count']}?definition=arrests-and-attempts&by=month"}


@pytest.mark.parametrize(
    ("language", "width", "scheme"),
    [("en", 1280, "light"), ("es", 320, "light"), ("ar", 320, "dark")],
)
def test_nothing_keeps_anybody_out_of_any_page(tab, served, axe, examples, language, width, scheme):
    tab.own, tab.logged[:] = (served, "data:", "about:"), []
    tab.ask("Network.clearBrowserCookies")
    tab.ask("Network.setCookie", name="portico-language", value=language, url=served)
    tab.show(f"{served}/account/unlock/?next=/")
    tab.value("document.querySelector('main form').submit()")
    tab.wait_for("location.pathname === '/' && document.readyState === 'complete'")
    found = {}
    for name, path in addresses(examples).items():
        tab.show(served + path, width=width, scheme=scheme)
        faults = tab.faults(axe)
        if beyond := tab.value(TOO_WIDE):
            faults.append(f"{beyond} px too wide")
        if tab.value("document.documentElement.lang") != language:
            faults.append("another language")
        if faults:
            found[name] = faults
    assert found == {}
    assert tab.logged == []
