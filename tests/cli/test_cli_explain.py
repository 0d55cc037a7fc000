"""`portico read --explain` and `--misses`: why each value, and where a reading differs from an answer."""

import json

import pytest

STORY = """\
BROOKLYN — ICE agents took Jonah Quell, 34, in a hallway of Brooklyn Criminal Court on Tuesday, Nov. 28, said Ines \
Vara, director of Harbor Clinic. A man waited in the lobby. A trial is set for Dec. 4.
"""


@pytest.fixture
def story(tmp_path):
    (tmp_path / "story.txt").write_text(STORY, "utf-8")
    return "story.txt", "--published-on", "2017-11-29"


def test_every_value_shows_its_cue_words_rivals_and_confidence(portico, story):
    result = portico("read", *story, "--explain")
    assert result.status == 0
    assert "of such accounts" in result.out
    lines = " ".join(result.out.split())
    assert "[zone/hallway]" in lines
    assert "not lobby: “in the lobby”" in lines or "not lobby: “lobby”" in lines
    assert "sentence away: farther" in lines


def test_the_same_as_json_beside_each_claim(portico, story):
    [row] = portico("read", *story, "--explain", "--json").rows
    [incident] = row["incidents"]
    assert 0 < incident["confidence"] < 1
    for claim in incident["claims"]:
        assert {"cue", "found", "also", "rivals", "confidence"} <= set(claim)
    zone = next(claim for claim in incident["claims"] if claim["attribute"] == "zone")
    assert zone["cue"] == "zone/hallway"
    assert {"lobby"} == {rival["value"] for rival in zone["rivals"]}


def answered(tmp_path, **changes):
    """A folder with an answer for the story."""
    event = {
        "kind": "arrest",
        "date": {"value": "2017-11-28"},
        "courthouse": "Brooklyn Criminal Court",
        "zone": "hallway",
        "agency": "ice",
        "people_arrested": 1,
        "person": {"name": "Jonah Quell", "age": 34},
        "asserted_by": ["Ines Vara"],
    }
    statement = {"speaker": "Ines Vara", "organisation": "Harbor Clinic", "kind": "indirect"}
    folder = tmp_path / "answers"
    folder.mkdir()
    content = {"incidents": [event | changes], "statements": [statement]}
    (folder / "story.json").write_text(json.dumps(content), "utf-8")
    return folder


def test_an_answer_that_agrees_leaves_nothing(portico, story, tmp_path):
    result = portico("read", *story, "--misses", answered(tmp_path))
    assert "1 document compared with its answer: 0 differences." in result.out, result.out
    assert result.status == 0


def test_errors_are_grouped_by_kind_with_the_words_that_led_to_them(portico, story, tmp_path):
    folder = answered(tmp_path, zone="lobby", warrant="none_shown")
    result = portico("read", *story, "--misses", folder)
    assert result.status == 1
    assert "zone: wrong (1)" in result.out
    assert "story: hallway, not lobby — from “hallway” by zone/hallway" in " ".join(result.out.split())
    assert "warrant: silent (1)" in result.out
    assert "2 differences" in result.out


def test_groups_as_json(portico, story, tmp_path):
    rows = portico("read", *story, "--misses", answered(tmp_path, zone="lobby"), "--json").rows
    assert rows[0]["what"] == "zone"
    assert rows[0]["errors"][0]["miss"]["wanted"] == "lobby"
    assert rows[-1] == {"documents": 1, "errors": 1}


def test_a_document_without_an_answer_is_named_and_the_rest_compared(portico, story, tmp_path):
    folder = answered(tmp_path)
    (tmp_path / "other.txt").write_text(STORY, "utf-8")
    result = portico("read", "other.txt", *story, "--misses", folder)
    assert result.status == 1
    assert "other.json: the answer cannot be opened" in result.err
    assert "1 document compared" in result.out


def test_explain_and_misses_do_not_go_together(portico, story, tmp_path):
    result = portico("read", *story, "--explain", "--misses", tmp_path)
    assert result.status == 2
    assert "give one" in result.err
