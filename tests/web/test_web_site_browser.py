"""The desk in a real browser: from a phone to a wide screen, within its policy, by keyboard and without script."""

import pytest

TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
LANGUAGE = "document.documentElement.lang + ' ' + document.documentElement.dir"


PAGES = ("/", "/people/", "/people/invite/", "/people/teams/", "/people/reads/", "/account/", "/account/unlock/")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_every_page_fits_and_breaks_no_policy(desk_tab, served, width, scheme):
    for path in PAGES:
        desk_tab.show(served + path, width=width, scheme=scheme)
        assert desk_tab.value("document.querySelector('h1').textContent")
        assert desk_tab.value("getComputedStyle(document.querySelector('.top')).borderBlockStartWidth") == "6px", path
        assert desk_tab.value(TOO_WIDE) == 0, path
    assert desk_tab.logged == []


def test_the_demonstration_user_is_signed_in_and_the_start_page_leads_on(desk_tab, served):
    desk_tab.show(served)
    assert "R. Adeyemi" in desk_tab.value("document.querySelector('.sample').textContent")
    desk_tab.press("j")
    desk_tab.press("Enter")
    desk_tab.wait_for("location.pathname !== '/' && document.readyState === 'complete'")
    assert desk_tab.value("document.querySelector('nav [aria-current=page]').textContent.trim()")
    assert desk_tab.logged == []


@pytest.mark.parametrize("language", ["en", "es", "ar"])
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
def test_nothing_keeps_anybody_out(desk_tab, served, axe, language, width, scheme):
    desk_tab.ask("Network.setCookie", name="portico-language", value=language, url=served)
    found = {}
    for path in PAGES:
        desk_tab.show(served + path, width=width, scheme=scheme)
        if faults := desk_tab.faults(axe):
            found[path] = faults
    assert found == {}


@pytest.mark.parametrize("script", [True, False])
def test_guarded_words_unlock_and_lock_again(desk_tab, served, script):
    desk_tab.show(f"{served}/account/unlock/?next=/people/", script=script)
    desk_tab.value("document.querySelector('main form').submit()")
    desk_tab.wait_for("location.pathname === '/people/' && document.readyState === 'complete'")
    assert "Guarded words: open" in desk_tab.value("document.querySelector('.sample').textContent")
    desk_tab.value("document.querySelector('.sample form').submit()")
    desk_tab.wait_for("document.querySelector('.sample').textContent.includes('locked')")


@pytest.mark.parametrize(("language", "expected"), [("es", "es ltr"), ("ar", "ar rtl")])
def test_another_language_is_chosen_at_the_foot_and_stays(desk_tab, served, language, expected):
    desk_tab.show(served, width=320)
    desk_tab.value(f"document.querySelector('#desk-language').value = '{language}'")
    desk_tab.value("document.querySelector('.foot form').submit()")
    desk_tab.wait_for(f"document.documentElement.lang === '{language}' && document.readyState === 'complete'")
    desk_tab.show(f"{served}/people/", width=320)
    assert desk_tab.value(LANGUAGE) == expected
    assert desk_tab.value(TOO_WIDE) == 0


def test_a_form_keeps_what_was_typed_through_a_reload(desk_tab, served):
    desk_tab.show(f"{served}/people/invite/")
    desk_tab.value("document.querySelector('#id_name').focus()")
    desk_tab.ask("Input.insertText", text="Ilka Sorrow")
    desk_tab.show(f"{served}/people/invite/")
    assert desk_tab.value("document.querySelector('#id_name').value") == "Ilka Sorrow"


def test_html_that_is_put_into_a_page_runs_nothing_and_code_is_never_made(desk_tab, served):
    desk_tab.show(served)
    put = (
        """document.querySelector('main').innerHTML = '<img src=x onerror="window.ran = 1"><script>ran = 2</script>'"""
    )
    desk_tab.value(put)
    made = "(() => { try { return eval('1') } catch (e) { return 'refused' } })()"
    told = desk_tab.ask("Runtime.evaluate", expression=made, returnByValue=True, allowUnsafeEvalBlockedByCSP=False)
    assert told["result"]["value"] == "refused"
    assert desk_tab.value("window.ran") is None
