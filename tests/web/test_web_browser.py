"""The page in a real browser: it applies its own stylesheet, breaks no policy, fits a phone, and can be read.

The fixture `tab` is in `tests/fixtures/browser_fixtures.py`.
"""

from base64 import b64decode
from dataclasses import replace
from pathlib import Path

import pytest

from portico.facts import Span
from portico.web.report import render

TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

FAINT = """(() => {
  const rgb = c => (c.match(/[\\d.]+/g) || []).map(Number);
  const linear = v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
  const light = c => { const [r, g, b] = rgb(c).map(linear); return .2126 * r + .7152 * g + .0722 * b; };
  const ground = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor, p = rgb(c);
    if (p.length < 4 || p[3] > 0) return c; } return getComputedStyle(document.body).backgroundColor; };
  const faint = new Set();
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let n; n = walk.nextNode();) {
    const e = n.parentElement;
    if (!n.data.trim() || e.closest('svg, .vh, .skip') || !e.getClientRects().length) continue;
    const [a, b] = [light(getComputedStyle(e).color), light(ground(e))].sort((x, y) => y - x);
    if ((a + .05) / (b + .05) < 4.5) faint.add(e.className + ': ' + n.data.trim().slice(0, 30));
  }
  return [...faint];
})()"""


@pytest.fixture(scope="module")
def page(tmp_path_factory, dossier) -> Path:
    path: Path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_text(render(dossier), encoding="utf-8")
    return path


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_it_fits_and_can_be_read(tab, page, width, scheme):
    tab.logged.clear()
    tab.show(page.as_uri(), width=width, scheme=scheme)
    assert tab.value("getComputedStyle(document.querySelector('.doc')).fontFamily").startswith('"Source Serif 4"')
    assert tab.value(TOO_WIDE) == 0
    assert tab.value(FAINT) == []
    assert tab.logged == []


def test_words_without_a_break_do_not_push_the_page_aside(tab, dossier, sources, tmp_path):
    long = "W" * 200
    told = replace(sources[0].claims[5].claim, value=long, asserted_by=long, spans=(Span(0, 150), Span(160, 190)))
    claim = replace(sources[0].claims[5], claim=told)
    action = replace(sources[0].actions[0], organiser=long, place=long, demand=long, spans=(Span(0, 90),))
    said = replace(sources[0].statements[0], speaker=long, role=long, spans=(Span(0, 90),), quotes=(Span(9, 40),))
    names = {"heading": long, "publisher": long, "kind": long, "url": f"https://{long}", "text": f"{long} {long}"}
    source = replace(sources[0], claims=(claim,), actions=(action,), statements=(said,), **names)
    path = tmp_path / "long.html"
    path.write_text(render(replace(dossier, sources=(source, *sources[1:]), log_root=long)), encoding="utf-8")
    for width in (1280, 320):
        tab.show(path.as_uri(), width=width, scheme="light")
        assert tab.value(TOO_WIDE) == 0


def test_following_a_quotation_lights_its_words_and_its_note(tab, page):
    tab.show(page.as_uri(), width=1280, scheme="light")
    tab.value("location.hash = '#B-5'")
    lit = "e => getComputedStyle(document.querySelector(e)).outlineWidth"
    assert tab.value(f"({lit})('#B-5')") == "2px"
    assert tab.value(f"({lit})('#B-6')") == "0px"
    assert tab.value("getComputedStyle(document.querySelector('#n-B-5')).backgroundColor") != "rgba(0, 0, 0, 0)"


def test_it_prints_on_letter_paper(tab, page):
    tab.show(page.as_uri(), width=1280, scheme="light")
    pdf = b64decode(tab.ask("Page.printToPDF", preferCSSPageSize=True, printBackground=True)["data"])
    assert pdf.startswith(b"%PDF")
    assert b"/MediaBox [0 0 612 792]" in pdf
