"""Files for the inbox in a real browser: what is being read shows how far it is, what could not be read says why."""

import os
from pathlib import Path

import pytest
from worker_fixtures import work_off  # type: ignore[import-not-found]

TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
TOLD = "Agents arrested a woman outside the Multnomah County Courthouse in Portland on March 3, 2020."


@pytest.fixture
def files(tmp_path) -> list[Path]:
    (tmp_path / "portland.txt").write_text(TOLD, encoding="utf-8")
    (tmp_path / "scan-0417-of-the-second-page-of-the-intake.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    return sorted(tmp_path.glob("*.*"))


def sent(tab, served, files, width: int, *, script: bool = True) -> None:
    tab.show(f"{served}/inbox/files/", width=width, script=script)
    tab.choose(*files)
    tab.value("document.querySelector('main form').submit()")
    tab.wait_for("location.pathname === '/inbox/' && document.readyState === 'complete'")


def said(tab) -> str:
    return " ".join(tab.value("document.querySelector('main').textContent").split())


def looked_at(tab, axe: str, name: str) -> None:
    if folder := os.environ.get("PORTICO_PICTURES"):
        tab.picture(Path(folder) / f"{name}.png")
    assert (tab.faults(axe), tab.value(TOO_WIDE)) == ([], 0)


@pytest.mark.parametrize("width", [1280, 320])
def test_files_are_read_while_the_page_shows_how_far_they_are(desk_tab, served, axe, files, width):
    sent(desk_tab, served, files, width)
    assert "2 files sent by" in said(desk_tab)
    looked_at(desk_tab, axe, f"inbox-waiting-{width}")
    work_off()
    desk_tab.wait_for("document.querySelector('main')?.textContent.includes('1 document added.')")
    assert "a kind that is not read yet" in said(desk_tab)
    looked_at(desk_tab, axe, f"inbox-read-{width}")
    assert desk_tab.logged == []


def test_without_script_a_reload_shows_what_became_of_the_files(desk_tab, served, files):
    sent(desk_tab, served, files, 320, script=False)
    assert "waits for the worker" in said(desk_tab)
    work_off()
    desk_tab.show(f"{served}/inbox/sent/", width=320, script=False)
    assert "1 document added. 1 file could not be read." in said(desk_tab)
