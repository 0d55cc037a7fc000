"""Tables on Spark: the same bytes, places and figures as one machine."""

import gzip
import os
import shutil
from importlib.util import find_spec

import pytest

from portico.counting import TableDefinition, table_definitions
from portico.engines import NotDoneError, Spelling, here, place_many
from portico.engines.filed import files_on
from portico.engines.tabulated import count_tables
from portico.places import resolve
from portico.tables import import_table

MISSING = [name for name, there in (("PySpark", find_spec("pyspark")), ("Java", shutil.which("java"))) if not there]
pytestmark = pytest.mark.skipif(
    bool(MISSING) and os.environ.get("CI") != "true", reason=f"not installed: {', '.join(MISSING)} (make spark)"
)
HEADER = (
    "Area of Responsibility|Apprehension Date|Apprehension Method|Apprehension Landmark|Operation|"
    "Processing Disposition"
)
LANDMARKS = (
    "ELM COUNTY COURT",
    "KINGS COUNTY CRIMINAL COURT",
    "OAK COUNTY JAIL",
    "",
    "(B)(7)(E)",
    "O'FALLON COURT",
)
AREAS = ("New York City", "Denver", "Chicago", "nowhere")


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Two files with the layout of the released ones; every cell that can go wrong is in them."""
    folder = tmp_path_factory.mktemp("tables")
    for year in (2017, 2018):
        rows = [
            f"{AREAS[n % 4]} Area of Responsibility|{n % 12 + 1}/{n % 28 + 1}/{year}|Located|{LANDMARKS[n % 6]}||None"
            for n in range(600)
        ] + [f"Denver Area of Responsibility|31/11/{year}|Located|ELM COUNTY COURT||Warrant", "too|short"]
        text = "\n".join(["Released tables|||||", HEADER, *rows])
        (folder / f"arrests-{year}.csv.gz").write_bytes(gzip.compress(text.encode(), mtime=0))
    return sorted(folder.iterdir())


@pytest.fixture(scope="module")
def imported(files, cluster, tmp_path_factory):
    """The folders that one process and Spark wrote."""
    here_, there = tmp_path_factory.mktemp("here"), tmp_path_factory.mktemp("there")
    one = import_table(files, "ero-arrests", here_)
    other = import_table(files, "ero-arrests", there, on=files_on(cluster))
    assert one == other
    return here_, there


def test_an_import_has_the_bytes_of_one_process(imported):
    one, other = (
        {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*.*") if p.is_file()} for folder in imported
    )
    assert one == other
    assert sum(path.suffix == ".parquet" for path in one) == 2


def test_a_file_that_cannot_be_read_ends_the_import_and_nothing_is_stored(files, cluster, tmp_path):
    broken = tmp_path / "cut.csv.gz"
    lines = gzip.decompress(files[0].read_bytes()).splitlines(keepends=True)
    broken.write_bytes(gzip.compress(b"".join([*lines, *lines[2:] * 40]), mtime=0)[:-400])
    jobs = files_on(cluster)
    with pytest.raises(NotDoneError, match=r"cut\.csv\.gz: it breaks off before its end.*Nothing of this import"):
        import_table([files[1], broken], "ero-arrests", tmp_path / "out", on=jobs)
    assert not list((tmp_path / "out").rglob("*.parquet"))


def test_spellings_are_placed_as_on_one_machine(cluster):
    rows = [Spelling(LANDMARKS[n % 6], None, ("NYC", "DEN", None)[n % 3]) for n in range(2000)]
    on_spark = list(place_many(rows, engine=cluster))
    assert on_spark == list(place_many(rows, engine=here()))
    assert on_spark[:6] == [resolve(*each) for each in rows[:6]]


ASKED = [
    ("ero-arrests", ["fiscal_year"], {}),
    ("ero-arrests", ["aor", "month"], {"year": "2018"}),
    ("ero-arrests", ["landmark_class", "county"], {}),
    ("ero-arrests", ["landmark"], {"landmark": ["O'FALLON COURT", "(redacted)"]}),
    ("court-arrests-floor", ["state", "fiscal_year"], {}),
    ("court-arrests-floor", ["courthouse", "day"], {"aor": "NYC"}),
    ("court-arrests-floor", [], {}),
]


@pytest.mark.parametrize(("name", "by", "where"), ASKED, ids=str)
def test_counts_are_those_of_one_machine(imported, cluster, name, by, where):
    from portico.engines.spark_database import SparkDatabase

    definition = table_definitions()[name]
    assert isinstance(definition, TableDefinition)
    alone = count_tables(imported[0], definition, by=by, where=where)
    assert count_tables(imported[0], definition, by=by, where=where, database=SparkDatabase("local[2]")) == alone
    assert alone.total.count
