"""`portico read`: JSON for machines, words for people, and a clear message for every document it cannot read."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

STORY = """\
ICE agents took a man at Brooklyn Criminal Court on Tuesday, Nov. 28, said Ines Vara, director of Harbor Clinic.
"""


def test_json_is_one_object_for_a_document_and_every_value_has_a_claim(portico, tmp_path):
    (tmp_path / "story.txt").write_text(STORY, "utf-8")
    result = portico("read", "story.txt", "--published-on", "2017-11-29", "--json")
    assert result.status == 0
    (reading,) = result.rows
    assert (reading["id"], reading["published_on"]) == ("story", "2017-11-29")
    (incident,) = reading["incidents"]
    assert incident["date"] == {"value": "2017-11-28", "precision": "day"}
    claimed = {claim["attribute"] for claim in incident["claims"]}
    assert {"kind", "date", "courthouse"} <= claimed
    for claim in incident["claims"]:
        assert all(0 <= start < end <= len(STORY) for start, end in claim["spans"])


def test_text_for_people_cites_the_words(portico, tmp_path):
    (tmp_path / "story.txt").write_text(STORY, "utf-8")
    result = portico("read", "story.txt")
    assert "“Brooklyn Criminal Court” 25–48" in result.out
    assert "Ines Vara, director, Harbor Clinic" in result.out


BAD = {
    "empty.txt": (b"", "empty"),
    "photo.jpg": (b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(200), "JPEG"),
    "noise.bin": (bytes(range(256)) * 40, ""),
    "paper.pdf": (b"%PDF-1.7\n1 0 obj\n", "PDF"),
    "bare.html": (b"<!doctype html><html><head><title></title></head><body><img src='a.png'></body></html>", "no text"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_document_that_cannot_be_read_is_named_with_what_to_do(portico, tmp_path, name):
    content, says = BAD[name]
    (tmp_path / name).write_bytes(content)
    result = portico("read", name)
    assert result.status == 3
    assert name in result.err
    assert says.lower() in result.err.lower()
    assert "Traceback" not in result.err
    assert result.out == ""


def test_one_bad_file_does_not_stop_the_others(portico, tmp_path):
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "story.txt").write_text(STORY, "utf-8")
    result = portico("read", "empty.txt", "story.txt", "missing.txt", "--json")
    assert result.status == 1
    assert [row["id"] for row in result.rows] == ["story"]
    assert "empty.txt" in result.err
    assert "missing.txt" in result.err


@pytest.mark.parametrize(
    "content",
    [
        STORY.encode("utf-16"),
        STORY.replace("said", "said “no”").encode("cp1252"),
        STORY.encode() + b"\xe9\xff broken \xc3\x28\n",
        b"\xef\xbb\xbf" + STORY.encode(),
        "Los agentes detuvieron a un hombre en la puerta del tribunal, según su abogada.\n".encode(),
        b"<p>" * 20_000 + STORY.encode(),
    ],
)
def test_odd_encodings_markup_and_languages_are_read_without_a_traceback(portico, tmp_path, content):
    (tmp_path / "odd.txt").write_bytes(content)
    result = portico("read", "odd.txt", "--json")
    assert result.status == 0, result.err
    assert len(result.rows) == 1


def test_fifty_megabytes_are_refused_in_a_moment(portico, tmp_path):
    with (tmp_path / "huge.txt").open("wb") as file:
        file.truncate(60_000_000)
    result = portico("read", "huge.txt")
    assert result.status == 3
    assert "at most 50,000,000 are read" in result.err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["read"], "No document was named"),
        (["read", "--index", "nowhere.csv"], "cannot be read"),
        (["read", "story.txt", "--published-on", "31/11/2017"], "is not a date"),
        (["nonsense"], "there is no verb"),
        (["place"], "Give one spelling"),
        (["count", "arrests-only", "--by"], "expected one argument"),
    ],
)
def test_a_wrong_call_says_what_is_right(portico, tmp_path, words, says):
    (tmp_path / "story.txt").write_text(STORY, "utf-8")
    result = portico(*words)
    assert result.status == 2
    assert says in result.err


def test_standard_input_and_a_reader_that_leaves_early(tmp_path):
    portico = Path(sys.executable).with_name("portico")
    read = subprocess.run(
        [portico, "read", "-", "--json"], input=STORY.encode(), capture_output=True, check=True, env=os.environ
    )
    assert json.loads(read.stdout)["id"] == "stdin"
    piped = subprocess.run(
        f"'{portico}' place 'Brooklyn Criminal Court' | true", shell=True, capture_output=True, check=False
    )
    assert piped.stderr == b""
