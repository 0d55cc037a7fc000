"""The bundled fonts: each with its licence, loaded where there are words for it, not on a phone; one can do without."""

import gzip
import os
import re
from pathlib import Path

import pytest

import portico.web

FOLDER = Path(portico.web.__file__).parent / "static" / "fonts"
LOADED = "[...document.fonts].filter(each => each.status === 'loaded').map(each => each.family.replaceAll('\"', ''))"
ASKED = "performance.getEntriesByType('resource').map(each => each.name)"
MOST = 60_000  # bytes, gzipped, of stylesheets and scripts of a first load
there = pytest.mark.skipif(
    not (FOLDER / "fonts.css").is_file() and os.environ.get("CI") != "true", reason="no fonts here: run `make fonts`"
)


@there
def test_each_font_has_the_open_font_licence_beside_it():
    for font in FOLDER.glob("*.woff2"):
        family = re.sub(r"-(latin|latin-ext|cyrillic|arabic)-(wght|\d+)-normal$", "", font.stem)
        assert "SIL OPEN FONT LICENSE Version 1.1" in (FOLDER / f"{family}-LICENSE.txt").read_text(encoding="utf-8")
    assert 'url("http' not in (FOLDER / "fonts.css").read_text(encoding="utf-8")


@there
@pytest.mark.parametrize(
    ("language", "page", "families"),
    [
        ("en", "/statements/", {"IBM Plex Sans", "Source Serif 4"}),
        ("ar", "/statements/", {"IBM Plex Sans", "IBM Plex Sans Arabic", "Source Serif 4"}),
    ],
)
def test_a_page_loads_the_fonts_that_it_has_words_in(desk_tab, served, language, page, families):
    desk_tab.ask("Network.setCookie", name="portico-language", value=language, url=served)
    desk_tab.show(served + page)
    desk_tab.wait_for("document.fonts.status === 'loaded'")
    assert set(desk_tab.value(LOADED)) == families
    (early,) = desk_tab.value("[...document.querySelectorAll('link[rel=preload]')].map(each => each.href)")
    assert ("arabic" in early) is (language == "ar")
    asked = desk_tab.value(ASKED)
    assert asked.count(early) == 1, "it is asked for once, and used"
    assert not any("cyrillic" in each for each in asked)
    assert desk_tab.logged == []


@there
def test_a_phone_loads_none(desk_tab, served):
    desk_tab.show(f"{served}/statements/", width=320)
    assert not any(each.endswith(".woff2") for each in desk_tab.value(ASKED))
    assert desk_tab.logged == []


def test_stylesheets_and_scripts_of_a_first_load_stay_small(desk_tab, demonstration, served):
    desk_tab.show(f"{served}/")
    paths = [each.removeprefix(served) for each in desk_tab.value(ASKED) if re.search(r"\.(css|js)$", each)]
    assert len(paths) >= 4
    client = demonstration.visitor(REMOTE_ADDR="127.0.0.1")
    sent = sum(len(gzip.compress(b"".join(client.get(path)), 9)) for path in paths)
    assert sent < MOST


def test_without_them_the_desk_has_the_fonts_of_the_system(demonstration, monkeypatch):
    from portico.web.templatetags import desk

    def missing(path: str) -> str:
        raise ValueError(path)

    monkeypatch.setattr(desk, "static", missing)
    page = demonstration.visitor(REMOTE_ADDR="127.0.0.1").get("/").content.decode()
    assert "portico" in page
    assert "fonts.css" not in page
    assert "preload" not in page
