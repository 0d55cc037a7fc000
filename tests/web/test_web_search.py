"""Search on screen: ranked, highlighted, narrowed by kind; guarded words are not found; nothing typed is wrong."""

import html
import re

import pytest

from portico.web.access.acts import Role


def words(response) -> str:
    """What a reader sees: tags away, spaces folded."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("hallway", "Kings County"),
        ("“going home”", "going home"),
        ("Schermerhorn", "120 Schermerhorn"),
    ],
)
def test_words_are_found_where_they_stand(desk, asked, says):
    shown = words(desk.client([Role.READER]).get("/search/", {"q": asked}))
    assert says in shown
    assert "Nothing holds" not in shown


@pytest.mark.parametrize("asked", ["Quintera", "Ismael", "quintera*"])
def test_guarded_words_are_not_found_even_unlocked(desk, asked):
    client = desk.client([Role.COUNSEL], unlocked=True)
    assert "Nothing holds these words" in words(client.get("/search/", {"q": asked}))


@pytest.mark.parametrize(
    "asked", ['"', "AND OR NOT", "a* -", "(((", "'; drop table", "*", "<script>alert(1)</script>", "\x00"]
)
def test_nothing_that_is_typed_is_wrong(desk, asked):
    response = desk.client([Role.READER]).get("/search/", {"q": asked})
    assert response.status_code == 200
    assert b"<script>alert" not in response.content


def test_a_kind_narrows(desk):
    asked = {"q": "Kings", "kind": "place"}
    shown = words(desk.client([Role.READER]).get("/search/", asked, headers={"HX-Request": "true"}))
    assert "place" in shown
    assert " statement" not in shown


def test_the_box_is_on_every_page_and_it_fits_a_phone(served, tab):
    tab.own = (served, "data:")
    tab.show(f"{served}/search/?q=hallway", width=320)
    assert tab.value("document.documentElement.scrollWidth") <= 320
    assert tab.value("document.querySelectorAll('form[role=search]').length") == 1
    assert tab.logged == []
