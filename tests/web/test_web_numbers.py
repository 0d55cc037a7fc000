"""Numbers on screen: the figure with its definition and date, its rows, its events, its file, and why it moved."""

import csv
import html
import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portico.web.access.acts import Role
from portico.web.numbers.rows import inert


def words(response) -> str:
    """What a reader sees: tags away, spaces folded."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def test_a_figure_has_definition_date_command_and_events(desk):
    shown = words(desk.client([Role.READER]).get("/numbers/"))
    assert "Definition: Arrests and attempts" in shown
    assert "portico count arrests-and-attempts --by month" in shown
    assert "Arrest, Kings County Criminal Court 14 May 2019" in shown


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"definition": "arrests-and-attempts", "by": "zone"}, "hallway 0 1 lobby 0 1"),
        ({"definition": "arrests-only"}, "0 to 1"),
        ({"definition": "arrests-and-attempts", "state": "ny"}, "1 counts whatever"),
        ({"definition": "arrests-and-attempts", "state": "WA"}, "No event counts or may count"),
        ({"definition": "arrests-and-attempts", "as_of": "2001-01-01"}, "0 incidents"),
    ],
)
def test_what_is_asked_is_counted(desk, asked, says):
    assert says in words(desk.client([Role.READER]).get("/numbers/", asked, headers={"HX-Request": "true"}))


@pytest.mark.parametrize(
    "asked",
    [
        {"definition": "no-such"},
        {"definition": "arrests-only", "by": "shoe_size"},
        {"definition": "arrests-only", "as_of": "31/11/2019"},
    ],
)
def test_what_cannot_be_counted_is_said_and_what_was_typed_is_kept(desk, asked):
    response = desk.client([Role.READER]).get("/numbers/", asked)
    assert response.status_code == 422
    assert b'role="alert"' in response.content or b"err" in response.content


def test_why_a_figure_moved(desk):
    day_before = (datetime.now(UTC) - timedelta(days=1)).date().isoformat()
    asked = {"definition": "arrests-and-attempts", "before": day_before}
    shown = words(desk.client([Role.READER]).get("/numbers/", asked))
    assert "Why the figure moved" in shown
    assert f"{desk.record.incidents()[0].id} out counts" in shown


def test_the_file_has_the_same_figures(desk):
    response = desk.client([Role.READER]).get(
        "/numbers/table.csv", {"definition": "arrests-and-attempts", "by": "zone"}
    )
    rows = list(csv.DictReader(io.StringIO(response.content.decode())))
    assert [(row["zone"], row["lower"], row["upper"]) for row in rows] == [
        ("hallway", "0", "1"),
        ("lobby", "0", "1"),
        ("all", "1", "1"),
    ]
    assert response["Content-Disposition"].startswith("attachment")


@given(st.text())
def test_no_cell_of_an_export_begins_a_formula(cell):
    assert not inert(cell).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert inert(cell).endswith(cell)


def test_it_fits_a_phone(served, tab):
    tab.own = (served, "data:")
    tab.show(f"{served}/numbers/?definition=arrests-and-attempts&by=zone", width=320)
    assert tab.value("document.documentElement.scrollWidth") <= 320
    assert tab.logged == []


def test_the_events_behind_each_row_are_a_click_away(desk):
    client = desk.client([Role.READER])
    asked = {"definition": "arrests-and-attempts", "by": "zone"}
    page = client.get("/numbers/", asked).content.decode()
    assert 'href="?definition=arrests-and-attempts&amp;by=zone&amp;cell=lobby#i-open"' in page
    opened = words(client.get("/numbers/", {**asked, "cell": "lobby"}))
    assert "Events behind lobby" in opened
    assert "Arrest, Kings County Criminal Court 14 May 2019" in opened
    assert "may count" in opened
    assert "No event counts or may count" in words(client.get("/numbers/", {**asked, "cell": "courtroom"}))
    wrong = client.get("/numbers/", {**asked, "cell": "<b>moon"})
    assert wrong.status_code == 422
    assert b"<b>moon" not in wrong.content


def test_two_dimensions_are_counted_together(desk):
    asked = {"definition": "arrests-and-attempts", "by": "month", "and_by": "state", "cell": ["2019-05", "NY"]}
    shown = words(desk.client([Role.READER]).get("/numbers/", asked))
    assert "By month, state" in shown
    assert "2019-05, NY 1 1" in shown
    assert "portico count arrests-and-attempts --by month --by state" in shown
    assert "Events behind 2019-05, NY" in shown


def test_quick_and_slow_say_the_same(desk):
    client = desk.client([Role.READER])
    asked = {"definition": "arrests-and-attempts", "by": "zone", "cell": "lobby"}
    today = datetime.now(UTC).date().isoformat()
    quick, slow = (words(client.get("/numbers/", {**asked, "as_of": day})) for day in ("", today))
    for part in ("hallway 0 1 lobby 0 1", "Looked at 1 incident", "Events behind lobby", "1 zone: disputed"):
        assert (part in quick) is (part in slow), part


def test_an_incident_that_is_hidden_is_in_no_figure(desk):
    from portico.web.access.models import Restriction, Team

    team = Team.objects.create(name="Kings")
    for account in desk.record.accounts().values():
        Restriction.objects.create(account=account.id, source=account.source, team=team)
    client = desk.client([Role.READER])
    assert "Looked at 0 incidents" in words(client.get("/numbers/"))
    opened = client.get("/numbers/", {"definition": "arrests-and-attempts", "by": "zone", "cell": "lobby"})
    assert desk.record.incidents()[0].id not in opened.content.decode()
    assert desk.record.incidents()[0].id not in client.get("/numbers/table.csv").content.decode()


def test_a_figure_of_many_incidents_is_not_folded_and_asks_for_a_row(desk, monkeypatch):
    from portico.store import Record
    from portico.web.numbers import seen

    def slow(*_: object, **__: object):
        raise AssertionError("every incident was folded")

    monkeypatch.setattr(Record, "countable", slow)
    monkeypatch.setattr(Record, "incidents", slow)
    monkeypatch.setattr(seen, "MOST_OPENED", 0)
    client = desk.client([Role.READER])
    asked = {"definition": "arrests-and-attempts", "by": "month"}
    assert "Open a row above to see its events." in words(client.get("/numbers/", asked))
    opened = words(client.get("/numbers/", {**asked, "cell": "2019-05"}))
    assert "Arrest, Kings County Criminal Court 14 May 2019" in opened


def test_many_rows_are_had_page_by_page_and_a_file_has_them_all(desk, monkeypatch):
    from portico.web.numbers import views

    monkeypatch.setattr(views, "_ROWS_ON_A_PAGE", 1)
    client = desk.client([Role.READER])
    asked = {"definition": "arrests-and-attempts", "by": "zone"}
    first, second = (client.get("/numbers/", {**asked, "rows": page}) for page in ("1", "2"))
    assert ("hallway 0 1" in words(first), "lobby 0 1" in words(first)) == (True, False)
    assert ("hallway 0 1" in words(second), "lobby 0 1" in words(second)) == (False, True)
    assert "2 to 2 of 2" in words(second)
    opened = re.search(r'href="\?([^"]*cell=lobby[^"]*)"', second.content.decode())
    assert opened, "the row opens its events on the page that it stands on"
    assert "rows=2" in opened[1]
    assert client.get("/numbers/table.csv", asked).content.decode().count("arrests-and-attempts,") == 3
