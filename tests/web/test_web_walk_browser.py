"""From what came in to one event, in a real browser at 320 px: by keyboard alone, and with script switched off."""

import html
import re

import pytest


def hit(pattern: str, page: str, group: int = 1, flags: int = 0) -> str:
    """What a pattern finds on a page; it must be there."""
    found = re.search(pattern, page, flags)
    assert found, pattern
    return found[group]


TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
HERE = "location.pathname + location.search"
STORY = (
    "Federal immigration agents arrested a man in a hallway of Brooklyn Criminal Court on Tuesday, May 14, 2019, "
    "according to Orla Venning, an attorney at Harbor Defenders."
)


def press(tab, key: str, *, until: str) -> None:
    """Presses a key and waits for the page that it leads to."""
    tab.value("window.stale = true")
    tab.press(key)
    tab.wait_for(f"!window.stale && document.readyState === 'complete' && ({until})")


def tab_to(tab, wanted: str, most: int = 60) -> None:
    """Presses Tab until the focus is on what is wanted."""
    for _ in range(most):
        if tab.value(f"document.activeElement.matches({wanted!r})"):
            return
        tab.press("Tab")
    raise AssertionError(f"the keyboard never comes to {wanted}")


def focused(tab) -> str:
    return tab.value("document.activeElement.id")


def test_the_walk_by_keyboard_alone_on_a_phone(desk_tab, served, desk):
    tab = desk_tab
    tab.show(f"{served}/inbox/", width=320)
    tab_to(tab, "a[href='/inbox/text/']")
    press(tab, "Enter", until="location.pathname === '/inbox/text/'")
    tab_to(tab, "#id_words")
    tab.ask("Input.insertText", text=STORY)
    tab.press("Shift")
    tab.wait_for("document.querySelector('#alike').textContent.includes('May be the same event')", seconds=3)
    assert tab.value(TOO_WIDE) == 0
    tab_to(tab, "button.go")
    press(tab, "Enter", until="location.pathname.startsWith('/read/')")
    source = tab.value("location.pathname.split('/')[2]")
    assert tab.value(TOO_WIDE) == 0
    # The first claim has the focus, and its words are lit.
    first = focused(tab)
    assert first == "c1"
    assert tab.value("!!document.querySelector('mark.lit.k1')")
    press(tab, "a", until="location.search.includes('done=')")
    assert focused(tab) != first
    # Correct the next by a code, reject another with a reason, take that back.
    while "Where in the building" not in tab.value("document.activeElement.querySelector('header').textContent"):
        before = focused(tab)
        tab.press("j")
        assert focused(tab) != before
    press(tab, "e", until="location.search.includes('correct=')")
    assert tab.value("document.activeElement.value") == "hallway"
    tab.press("ArrowDown")
    press(tab, "Enter", until="location.search.includes('done=')")
    press(tab, "r", until="location.search.includes('reject=')")
    tab.ask("Input.insertText", text="Not what is meant.")
    press(tab, "Enter", until="location.search.includes('done=')")
    press(tab, "u", until="document.querySelector('main').textContent.includes('Undone.')")
    (account,) = desk.record.told_by(source).values()
    assert sorted(account.decided.values()) == ["accept", "correct"]
    assert account.account.value("zone") == "lobby"
    press(tab, "m", until="location.pathname.startsWith('/match/')")
    assert tab.value(TOO_WIDE) == 0
    press(tab, "a", until="document.querySelector('main').textContent.includes('Linked: both tell of one event.')")
    assert len(desk.record.incident(desk.record.account(account.id).incident).accounts) == 5
    press(tab, "u", until="document.querySelector('main').textContent.includes('Undone.')")
    assert len(desk.record.incident(desk.record.account(account.id).incident).accounts) == 1
    assert tab.logged == []


def test_the_inbox_is_walked_chosen_and_emptied_by_keyboard(desk_tab, served):
    tab = desk_tab
    tab.show(f"{served}/inbox/", width=320)
    assert tab.value(TOO_WIDE) == 0
    tab.press("j")
    tab.press("x")
    assert tab.value("document.querySelectorAll('[name=source]:checked').length") == 1
    tab.press("j")
    press(tab, "r", until="document.querySelector('main').textContent.includes('1 document set aside.')")
    press(tab, "u", until="document.querySelector('main').textContent.includes('Undone.')")
    tab.press("j")
    press(tab, "a", until="document.querySelector('main').textContent.includes('claims accepted.')")
    tab.press("j")
    press(tab, "e", until="location.pathname.startsWith('/read/')")
    before = tab.value("location.pathname")
    press(tab, "n", until=f"location.pathname !== {before!r}")
    assert tab.logged == []


def test_words_selected_in_the_document_go_into_the_correction_and_survive_a_reload(desk_tab, served, desk):
    tab = desk_tab
    source = next(name for name, each in desk.record.documents().items() if each.source.media_type == "text/html")
    (account,) = desk.record.told_by(source).values()
    zone = next(each.id for each in account.told if each.claim.attribute == "zone")
    address = f"{served}/read/{source}/?correct={zone}"
    tab.show(address)
    tab.value(
        "(() => { const at = [...document.querySelectorAll('#doc mark')].find(x => x.textContent.includes('walked'));"
        "const r = document.createRange(); r.selectNodeContents(at); const s = getSelection(); s.removeAllRanges();"
        "s.addRange(r); })()"
    )
    chosen = "document.querySelector('.claim.fix [name=words]').value"
    tab.wait_for(f"{chosen} === 'walked him to an elevator'")
    text = desk.record.document(source).text
    assert tab.value("document.querySelector('[name=near]').value") == str(text.index("walked him"))
    tab.show(address)
    assert tab.value(chosen) == "walked him to an elevator"
    tab.value("document.querySelector('.claim.fix button.go').click()")
    tab.wait_for("location.search.includes('done=') && document.readyState === 'complete'")
    assert tab.value("Object.keys(sessionStorage).filter(x => x.includes('read-')).length") == 0
    assert tab.logged == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_every_page_fits_and_breaks_no_policy(desk_tab, served, desk, width, scheme):
    source = next(name for name, each in desk.record.documents().items() if each.source.media_type == "text/html")
    one, other = [*desk.record.accounts()][:2]
    claim = f"c-{one[2:]}.0"
    pages = ("/inbox/", "/inbox/text/", "/inbox/call/", "/inbox/files/", f"/read/{source}/?show=all", "/match/")
    for path in (
        *pages,
        f"/read/{source}/?correct={claim}",
        f"/read/{source}/?reject={claim}",
        f"/match/{one}/{other}/",
    ):
        desk_tab.show(served + path, width=width, scheme=scheme)
        assert desk_tab.value("document.querySelector('h1').textContent"), path
        assert desk_tab.value(TOO_WIDE) == 0, path
    assert desk_tab.logged == []


class Plain:
    """A client that follows links and sends forms, as a browser with script switched off does."""

    def __init__(self, client, page: str) -> None:
        self.client = client
        self.go(page)

    def go(self, address: str, **typed):
        answer = self.client.post(address, typed, follow=True) if typed else self.client.get(address, follow=True)
        self.address = answer.redirect_chain[-1][0] if answer.redirect_chain else address
        self.page = html.unescape(answer.content.decode())
        return answer

    def link(self, words: str) -> None:
        address = hit(rf'<a [^>]*href="([^"]+)"[^>]*>\s*{words}', self.page)
        self.go(address if address.startswith("/") else self.address.partition("?")[0] + address)

    def form(self, within: str) -> dict[str, str]:
        """The hidden fields of the first form after some words, and where it goes."""
        page = self.page[self.page.index(within) :]
        sent = hit(r"<form[^>]*>.*?</form>", page, 0, re.DOTALL)
        hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', sent)
        action = re.search(r'action="([^"]+)"', sent)
        return {"": action[1] if action else self.address, **dict(hidden)}

    def send(self, within: str, **typed: str) -> None:
        fields = self.form(within)
        self.go(fields.pop(""), **{**fields, **typed})


def test_the_same_walk_without_script(desk):
    walk = Plain(desk.client(), "/inbox/")
    walk.link("Paste text")
    walk.go("/inbox/text/", words=STORY)
    assert "May be the same event" in walk.page
    walk.go("/inbox/text/", words=STORY, seen=hit(r'name="seen" value="([^"]+)"', walk.page))
    assert walk.address.startswith("/read/")
    source = walk.address.split("/")[2]
    walk.send('id="c1"', decision="accept")
    assert "accepted by you" in walk.page
    walk.go(hit(r'href="(\?correct=[^"]+)"', walk.page).join([walk.address.partition("?")[0], ""]))
    assert "Save the correction" in walk.page
    (account,) = desk.record.told_by(source).values()
    assert [*account.decided.values()] == ["accept"]
    walk.link("Same event")
    assert walk.address.startswith("/match/")
    walk.send('id="h-decide"', decision="link", reason="Same hallway.")
    assert "Linked: both tell of one event." in walk.page
    assert len(desk.record.incident(desk.record.account(account.id).incident).accounts) == 5
    walk.send("last-act", ok="1")
    assert len(desk.record.incident(desk.record.account(account.id).incident).accounts) == 1
