"""Every page that the table of permissions knows, in a browser: nothing keeps anybody out, in three languages.

On a wide screen and a phone, light and dark. An address without an example here fails: no new page is forgotten.

And at 400 % zoom: of a screen of 1280 by 1024 pixels 320 by 256 are left (WCAG 2.2, 1.4.10 and 2.4.11). Nothing is
scrolled sideways, nothing is lost that was there before, and what has the focus can be seen.
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
SHOWN = """
(() => {
  const told = each => [...each.childNodes].some(node => node.nodeType === 3 && node.data.trim());
  const isShown = each => each.checkVisibility({opacityProperty: true, visibilityProperty: true});
  window.shown = [...document.body.querySelectorAll('*')].filter(each =>
    (told(each) || each.matches('input:not([type=hidden]), select, textarea, svg, img')) && isShown(each)
    && !each.closest('.vh, .skip, template, script, option'));
  return window.shown.length;
})()
"""
LOST = """
(() => {
  const width = document.documentElement.clientWidth;
  const name = each => `${each.tagName}.${each.getAttribute('class')} "${each.textContent.trim().slice(0, 30)}"`;
  const isCut = each => {
    const {left, right} = each.getBoundingClientRect();
    if (left >= -1 && right <= width + 1) return false;
    for (let box = each.parentElement; box; box = box.parentElement)
      if (['auto', 'scroll'].includes(getComputedStyle(box).overflowX)) return false;
    return true;
  };
  // Of a folded table the headings stand as labels before each cell.
  const isFolded = each => each.closest('table.fold > thead');
  return window.shown.filter(each => !isFolded(each) && (!each.checkVisibility() || isCut(each))).map(name);
})()
"""
HIDDEN = """
(() => {
  const can = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]';
  const every = [...document.querySelectorAll(can)].filter(each => each.checkVisibility() && !each.disabled);
  const isSeen = each => {
    const {left, right, top, bottom} = each.getBoundingClientRect();  // of what is tall, the part on the screen
    const at = (from, to, most, part) => Math.max(from, 0) + (Math.min(to, most) - Math.max(from, 0)) * part;
    for (const y of [.05, .5, .95]) for (const x of [.05, .5, .95]) {
      const found = document.elementFromPoint(at(left, right, innerWidth, x), at(top, bottom, innerHeight, y));
      if (found && (each.contains(found) || found.contains(each))) return true;
    }
    return [...(each.labels || [])].some(isSeen);
  };
  const hidden = [];
  for (const each of [...every, ...every.reverse()]) {
    each.focus();
    if (document.activeElement === each && !isSeen(each)) hidden.push(each.outerHTML.slice(0, 120));
  }
  return [...new Set(hidden)];
})()
"""
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
    come_in(tab, served, language)
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


def come_in(tab, served: str, language: str) -> None:
    """Chooses a language and opens guarded words."""
    tab.ask("Network.setCookie", name="portico-language", value=language, url=served)
    tab.show(f"{served}/account/unlock/?next=/")
    tab.value("document.querySelector('main form').submit()")
    tab.wait_for("location.pathname === '/' && document.readyState === 'complete'")


def zoom(tab, percent: int) -> None:
    """The screen stays; what the page sees of it shrinks."""
    size = {"width": 1280 * 100 // percent, "height": 1024 * 100 // percent}
    tab.ask("Emulation.setDeviceMetricsOverride", **size, deviceScaleFactor=percent / 100, mobile=False)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_page_can_be_used_at_400_percent(desk_tab, served, examples, language):
    come_in(desk_tab, served, language)
    found = {}
    for name, path in addresses(examples).items():
        desk_tab.show(served + path)
        zoom(desk_tab, 100)
        assert desk_tab.value(SHOWN) > 5, name
        zoom(desk_tab, 400)
        faults = [f"lost: {each}" for each in desk_tab.value(LOST)]
        faults += [f"hidden though it has the focus: {each}" for each in desk_tab.value(HIDDEN)]
        if beyond := desk_tab.value(TOO_WIDE):
            faults.append(f"{beyond} px too wide")
        if faults:
            found[name] = faults
    assert found == {}
    assert desk_tab.logged == []
