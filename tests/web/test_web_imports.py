"""Imports on screen: look, say what the columns tell, see what would happen, bring in, show only these, take back."""

import csv
import gzip
import html
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from worker_fixtures import work_off  # type: ignore[import-not-found]

from portico.web.access.acts import Role
from portico.web.imports.models import Import, Piece, SavedMapping

SHEET = """Intake of the Harbor Line,,,,,,,,
Date of Incident,Time,Court,County,State,What Happened,Force Used,Name,Notes
11/28/2017,1:05 PM,Brooklyn Criminal Court,Kings,NY,arrest,yes,Ines Vara,"taken in the hallway, no warrant seen"
5/14/2019,,Queens Criminal Court,Queens,NY,seen,no,,
31/11/2017,,Bronx Hall of Justice,Bronx,NY,arrest,,Omar Quill,
,,,,,,,,
6/2/2019,,Manhattan Criminal Court,New York,NY,followed home,no,,
,,,Kings,NY,arrest,,,called back
"""
GOOD = """Date,Court,State,What Happened,Who was there
11/28/2017,Brooklyn Criminal Court,NY,arrest,Tomas Rell
5/14/2019,Queens Criminal Court,NY,arrest,Ada Brink
"""


def words(answer) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def bring(client, text=SHEET, name="intake.csv", **more):
    """Uploads a file and lets the worker look at it; the import."""
    content = text if isinstance(text, bytes) else text.encode()
    answer = client.post("/imports/new/", {"sheet": SimpleUploadedFile(name, content), **more})
    assert answer.status_code == 302, words(answer)
    work_off()
    return Import.objects.get(pk=answer.headers["Location"].strip("/").split("/")[-1])


def said(one, **changes) -> dict[str, str]:
    """The form of the columns as it is proposed, with changes: heading → (attribute, kind, form)."""
    fields: dict[str, str] = {}
    for at, column in enumerate(one.sheet.columns):
        told = changes.get(column.heading, (column.attribute, column.kind, column.form))
        fields |= {f"c{at}-{name}": value for name, value in zip(("attribute", "kind", "form"), told, strict=True)}
    return fields


def checked(client, one, **changes):
    client.post(f"/imports/{one.pk}/columns/", said(one, **changes))
    work_off()
    one.refresh_from_db()
    return one


def taken(client, one, **more):
    client.post(f"/imports/{one.pk}/take/", more)
    work_off()
    one.refresh_from_db()
    return one


def batch_size(desk) -> int:
    return len(desk.record.accounts())


def test_a_file_is_sealed_and_hashed_before_anybody_looks(desk):
    client = desk.client()
    client.post("/imports/new/", {"sheet": SimpleUploadedFile("Ines Vara.csv", SHEET.encode())})
    one = Import.objects.get()
    assert (one.state, one.file_name, one.content()) == ("new", "Ines Vara.csv", SHEET.encode())
    kept = desk.place.desk_file.read_bytes() + desk.place.desk_file.with_name("desk.sqlite3-wal").read_bytes()
    for canary in (b"Ines Vara", b"Omar Quill", b"called back"):
        assert canary not in kept


def test_a_meaning_is_proposed_for_each_column_with_samples_and_guarded_words_masked(desk):
    client = desk.client([Role.DOCUMENTER])
    one = bring(client)
    page = words(client.get(f"/imports/{one.pk}/columns/"))
    assert "Brooklyn Criminal Court" in page
    assert "guarded: kept encrypted, not shown here" in page
    assert "Ines Vara" not in page
    assert "no warrant seen" not in page
    opened = desk.client(user=client.user, unlocked=True)
    assert "Ines Vara" in words(opened.get(f"/imports/{one.pk}/columns/"))


def test_what_singles_people_out_is_left_out_unless_somebody_chooses_it(desk):
    client = desk.client()
    text = (
        "Date,Court,A-Number,Phone,Country of Origin,Officer\n5/14/2019,Queens Criminal Court,1,2,Ruritania,Bo Lind\n"
    )
    one = bring(client, text)
    assert one.sheet.told == {"date": "Date", "courthouse": "Court"}
    page = words(client.get(f"/imports/{one.pk}/columns/"))
    assert "a number that identifies a person" in page
    assert "where somebody comes from: left out unless you choose it" in page
    for word in ("Ruritania", "Bo Lind"):
        assert word not in page
    assert "Officer’s name" not in page


def test_guarded_samples_that_were_shown_are_in_the_log(desk):
    client = desk.client([Role.DOCUMENTER], unlocked=True)
    one = bring(client)
    client.get(f"/imports/{one.pk}/columns/")
    (entry,) = desk.record.newest("record_read", 1)
    assert (entry.subject, entry.actor) == (one.sha256, client.user.actor)


def test_what_the_worker_has_is_not_changed_meanwhile(desk):
    from portico.web.worker import queue

    client = desk.client()
    one = checked(client, bring(client))
    queue.put("imports.check", one.pk, by=client.user)
    before = one.mapping
    client.post(f"/imports/{one.pk}/columns/", said(one, Notes=("", "", "")))
    one.refresh_from_db()
    assert one.mapping == before
    queue.take("another", timezone.now())
    client.post(f"/imports/{one.pk}/discard/")
    assert "Then take it away" in words(client.get(f"/imports/{one.pk}/"))
    assert Import.objects.filter(pk=one.pk).exists()


def test_a_column_that_nobody_spoke_for_is_shown_to_whoever_brought_it_alone(desk):
    client = desk.client([Role.DOCUMENTER])
    one = bring(client, GOOD)
    assert "Tomas Rell" in words(client.get(f"/imports/{one.pk}/columns/"))
    assert "Tomas Rell" not in words(desk.client([Role.DOCUMENTER]).get(f"/imports/{one.pk}/columns/"))


def test_wrong_cells_are_named_and_nothing_is_saved(desk):
    client = desk.client()
    before = desk.record.size
    one = checked(client, bring(client))
    page = words(client.get(f"/imports/{one.pk}/"))
    assert "Row 5, column Date of Incident: “31/11/2017” is not a day" in page
    assert "2 rows are ready; nothing was saved. Fix the row or skip it." in page
    assert "neither a day nor a place: no event row 8" in page
    assert desk.record.size == before
    assert "Omar Quill" not in page


def test_the_rows_come_in_as_one_batch_and_go_back_as_one(desk):
    client = desk.client()
    before = batch_size(desk)
    one = taken(client, checked(client, bring(client)))
    assert (one.state, one.rows, Piece.objects.count()) == ("taken", 2, 0)
    assert batch_size(desk) == before + 2
    only = words(client.get(f"/imports/{one.pk}/incidents/"))
    assert "2 incidents" in only
    assert "Arrest, Kings County Criminal Court" in only
    client.post(f"/imports/{one.pk}/undo/")
    work_off()
    assert batch_size(desk) == before
    assert "was taken back" in words(client.get(f"/imports/{one.pk}/"))
    assert "0 incidents" in words(client.get(f"/imports/{one.pk}/incidents/"))


def test_rows_with_a_wrong_cell_come_in_without_it_if_somebody_says_so(desk):
    client = desk.client()
    one = taken(client, checked(client, bring(client)), partly="keep")
    assert one.rows == 4
    told = desk.record.told_by(one.sha256)
    assert [each.account.value("date") for each in told.values()] == ["2017-11-28", "2019-05-14", None, "2019-06-02"]


def test_guarded_cells_are_encrypted_in_the_record_and_open_with_its_key(desk):
    client = desk.client()
    one = taken(client, checked(client, bring(client)))
    masked, whole = (next(iter(record.told_by(one.sha256).values())) for record in (desk.record, desk.whole))
    assert masked.account.value("name") == "[guarded]"
    assert whole.account.value("name") == "Ines Vara"
    assert desk.whole.original(one.sha256) == SHEET.encode()


def test_the_same_file_twice_is_once(desk):
    client = desk.client()
    one = taken(client, checked(client, bring(client)))
    answer = client.post("/imports/new/", {"sheet": SimpleUploadedFile("again.csv", SHEET.encode())})
    assert answer.headers["Location"] == f"/imports/{one.pk}/"
    assert Import.objects.count() == 1
    size = desk.record.size
    client.post(f"/imports/{one.pk}/take/")
    work_off()
    assert desk.record.size == size


def test_a_file_that_is_in_the_record_by_another_way_is_not_taken_again(desk):
    client = desk.client()
    one = taken(client, checked(client, bring(client)))
    Import.objects.all().delete()
    again = taken(client, checked(client, bring(client)))
    assert again.state == "checked"
    page = words(client.get(f"/imports/{again.pk}/"))
    assert "the record has this file already. Nothing was added. Take its import back first" in page
    assert one.sha256 == again.sha256


def test_words_without_a_code_are_given_one_on_the_page(desk):
    client = desk.client()
    one = checked(client, bring(client))
    page = words(client.get(f"/imports/{one.pk}/"))
    assert "What Happened: followed home" in page
    client.post(f"/imports/{one.pk}/words/", {"w-0": "attempted_arrest"})
    work_off()
    one.refresh_from_db()
    assert one.told.ready == 3
    assert not one.told.unknown


def test_columns_are_corrected_and_what_is_said_twice_or_not_at_all_is_told(desk):
    client = desk.client()
    one = bring(client, GOOD)
    twice = client.post(f"/imports/{one.pk}/columns/", said(one, **{"Who was there": ("date", "", "")}))
    assert twice.status_code == 422
    assert "Date is told by Date and Who was there: choose one, and leave the others out." in words(twice)
    missing = client.post(f"/imports/{one.pk}/columns/", said(one, Court=("", "", "")))
    assert "No column tells Courthouse. Say which one does." in words(missing)
    one = taken(client, checked(client, one, **{"Who was there": ("name", "", "")}))
    assert next(iter(desk.whole.told_by(one.sha256).values())).account.value("name") == "Tomas Rell"


def test_how_days_are_written_is_said_on_the_page(desk):
    client = desk.client()
    text = GOOD.replace("11/28/2017", "3/4/2017").replace("5/14/2019", "5/6/2019")
    one = bring(client, text)
    assert "month/day/year and day/month/year both fit: which is it?" in words(
        client.get(f"/imports/{one.pk}/columns/")
    )
    one = taken(client, checked(client, one, Date=("date", "date", "day/month/year")))
    days = [each.account.value("date") for each in desk.record.told_by(one.sha256).values()]
    assert days == ["2017-04-03", "2019-06-05"]


def test_a_mapping_is_kept_for_the_next_file_of_the_form(desk):
    client = desk.client()
    one = checked(client, bring(client, GOOD), **{"Who was there": ("name", "", "")})
    client.post(f"/imports/{one.pk}/save/", {"name": "Harbor form"})
    assert SavedMapping.objects.get().sheet.columns[0].samples == ()
    two = bring(client, GOOD + "6/2/2019,Queens Criminal Court,NY,arrest,\n", "june.csv")
    assert two.state == "checked"
    assert two.told.ready == 3
    assert two.sheet.told["name"] == "Who was there"
    assert "The mapping “Harbor form” was used" in words(client.get(f"/imports/{two.pk}/"))


def test_a_corrected_file_keeps_what_was_said_of_the_columns(desk):
    client = desk.client()
    wrong = GOOD.replace("11/28/2017", "31/11/2017")
    one = checked(client, bring(client, wrong), **{"Who was there": ("name", "", "")})
    assert one.told.partly == 1
    two = bring(client, GOOD, like=one.pk)
    assert (two.state, two.told.ready, two.told.cells) == ("checked", 2, 0)
    assert "name" in two.sheet.told


def test_the_report_can_be_saved_and_no_cell_of_it_is_a_formula(desk):
    client = desk.client()
    text = GOOD.replace("5/14/2019", "=HYPERLINK(A1)")
    one = checked(client, bring(client, text))
    answer = client.get(f"/imports/{one.pk}/report.csv")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="import-{one.pk}-report.csv"'
    rows = list(csv.reader(io.StringIO(answer.content.decode())))
    assert rows[0] == ["Sheet", "Row", "Column", "Cell", "What is wrong"]
    assert rows[1][1:4] == ["3", "Date", "'=HYPERLINK(A1)"]
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty"),
        (b"hello", "no row looks like a header"),
        (b"PK\x03\x04 no workbook", "intake.csv"),
        (gzip.compress(bytes(80_000_000)), "intake.csv"),
    ],
)
def test_a_file_that_is_no_sheet_says_what_is_wrong_and_that_nothing_was_added(desk, content, told):
    client = desk.client()
    if not content:
        answer = client.post("/imports/new/", {"sheet": SimpleUploadedFile("intake.csv", content)})
        assert answer.status_code in (302, 422)
        return
    one = bring(client, content)
    assert one.state == "new"
    page = words(client.get(f"/imports/{one.pk}/"))
    assert "It failed." in page
    assert told in page
    assert "fd/" not in page
    client.post(f"/imports/{one.pk}/discard/")
    assert Import.objects.count() == 0


def test_a_workbook_comes_in_like_a_text_file(desk, tmp_path):
    import xlsxwriter

    path = tmp_path / "june.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Responses (2)")
        for at, line in enumerate(GOOD.splitlines()):
            sheet.write_row(at, 0, line.split(","))
    client = desk.client()
    one = taken(client, checked(client, bring(client, path.read_bytes(), "june.xlsx")))
    assert (one.state, one.rows) == ("taken", 2)


def test_exports_of_forms_are_understood(desk):
    google = (
        '"Timestamp","When did it happen?","Which courthouse?","What happened?","Were agents masked?"\n'
        '"2019/05/15 9:12:01 AM EST","5/14/2019","Queens Criminal Court","arrest","Yes"\n'
    )
    client = desk.client()
    one = checked(client, bring(client, google))
    assert one.sheet.told == {
        "date": "When did it happen?",
        "courthouse": "Which courthouse?",
        "kind": "What happened?",
        "face_covered": "Were agents masked?",
    }
    assert one.told.ready == 1


def test_html_in_any_cell_is_inert(desk):
    client = desk.client()
    nasty = "<script>alert(1)</script>"
    one = checked(client, bring(client, GOOD.replace("5/14/2019", nasty).replace("Who was there", nasty)))
    for address in (f"/imports/{one.pk}/", f"/imports/{one.pk}/columns/"):
        assert nasty.encode() not in client.get(address).content
    assert b"&lt;script&gt;" in client.get(f"/imports/{one.pk}/").content


def test_who_may_look_only_reaches_nothing_of_imports_and_undo_needs_its_own_right(desk):
    one = taken(desk.client(), checked(desk.client(), bring(desk.client())))
    assert desk.client([Role.READER]).get(f"/imports/{one.pk}/").status_code == 403
    documenter = desk.client([Role.DOCUMENTER])
    assert "Take the whole import back" not in words(documenter.get(f"/imports/{one.pk}/"))
    assert documenter.post(f"/imports/{one.pk}/undo/").status_code == 403
    assert "Take the whole import back" in words(desk.client([Role.REVIEWER]).get(f"/imports/{one.pk}/"))


def test_an_import_that_was_taken_back_elsewhere_says_so(desk):
    client = desk.client()
    one = taken(client, checked(client, bring(client)))
    desk.record.undo(one.batch, actor="person:x")
    assert "taken back elsewhere" in words(client.get(f"/imports/{one.pk}/"))


def test_a_file_that_is_too_large_is_told(desk, monkeypatch):
    monkeypatch.setattr("portico.web.imports.forms.LARGEST_BYTES", 10)
    answer = desk.client().post("/imports/new/", {"sheet": SimpleUploadedFile("big.csv", b"x" * 11)})
    assert answer.status_code == 422
    assert "The file has 11 bytes; at most 10. Compress it as .gz, or split it." in words(answer)
    assert "Choose a file of at most 100 MB" in words(desk.client().post("/imports/new/"))


def keys(one) -> dict[tuple[int, str], str]:
    return {(each.row, each.column): f"cell-{each.key}" for each in one.told.wrong}


def corrected(client, one, **says):
    """Corrects cells of the sheet by their row and column, and checks again."""
    client.post(f"/imports/{one.pk}/cells/", {keys(one)[5, "Date of Incident"]: says["day"]})
    work_off()
    one.refresh_from_db()
    return one


def test_a_wrong_cell_is_corrected_on_the_page_and_stands_in_the_record_as_a_person_s(desk):
    client = desk.client()
    one = checked(client, bring(client))
    assert (one.told.ready, one.told.cells) == (2, 2)
    one = corrected(client, one, day="11/30/2017")
    assert (one.told.ready, one.told.cells) == (3, 1)
    page = words(client.get(f"/imports/{one.pk}/"))
    assert "1 cell was corrected by a person" in page
    assert f"row 5 Date of Incident 31/11/2017 11/30/2017 {client.user.name} , " in page
    one = taken(client, one)
    told = [*desk.whole.told_by(one.sha256).values()]
    (day,) = (claim for each in told for claim in each.account.about("date") if claim.value == "2017-11-30")
    assert day.origin == client.user.actor
    text = desk.whole.document(one.sha256).text
    line = next(each for each in text.splitlines() if "31/11/2017" in each)
    assert line.startswith(
        f"Date of Incident: 31/11/2017, corrected {timezone.now():%Y-%m-%d} by {client.user.actor}: "
    )
    assert text[day.spans[0].start : day.spans[0].end] == "11/30/2017"
    assert {each.origin for each in told[1].account.claims}.isdisjoint({client.user.actor})


def test_a_place_that_was_corrected_is_told_by_the_person_too(desk):
    client = desk.client()
    one = checked(client, bring(client, GOOD.replace("Queens Criminal Court", "#REF!")))
    (wrong,) = one.told.wrong
    client.post(f"/imports/{one.pk}/cells/", {f"cell-{wrong.key}": "Queens Criminal Court"})
    work_off()
    one.refresh_from_db()
    one = taken(client, one)
    claims = [*desk.record.told_by(one.sha256).values()][1].account.about("courthouse_id")
    assert [each.origin for each in claims] == [client.user.actor]


def test_what_is_still_no_day_is_told_again_and_a_correction_is_taken_back(desk):
    client = desk.client()
    one = corrected(client, checked(client, bring(client)), day="30 o'clock")
    page = client.get(f"/imports/{one.pk}/")
    assert "Row 5, column Date of Incident: “30 o'clock” is not a day" in words(page)
    assert 'value="30 o&#x27;clock"' in page.content.decode()
    one = corrected(client, one, day="11/30/2017")
    (kept,) = one.corrected.cells
    assert (kept.was, kept.says, kept.by) == ("31/11/2017", "11/30/2017", client.user.actor)
    client.post(f"/imports/{one.pk}/cells/", {"back": kept.key})
    work_off()
    one.refresh_from_db()
    assert one.corrected.cells == ()
    assert one.told.ready == 2


def test_a_word_without_a_code_is_given_one_in_its_cell_alone(desk):
    client = desk.client()
    one = checked(client, bring(client))
    client.post(f"/imports/{one.pk}/cells/", {keys(one)[7, "What Happened"]: "attempted_arrest"})
    work_off()
    one.refresh_from_db()
    assert (one.told.ready, one.told.unknown) == (3, ())
    assert "followed home" not in one.sheet.columns[5].values


def test_what_is_said_of_a_guarded_cell_is_sealed_and_not_shown(desk):
    client = desk.client()
    sheet = "Date,Court,Age\n5/14/2019,Queens Criminal Court,fourty\n"
    one = checked(client, bring(client, sheet))
    (wrong,) = one.told.wrong
    client.post(f"/imports/{one.pk}/cells/", {f"cell-{wrong.key}": "4077"})
    work_off()
    one.refresh_from_db()
    for address in (f"/imports/{one.pk}/", f"/imports/{one.pk}/report.csv"):
        page = client.get(address).content.decode()
        assert "4077" not in page
        assert "fourty" not in page
    assert not any(b"fourty" in each.read_bytes() for each in desk.place.folder.rglob("*") if each.is_file())
    one = taken(client, one)
    assert next(iter(desk.whole.told_by(one.sha256).values())).account.value("age") == 4077


def test_nothing_is_corrected_while_the_worker_checks_or_once_rows_are_in(desk):
    from portico.web.worker import queue

    client = desk.client()
    one = checked(client, bring(client))
    field = keys(one)[5, "Date of Incident"]
    queue.put("imports.check", one.pk, by=client.user)
    answer = client.post(f"/imports/{one.pk}/cells/", {field: "11/30/2017"}, follow=True)
    assert "Nothing was corrected" in words(answer)
    work_off()
    one = taken(client, one)
    assert client.post(f"/imports/{one.pk}/cells/", {field: "11/30/2017"}).status_code == 404
    assert one.corrected.cells == ()
    assert "It should say" not in words(client.get(f"/imports/{one.pk}/"))


def test_the_saved_report_says_what_was_corrected_by_whom_and_when(desk):
    client = desk.client()
    one = corrected(client, checked(client, bring(client)), day="11/30/2017")
    rows = list(csv.reader(io.StringIO(client.get(f"/imports/{one.pk}/report.csv").content.decode())))
    said = next(row for row in rows if row[3] == "31/11/2017")
    assert said[4].startswith(f"corrected: “11/30/2017”, by {client.user.actor}, {timezone.now():%Y-%m-%d}")
