"""Counts over stored rows of tables: figures with their base, floors that say so, and no cell silently left out."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portico.counting import Cell, CountError, DefinitionError, Landmark, StoredRows, TableDefinition
from portico.counting.tabulate import StoredRowsError, known_attributes, tabulate

COURT, JAIL = "ELM COUNTY COURT", "ELM COUNTY JAIL"
ARRESTS = TableDefinition(
    id="elm-arrests",
    source="table",
    name="Arrests in Elm",
    version="1",
    meaning="Every row.",
    unit="arrests",
    table="elm/arrests",
    day="on",
    landmark=Landmark(column="landmark", area="area"),
    called={"aor": "area"},
)
FLOOR = ARRESTS.__class__(
    **{name: getattr(ARRESTS, name) for name in ARRESTS.__struct_fields__}
    | {"id": "elm-floor", "floor": True, "where": {"landmark_class": ("state_local_court",)}}
)
ROWS = [  # landmark, what it is, area, day, method, what it is
    (COURT, "value", "ELM", date(2018, 9, 30), "Located", "value"),
    (COURT, "value", "ELM", date(2018, 10, 1), "Located", "value"),
    (COURT, "value", "OAK", date(2018, 10, 1), None, "redacted"),
    (JAIL, "value", "ELM", date(2018, 12, 31), "Custody", "value"),
    (None, "redacted", "ELM", date(2019, 1, 1), None, "blank"),
    (None, "blank", None, None, "Located", "value"),
]
PLACES = [
    (COURT, "ELM", "state_local_court", "c-elm", "Elm Courthouse", "Elm", "NY"),
    (COURT, "OAK", "state_local_court", None, None, None, "OH"),
    (JAIL, "ELM", "not_court", None, None, "Elm", "NY"),
]


def stored(folder: Path, rows: Sequence[tuple[object, ...]] = ROWS) -> StoredRows:
    folder.mkdir(parents=True, exist_ok=True)
    path, places = folder / "rows.parquet", folder / "places.parquet"
    table = {
        "file": ["f"] * len(rows),
        "sheet": [None] * len(rows),
        "row": list(range(7, 7 + len(rows))),
        "landmark": [row[0] for row in rows],
        "landmark_is": [row[1] for row in rows],
        "area": [row[2] for row in rows],
        "area_is": ["value" if row[2] else "blank" for row in rows],
        "on": [row[3] for row in rows],
        "on_is": ["value" if row[3] else "unreadable" for row in rows],
        "method": [row[4] for row in rows],
        "method_is": [row[5] for row in rows],
    }
    pl.DataFrame(table, schema_overrides={"sheet": pl.String, "row": pl.UInt32, "on": pl.Date}).write_parquet(path)
    names = ["place", "area", "label", "courthouse_id", "courthouse", "county", "state"]
    placed = pl.DataFrame(PLACES, schema=names, orient="row").with_columns(state_told=pl.lit(None, dtype=pl.String))
    placed.write_parquet(places)
    return StoredRows(rows=(path,), places=(places,))


@pytest.fixture
def elm(tmp_path: Path) -> StoredRows:
    return stored(tmp_path)


def told(made) -> dict[tuple[str, ...], int]:
    return {tuple(cell.words for cell in row.cells): row.count for row in made.rows}


def test_every_row_has_a_cell_and_what_is_no_value_has_its_own(elm: StoredRows) -> None:
    made = tabulate(ARRESTS, elm, by=["method"])
    assert told(made) == {("Custody",): 1, ("Located",): 3, ("(blank)",): 1, ("(redacted)",): 1}
    assert (made.total.count, made.total.base) == (6, 6)
    assert [row.cells[0].words for row in made.rows][-2:] == ["(blank)", "(redacted)"]


def test_the_fiscal_year_begins_in_october_of_the_year_before(elm: StoredRows) -> None:
    assert told(tabulate(ARRESTS, elm, by=["fiscal_year"])) == {("2018",): 1, ("2019",): 4, ("(unreadable)",): 1}
    assert told(tabulate(ARRESTS, elm, by=["year"])) == {("2018",): 4, ("2019",): 1, ("(unreadable)",): 1}
    assert told(tabulate(ARRESTS, elm, by=["month"], where={"year": "2018"})) == {
        ("2018-09",): 1,
        ("2018-10",): 2,
        ("2018-11",): 0,  # a month in a series of which no row counts is shown
        ("2018-12",): 1,
    }
    assert told(tabulate(ARRESTS, elm, by=["day"], where={"month": "2018-10"})) == {("2018-10-01",): 2}


def test_a_landmark_that_says_no_place_is_told_from_one_that_was_taken_out(elm: StoredRows) -> None:
    made = tabulate(ARRESTS, elm, by=["county"])
    assert told(made) == {("Elm, NY",): 3, ("(not known)",): 1, ("(blank)",): 1, ("(redacted)",): 1}


def test_the_area_decides_where_a_landmark_is(elm: StoredRows) -> None:
    assert told(tabulate(FLOOR, elm, by=["state"])) == {("NY",): 2, ("OH",): 1}


def test_what_is_counted_by_place_is_a_floor_and_what_is_not_is_none(elm: StoredRows) -> None:
    by_class = tabulate(ARRESTS, elm, by=["landmark_class"])
    assert {row.cells[0].words: row.at_least for row in by_class.rows} == {
        "state_local_court": True,
        "not_court": False,
        "(blank)": False,
        "(redacted)": False,
    }
    assert not by_class.total.at_least
    floor = tabulate(FLOOR, elm, by=["method"])
    assert floor.total.at_least
    assert all(row.at_least for row in floor.rows)
    assert tabulate(ARRESTS, elm, where={"state": "NY"}).total.at_least
    assert not tabulate(ARRESTS, elm, where={"landmark_class": "not_court"}).total.at_least
    assert not tabulate(ARRESTS, elm, where={"county": "(not known)"}).total.at_least
    by_landmark = tabulate(ARRESTS, elm, by=["landmark"])
    assert {row.cells[0].words: row.at_least for row in by_landmark.rows} == {
        COURT: True,
        JAIL: True,
        "(blank)": False,
        "(redacted)": False,
    }


def test_a_share_has_its_base(elm: StoredRows) -> None:
    made = tabulate(FLOOR, elm, by=["state"])
    assert (made.total.count, made.total.base, made.total.share) == (3, 6, 50.0)
    assert [(row.count, row.base, row.share) for row in made.rows] == [(2, 3, 66.6667), (1, 3, 33.3333)]


def test_what_is_no_value_can_be_asked_for(elm: StoredRows) -> None:
    assert tabulate(ARRESTS, elm, where={"method": ["(redacted)", "(blank)"]}).total.count == 2
    assert tabulate(ARRESTS, elm, where={"aor": "elm", "county": "Elm"}).total.count == 3
    assert tabulate(ARRESTS, elm, where={"courthouse": "elm courthouse"}).total.count == 2


def test_yes_and_no_are_asked_for_as_they_are_shown(tmp_path: Path) -> None:
    path = tmp_path / "orders.parquet"
    pl.DataFrame({"order": [True, True, False, None], "order_is": ["value"] * 3 + ["blank"]}).write_parquet(path)
    fields = {name: getattr(ARRESTS, name) for name in ARRESTS.__struct_fields__} | {"day": None, "landmark": None}
    definition, rows = TableDefinition(**fields), StoredRows(rows=(path,))
    assert told(tabulate(definition, rows, by=["order"])) == {("no",): 1, ("yes",): 2, ("(blank)",): 1}
    assert tabulate(definition, rows, where={"order": "Yes"}).total.count == 2


def test_courthouses_are_counted_by_id_and_named(elm: StoredRows) -> None:
    made = tabulate(FLOOR, elm, by=["courthouse"])
    assert told(made) == {("c-elm",): 2, ("(not known)",): 1}
    assert made.labels == {"c-elm": "Elm Courthouse"}


def test_a_column_that_one_file_lacks_is_not_blank_there(tmp_path: Path, elm: StoredRows) -> None:
    bare = tmp_path / "bare.parquet"
    pl.read_parquet(elm.rows[0]).drop("method", "method_is").write_parquet(bare)
    both = StoredRows(rows=(*elm.rows, bare), places=elm.places)
    made = tabulate(ARRESTS, both, by=["method"])
    assert told(made)["(absent)",] == 6
    assert made.total.count == 12


def test_rows_of_one_event_count_once_under_the_rule_that_the_definition_names(tmp_path: Path, elm: StoredRows) -> None:
    judged = tmp_path / "judged.parquet"
    places = pl.read_parquet(elm.rows[0]).select("file", "sheet", "row")
    places.with_columns(counts=pl.col("row") % 2 == 1).write_parquet(judged)
    fields = {name: getattr(ARRESTS, name) for name in ARRESTS.__struct_fields__} | {"duplicates": "key"}
    made = tabulate(TableDefinition(**fields), StoredRows(rows=elm.rows, places=elm.places, judged=(judged,)))
    assert (made.total.count, made.total.base, made.duplicates) == (3, 6, "key")


def test_a_row_may_stand_for_several(tmp_path: Path, elm: StoredRows) -> None:
    path = tmp_path / "totals.parquet"
    pl.read_parquet(elm.rows[0]).with_columns(n=pl.col("row") * 10, n_is=pl.lit("value")).write_parquet(path)
    fields = {name: getattr(ARRESTS, name) for name in ARRESTS.__struct_fields__} | {"adds_up": "n"}
    made = tabulate(TableDefinition(**fields), StoredRows(rows=(path,), places=elm.places), by=["aor"])
    assert told(made) == {("ELM",): 360, ("OAK",): 90, ("(blank)",): 120}
    assert made.total.count == made.total.base == 570


def test_a_period_holds_its_first_day_and_not_its_last(elm: StoredRows) -> None:
    fields = {name: getattr(ARRESTS, name) for name in ARRESTS.__struct_fields__}
    within = TableDefinition(**fields | {"start": date(2018, 10, 1), "before": date(2018, 12, 31)})
    assert tabulate(within, elm).total.count == 2


@pytest.mark.parametrize(
    ("by", "where", "says"),
    [
        (["shoe_size"], {}, "count by: 'shoe_size' is not known. Nothing was counted. There are: aor, area, county,"),
        ([], {"shoe_size": "9"}, "where: 'shoe_size' is not known."),
        ([], {"method": "Lokated"}, "where method: 'Lokated' is not known. Nothing was counted. There are: Located,"),
        ([], {"year": "the last"}, "where year: 'the last' is not known. Nothing was counted. There are: years as"),
        ([], {"month": "2018"}, "There are: months as 2019-05."),
    ],
)
def test_what_is_not_there_is_an_error_that_lists_what_is(elm: StoredRows, by, where, says: str) -> None:
    with pytest.raises(CountError) as refused:
        tabulate(ARRESTS, elm, by=by, where=where)
    assert says in str(refused.value)
    assert refused.value.exit_status == 2


@pytest.mark.parametrize(
    "named", [{"day": "when"}, {"adds_up": "when"}, {"landmark": Landmark(column="when", area="area")}]
)
def test_a_definition_that_names_no_column_of_the_table_says_which_there_are(elm: StoredRows, named) -> None:
    fields = {name: getattr(ARRESTS, name) for name in ARRESTS.__struct_fields__} | named
    with pytest.raises(DefinitionError) as refused:
        tabulate(TableDefinition(**fields), elm)
    assert str(refused.value) == (
        "elm-arrests: elm/arrests has no column 'when'. Nothing was counted. There are: landmark, area, on, method."
    )


def test_a_table_without_the_column_that_narrows_says_nothing_of_it(elm: StoredRows) -> None:
    narrowed = Landmark(column="landmark", area="area", state="state_as_told")
    fields = {name: getattr(ARRESTS, name) for name in ARRESTS.__struct_fields__} | {"landmark": narrowed}
    assert told(tabulate(TableDefinition(**fields), elm, by=["state"]))["NY",] == 3


def test_a_column_that_is_only_called_a_year_is_no_series(tmp_path: Path) -> None:
    path = tmp_path / "totals.parquet"
    years = {"fiscal_year": ["FY2012", "FY2019 YTD"], "fiscal_year_is": ["value", "value"]}
    pl.DataFrame(years).write_parquet(path)
    fields = {name: getattr(ARRESTS, name) for name in ARRESTS.__struct_fields__} | {"day": None, "landmark": None}
    made = tabulate(TableDefinition(**fields), StoredRows(rows=(path,)), by=["fiscal_year"])
    assert told(made) == {("FY2012",): 1, ("FY2019 YTD",): 1}


def test_rows_that_cannot_be_read_are_said_to_be(tmp_path: Path) -> None:
    broken = tmp_path / "broken.parquet"
    broken.write_bytes(b"no Parquet")
    with pytest.raises(StoredRowsError) as refused:
        tabulate(ARRESTS, StoredRows(rows=(broken,)))
    assert str(refused.value).startswith("The stored rows of elm/arrests cannot be counted:")
    assert str(refused.value).endswith("Nothing was counted and nothing changed. Import the tables again, then count.")


def test_names_are_never_taken_for_commands(tmp_path: Path) -> None:
    odd = 'o"; DROP TABLE x; --'
    path = tmp_path / "o'dd.parquet"
    pl.DataFrame({odd: ["a'b", None], f"{odd}_is": ["value", "blank"]}).write_parquet(path)
    fields = {name: getattr(ARRESTS, name) for name in ARRESTS.__struct_fields__} | {"day": None, "landmark": None}
    definition = TableDefinition(**fields)
    assert known_attributes(definition, StoredRows(rows=(path,))) == (odd,)
    made = tabulate(definition, StoredRows(rows=(path,)), by=[odd], where={odd: "a'b"})
    assert [row.cells for row in made.rows] == [(Cell("a'b"),)]


_ROW = st.tuples(
    st.sampled_from([(COURT, "value"), (JAIL, "value"), (None, "blank"), (None, "redacted")]),
    st.sampled_from(["ELM", "OAK", None]),
    st.none() | st.dates(date(2015, 1, 1), date(2020, 12, 31)),
    st.sampled_from([("Located", "value"), ("Custody", "value"), (None, "sentinel")]),
)


@settings(max_examples=20, deadline=None)
@given(
    drawn=st.lists(_ROW, min_size=1, max_size=30),
    by=st.lists(st.sampled_from(["method", "aor", "fiscal_year", "landmark_class", "state"]), max_size=3, unique=True),
)
def test_figures_add_up_to_what_a_plain_loop_counts(tmp_path_factory, drawn, by) -> None:
    rows: list[tuple[object, ...]] = [(*landmark, area, day, *method) for landmark, area, day, method in drawn]
    made = tabulate(ARRESTS, stored(tmp_path_factory.mktemp("drawn"), rows), by=by)
    assert made.total.count == len(rows)
    assert not by or sum(row.count for row in made.rows) == len(rows)
    shown = {cells: count for cells, count in told(made).items() if count}
    assert shown == ({} if not by else Counter(tuple(_plainly(row, name) for name in by) for row in rows))


def _plainly(row: tuple[object, ...], name: str) -> str:
    landmark, landmark_is, area, day, method, method_is = row
    if name == "method":
        return str(method or f"({method_is})")
    if name == "aor":
        return str(area or "(blank)")
    if name == "fiscal_year":
        return str(day.year + (day.month >= 10)) if isinstance(day, date) else "(unreadable)"
    if landmark is None:
        return f"({landmark_is})"
    found = {(place[0], place[1]): place for place in PLACES}.get((str(landmark), str(area)))
    cell = (found[2] if name == "landmark_class" else found[6]) if found else None
    return cell or "(not known)"
