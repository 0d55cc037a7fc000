"""`portico read` over many documents: options, exit status, and what it prints."""

import json
from types import SimpleNamespace

import pytest

from portico.cli import main
from portico.engines import index_of


@pytest.fixture
def read(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)

    def call(*words):
        status: object
        try:
            status = main(["read", *map(str, words)])
        except SystemExit as exited:
            status = exited.code
        out, err = capsys.readouterr()
        return SimpleNamespace(status=status, out=out, err=err)

    return call


def test_a_folder_is_read_in_order_whatever_the_number_of_processes(read, folder):
    one, two = (read(folder, "--json", "--processes", number) for number in (1, 2))
    assert (one.status, one.out, one.err) == (two.status, two.out, two.err)
    assert one.status == 1
    ids = [json.loads(line)["id"] for line in one.out.splitlines()]
    assert ids == sorted(ids[:20]) + sorted(ids[20:])
    assert len(ids) == 60
    assert one.err.count("\n") == 3
    for name in ("empty.txt", "photo.jpg", "noise.bin"):
        assert name in one.err


def test_out_has_the_lines_that_json_prints(read, folder, tmp_path):
    printed = read(folder, "--json").out
    out = tmp_path / "readings.jsonl"
    written = read(folder, "--out", out, "--processes", 2)
    assert written.status == 1
    assert out.read_text("utf-8") == printed
    assert f"{out}: 63 documents done: 60 read, 3 not." in written.out
    assert f"Why not: the entries with a reason in {index_of(out)}." in written.out
    again = read(folder, "--out", out, "--json")
    assert json.loads(again.out) == {"file": str(out), "read": 60, "not_read": 3, "already": 63}
    assert again.status == 1
    assert again.err == ""


def test_out_in_the_folder_that_is_read_is_not_read_the_second_time(read, folder):
    first, second = (read(folder, "--out", folder / "readings.jsonl") for _ in range(2))
    assert "63 documents done: 60 read" in first.out
    assert "63 documents done, 63 of them by an earlier run: 60 read" in second.out


def test_an_archive_is_read_with_its_addresses(read, archive):
    rows = [json.loads(line) for line in read(archive(), "--json").out.splitlines()]
    assert [row["url"] for row in rows] == [f"https://paper.example/{name}" for name in ("1", "3", "4.txt")]
    assert {row["received_at"] for row in rows} == {"2019-05-20T10:00:00Z"}
    assert {row["published_on"] for row in rows} == {None}
    assert all(row["id"].startswith("crawl@") for row in rows)


def test_add_takes_folders_and_archives_too(archive, stories, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PORTICO_KEY_FILE", str(tmp_path / "key"))
    folder = stories(4)
    archive("crawl.warc").rename(folder / "crawl.warc")
    assert main(["add", str(folder), "--record", str(tmp_path / "record"), "--json", "--quiet"]) == 1
    assert len(capsys.readouterr().out.splitlines()) == 6  # three pages and three stories; the fourth is empty


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--processes", "0"], "'0' is not a number of processes"),
        (["--processes", "many"], "'many' is not a number of processes"),
        (["--limit", "0"], "'0' is not a number of seconds"),
        (["--limit", "nan"], "'nan' is not a number of seconds"),
        (["--master", "spark://a:7077"], "--master names a cluster and needs --engine spark"),
        (["--engine", "spark", "--processes", "2"], "Give one"),
        (["--explain", "--out", "out.jsonl"], "leave out --out, --processes and --engine"),
        (["--explain", "--processes", "2"], "leave out --out, --processes and --engine"),
        (["--engine", "tractor"], "invalid choice"),
        (["--out", "."], "it is a folder"),
        (["--out", "nowhere/out.jsonl"], "cannot be written"),
    ],
)
def test_a_wrong_call_says_what_is_right(read, folder, words, says):
    result = read(folder, *words)
    assert result.status == 2
    assert says in result.err
    assert result.out == ""


def test_the_time_limit_reaches_the_document(read, tmp_path, monkeypatch):
    (tmp_path / "long.txt").write_text("Agents stood in the lobby of Queens Criminal Court. " * 20_000, "utf-8")
    result = read("long.txt", "--limit", "0.05")
    assert result.status == 3
    assert "long.txt: reading it took longer than 0.05 s and was stopped" in result.err
