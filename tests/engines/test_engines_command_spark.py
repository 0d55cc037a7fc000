"""`--engine spark` by the command itself: `portico import`, `place`, `count` and `read` give what they give here."""

import gzip
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from portico.engines import index_of

MISSING = [name for name, there in (("PySpark", find_spec("pyspark")), ("Java", shutil.which("java"))) if not there]
needs_spark = pytest.mark.skipif(
    bool(MISSING) and os.environ.get("CI") != "true", reason=f"not installed: {', '.join(MISSING)} (make spark)"
)
SPARK = ("--engine", "spark", "--master", "local[2]")
HEADER = (
    "Area of Responsibility|Apprehension Date|Apprehension Method|Apprehension Landmark|Operation|"
    "Processing Disposition"
)
AREAS = ("New York City", "Denver")
LANDMARKS = ("KINGS COUNTY CRIMINAL COURT", "EL PASO COUNTY COURT HOUSE", "OAK COUNTY JAIL", "(B)(7)(E)", "")


@pytest.fixture
def files(tmp_path):
    """Two tables of arrests, and the same landmarks as a sheet of their own."""
    for year in (2017, 2018):
        rows = [
            f"{AREAS[n % 2]} Area of Responsibility|{n % 12 + 1}/3/{year}|Located|{LANDMARKS[n % 5]}||"
            for n in range(200)
        ]
        text = "\n".join(["Released tables|||||", HEADER, *rows, "too|short"])
        (tmp_path / f"arrests-{year}.csv.gz").write_bytes(gzip.compress(text.encode(), mtime=0))
    lines = [f"{LANDMARKS[n % 5]},{('NYC', 'DEN')[n % 2]}" for n in range(300)]
    (tmp_path / "landmarks.csv").write_text("\n".join(["landmark,aor", *lines]), "utf-8")
    return sorted(tmp_path.glob("arrests-*.csv.gz"))


def tables_in(record):
    tables = record / "tables"
    found = (path for path in tables.rglob("*.*") if path.is_file() and path.name != ".lock")
    return {path.relative_to(tables): path.read_bytes() for path in found}


@needs_spark
def test_an_import_leaves_the_bytes_accounts_and_report_of_one_machine(portico, files, cluster, tmp_path):
    call = ("import", "ero-arrests", *files, "--yes", "--json")
    here, there = portico(*call, "--record", "here"), portico(*call, "--record", "there", *SPARK)
    assert (there.status, there.out) == (here.status, here.out)
    assert here.status == 1  # a row of each file was rejected
    assert '"accounts": 160' in here.out
    assert tables_in(tmp_path / "there") == tables_in(tmp_path / "here")
    assert portico("verify", "--record", "there").status == 0
    accounts = [portico("list", "accounts", "--json", "--record", name).out.count("\n") for name in ("here", "there")]
    assert accounts == [160, 160]


@needs_spark
def test_a_rehearsal_says_the_same_and_writes_nothing(portico, files, cluster, tmp_path):
    here, there = portico("import", "ero-arrests", *files), portico("import", "ero-arrests", *files, *SPARK)
    assert there.out == here.out
    assert "Nothing was written. Add --yes to import." in there.out
    assert not (tmp_path / "record").exists()


@needs_spark
@pytest.mark.parametrize(
    "asked",
    [
        ["court-arrests-floor", "--by", "state", "--by", "fiscal_year"],
        ["ero-arrests", "--by", "landmark_class", "--by", "year", "--where", "aor=NYC"],
        ["ero-arrests", "--by", "method", "--where", "landmark=(redacted)"],
    ],
    ids=" ".join,
)
def test_a_count_is_that_of_one_machine(portico, files, cluster, asked):
    portico("import", "ero-arrests", *files, "--yes")
    here = portico("count", *asked, "--json")
    there = portico("count", *asked, "--json", *SPARK)
    assert (there.status, there.out) == (here.status, here.out) == (0, there.out)
    assert '"count"' in there.out


@needs_spark
def test_landmarks_of_a_file_are_placed_as_on_one_machine(portico, files, cluster):
    call = ("place", "--file", "landmarks.csv", "--aor-column", "aor", "--json")
    here, there = portico(*call), portico(*call, *SPARK)
    assert (there.status, there.out) == (here.status, here.out)
    assert there.out.count("\n") == 300
    assert '"courthouse_id"' in there.out


@needs_spark
def test_a_folder_with_an_archive_is_read_as_on_one_machine(portico, folder, archive, cluster, tmp_path):
    archive("crawl.warc.gz").rename(folder / "crawl.warc.gz")
    here, there = portico("read", folder, "--json"), portico("read", folder, "--json", *SPARK)
    assert (there.status, there.out, there.err) == (here.status, here.out, here.err)
    assert there.out.count("\n") == 63
    for out, engine in (("here.jsonl", ()), ("there.jsonl", SPARK)):
        assert portico("read", folder, "--out", out, *engine).status == 1
    for of in (Path, index_of):
        assert of(tmp_path / "there.jsonl").read_bytes() == of(tmp_path / "here.jsonl").read_bytes()


@needs_spark
def test_it_runs_as_a_command_of_its_own(portico, files, tmp_path):
    command = [Path(sys.executable).with_name("portico"), "import", "ero-arrests", *files, "--json", "--quiet"]
    alone = portico("import", "ero-arrests", *files, "--json").out
    ran = subprocess.run([*command, *SPARK], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (1, alone)


CALLS = [
    ["import", "ero-arrests", "arrests-2017.csv.gz", "--yes"],
    ["place", "--file", "landmarks.csv"],
    ["count", "court-arrests-floor"],
    ["read", "landmarks.csv"],
]


@pytest.mark.parametrize("words", CALLS, ids=lambda words: words[0])
def test_without_pyspark_each_says_what_to_install_and_changes_nothing(portico, files, monkeypatch, tmp_path, words):
    monkeypatch.setitem(sys.modules, "pyspark", None)
    result = portico(*words, "--engine", "spark")
    assert (result.status, result.out) == (3, "")
    assert "PySpark is not installed here, and the engine `spark` needs it. Nothing was read or changed." in result.err
    assert "pip install 'portico-courts[spark]'" in result.err
    assert "or leave out --engine: this machine alone needs neither." in result.err
    assert not (tmp_path / "record").exists()


@pytest.mark.skipif(find_spec("pyspark") is None, reason="not installed: PySpark (make spark)")
def test_without_java_it_says_what_to_install(portico, files, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    result = portico(*CALLS[0], "--engine", "spark")
    assert result.status == 3
    assert "Java is not installed here" in result.err
    assert not (tmp_path / "record").exists()
