"""Imports in a real browser: the walk from a file to its events, within the policy, for a phone and by keyboard."""

import os
from pathlib import Path

import pytest
from worker_fixtures import work_off  # type: ignore[import-not-found]

from portico.web.imports.cells import CorrectedCell, Corrections
from portico.web.imports.models import Import
from portico.web.worker import queue
from portico.web.worker.models import Job

NOW = "2026-11-24T18:00:00+00:00"
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SHEET = """Date of Incident,Time,Court,County,State,What Happened,Force Used,Name,Notes,How did you hear of us
11/28/2017,1:05 PM,Brooklyn Criminal Court,Kings,NY,arrest,yes,Ines Vara,"taken in the hallway, no warrant seen",poster
5/14/2019,,Queens Criminal Court,Queens,NY,seen,no,,,a friend
31/11/2017,,Bronx Hall of Justice,Bronx,NY,arrest,,Omar Quill,,
6/2/2019,25:00,Manhattan Criminal Court,New York,NY,followed home,maybe,,,radio
,,,Kings,NY,arrest,,,called back,
"""


def click(tab, words: str) -> None:
    """Presses the control that says so, and waits for the next page."""
    said = f"[...document.querySelectorAll('main a, main button')].find(e => e.textContent.trim() === {words!r})"
    tab.value("document.body.dataset.before = 'yes'")
    tab.value(f"{said}.click()")
    tab.wait_for("document.body && !document.body.dataset.before && document.readyState === 'complete'")


def picture(tab, name: str) -> None:
    if folder := os.environ.get("PORTICO_PICTURES"):
        tab.picture(Path(folder) / f"{name}.png")


def at_state(tab, state: str) -> None:
    """The worker does what waits; the page comes to show it by itself."""
    work_off()
    tab.wait_for(f"document.querySelector('.sub').textContent.toLowerCase().startsWith({state!r})")


def checked(tab, served, tmp_path, width: int = 1280) -> Import:
    """From the file to what would happen."""
    path = tmp_path / "harbor-line.csv"
    path.write_text(SHEET, encoding="utf-8")
    tab.show(f"{served}/imports/new/", width=width)
    tab.choose(path)
    click(tab, "Look at it")
    at_state(tab, "its columns wait")
    click(tab, "Look at the columns")
    click(tab, "Check every row")
    at_state(tab, "checked")
    return Import.objects.get()


@pytest.mark.parametrize("width", [1280, 320])
def test_a_sheet_walks_in_and_out_again(desk_tab, served, tmp_path, width):
    checked(desk_tab, served, tmp_path, width)
    assert "2 rows are ready; nothing was saved" in desk_tab.value("document.querySelector('main').textContent")
    click(desk_tab, "Bring the rows in")
    at_state(desk_tab, "in the record")
    click(desk_tab, "Show only these")
    assert desk_tab.value("document.querySelectorAll('main .item').length") == 2
    desk_tab.press("j")
    desk_tab.press("Enter")
    desk_tab.wait_for("location.pathname.startsWith('/incidents/')")
    desk_tab.show(f"{served}/imports/{Import.objects.get().pk}/", width=width)
    click(desk_tab, "Take the whole import back")
    at_state(desk_tab, "taken back")
    assert desk_tab.logged == []


@pytest.mark.parametrize("width", [1280, 320])
def test_a_wrong_cell_is_corrected_by_keyboard(desk_tab, served, tmp_path, width):
    checked(desk_tab, served, tmp_path, width)
    picture(desk_tab, f"imports-wrong-cells-{width}")
    desk_tab.value("document.querySelector('input[aria-label=\"Row 4, Date of Incident should say\"]').focus()")
    desk_tab.ask("Input.insertText", text="11/30/2017")
    desk_tab.value("document.body.dataset.before = 'yes'")
    desk_tab.press("Enter")
    desk_tab.wait_for("document.body && !document.body.dataset.before && document.readyState === 'complete'")
    at_state(desk_tab, "checked")
    page = desk_tab.value("document.querySelector('main').textContent")
    assert "3 rows are ready" in page
    assert "1 cell was corrected by a person" in page
    assert desk_tab.value(TOO_WIDE) == 0
    picture(desk_tab, f"imports-corrected-{width}")
    assert desk_tab.logged == []


def test_without_script_a_wrong_cell_is_corrected_too(desk_tab, served, tmp_path):
    one = checked(desk_tab, served, tmp_path)
    desk_tab.show(f"{served}/imports/{one.pk}/", script=False)
    desk_tab.value(
        "document.querySelector('input[aria-label=\"Row 4, Date of Incident should say\"]').value = '11/30/2017'"
    )
    desk_tab.value("document.querySelector('form[action$=\"/cells/\"]').submit()")
    desk_tab.wait_for("document.querySelector('main')?.textContent.includes('waits for the worker')")
    work_off()
    desk_tab.show(f"{served}/imports/{one.pk}/", script=False)
    assert "1 cell was corrected by a person" in desk_tab.value("document.querySelector('main').textContent")


@pytest.mark.parametrize("language", ["en", "es", "ar"])
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
def test_nothing_keeps_anybody_out_of_imports_and_work(desk_tab, served, axe, tmp_path, language, width, scheme):
    one = checked(desk_tab, served, tmp_path)
    said = CorrectedCell(sheet="", row=4, column="Date of Incident", was="31/11/2017", says="x", by="y", at=NOW)
    one.keep(Corrections((said,)))
    one.save()
    user = one.by
    Job.objects.create(kind="imports.take", subject=one.pk, actor="person:x", by=user, state="failed")
    queue.put("worker.rebuild", 0, by=user)
    desk_tab.ask("Network.setCookie", name="portico-language", value=language, url=served)
    found, wide = {}, {}
    pages = ("", "new/", f"{one.pk}/", f"{one.pk}/columns/", f"{one.pk}/incidents/")
    for path in (*(f"/imports/{page}" for page in pages), "/work/", f"/work/{Job.objects.latest('pk').pk}/"):
        desk_tab.show(served + path, width=width, scheme=scheme)
        if faults := desk_tab.faults(axe):
            found[path] = faults
        if too_wide := desk_tab.value(TOO_WIDE):
            wide[path] = too_wide
        if scheme == "light" or language == "en":
            picture(desk_tab, f"{path.strip('/').replace('/', '-')}-{language}-{width}")
    assert (found, wide) == ({}, {})
    assert desk_tab.logged == []


def test_without_script_a_reload_shows_how_far_it_is(desk_tab, served, tmp_path):
    path = tmp_path / "harbor-line.csv"
    path.write_text(SHEET, encoding="utf-8")
    desk_tab.show(f"{served}/imports/new/", script=False)
    desk_tab.choose(path)
    desk_tab.value("document.querySelector('main form').submit()")
    desk_tab.wait_for("/\\/imports\\/\\d+\\/$/.test(location.pathname) && document.readyState === 'complete'")
    assert "waits for the worker" in desk_tab.value("document.querySelector('main').textContent")
    work_off()
    desk_tab.show(served + desk_tab.value("location.pathname"), script=False)
    assert "Look at the columns" in desk_tab.value("document.querySelector('main').textContent")
