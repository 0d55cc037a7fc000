"""The page in a real browser: it applies its own stylesheet, breaks no policy, fits a phone, and can be read.

Driven over the browser's own debugging pipe (https://chromedevtools.github.io/devtools-protocol/), without a driver.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from base64 import b64decode
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import IO

import pytest

from portico.facts import Span
from portico.web.report import render

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--remote-debugging-pipe"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"),
)

START = """import os, sys
commands, answers, program = os.dup(int(sys.argv[1])), os.dup(int(sys.argv[2])), sys.argv[3]
os.dup2(commands, 3)
os.dup2(answers, 4)
os.set_inheritable(3, True)
os.set_inheritable(4, True)
os.execv(program, sys.argv[3:])
"""
"""The browser reads from descriptor 3 and writes to 4."""

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


class Tab:
    """One tab of a browser, spoken to in JSON messages that end with a zero byte."""

    def __init__(self, to_browser: IO[bytes], from_browser: IO[bytes]) -> None:
        self._to, self._from = to_browser, from_browser
        self._ids, self._session = count(1), ""
        self.logged: list[str] = []
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Log", "Runtime", "Network"):
            self.ask(f"{domain}.enable")

    def ask(self, method: str, **params):
        number = next(self._ids)
        message = {"id": number, "method": method, "params": params}
        self._to.write(json.dumps(message | ({"sessionId": self._session} if self._session else {})).encode() + b"\0")
        while (answer := self._next()).get("id") != number:
            self._note(answer)
        assert "error" not in answer, answer
        return answer["result"]

    def show(self, page: Path, *, width: int, scheme: str) -> None:
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
        self.ask("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.ask("Page.navigate", url=page.as_uri())
        while (message := self._next()).get("method") != "Page.loadEventFired":
            self._note(message)

    def value(self, expression: str):
        return self.ask("Runtime.evaluate", expression=expression, returnByValue=True)["result"].get("value")

    def _next(self):
        text = bytearray()
        while (byte := self._from.read(1)) != b"\0":
            assert byte, "the browser went away"
            text += byte
        return json.loads(text)

    def _note(self, message) -> None:
        if message.get("method") in ("Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown"):
            self.logged.append(json.dumps(message["params"]))
        if message.get("method") == "Network.requestWillBeSent":
            url = message["params"]["request"]["url"]
            if not url.startswith(("file:", "data:", "about:")):
                self.logged.append(f"asked for {url}")


@pytest.fixture(scope="module")
def tab() -> Iterator[Tab]:
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(
            "no Chromium here: install the package chromium"
        )
    commands, to_browser = os.pipe()
    from_browser, answers = os.pipe()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        browser = subprocess.Popen(
            [sys.executable, "-c", START, str(commands), str(answers), program, *QUIET, f"--user-data-dir={profile}"],
            pass_fds=(commands, answers),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(commands)
        os.close(answers)
        with os.fdopen(to_browser, "wb", buffering=0) as to, os.fdopen(from_browser, "rb") as back:
            try:
                opened = Tab(to, back)
                yield opened
                with suppress(AssertionError, OSError):
                    opened.ask("Browser.close")
            finally:
                browser.terminate()
                browser.wait(timeout=20)


@pytest.fixture(scope="module")
def page(tmp_path_factory, dossier) -> Path:
    path: Path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_text(render(dossier), encoding="utf-8")
    return path


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_it_fits_and_can_be_read(tab, page, width, scheme):
    tab.logged.clear()
    tab.show(page, width=width, scheme=scheme)
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
        tab.show(path, width=width, scheme="light")
        assert tab.value(TOO_WIDE) == 0


def test_following_a_quotation_lights_its_words_and_its_note(tab, page):
    tab.show(page, width=1280, scheme="light")
    tab.value("location.hash = '#B-5'")
    lit = "e => getComputedStyle(document.querySelector(e)).outlineWidth"
    assert tab.value(f"({lit})('#B-5')") == "2px"
    assert tab.value(f"({lit})('#B-6')") == "0px"
    assert tab.value("getComputedStyle(document.querySelector('#n-B-5')).backgroundColor") != "rgba(0, 0, 0, 0)"


def test_it_prints_on_letter_paper(tab, page):
    tab.show(page, width=1280, scheme="light")
    pdf = b64decode(tab.ask("Page.printToPDF", preferCSSPageSize=True, printBackground=True)["data"])
    assert pdf.startswith(b"%PDF")
    assert b"/MediaBox [0 0 612 792]" in pdf
