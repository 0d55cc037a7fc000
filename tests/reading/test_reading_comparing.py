"""Comparing a reading with an answer: what each kind of error is, and that it counts as the published scorer does."""

import importlib.util
import json
from pathlib import Path

import pytest

from portico.reading import KINDS, AnswerError, answer_of, compare, read_answer

ARTICLES = Path(__file__).parents[2].parent / "shared" / "data" / "articles"

EVENT = {
    "kind": "arrest",
    "date": {"value": "2019-05-14", "precision": "day"},
    "courthouse": "Kent County Courthouse",
    "zone": "hallway",
    "people_arrested": 1,
    "person": {"name": "Jonah Quell", "age": 34, "gender": "male", "role": "defendant"},
    "warrant": "unknown",
    "asserted_by": ["Ines Vara"],
}


def misses(found, wanted):
    """Kind, what, found and wanted of every difference between two events."""
    mine, its = (answer_of({"incidents": [event]}) for event in (found, wanted))
    return [(miss.kind, miss.what, miss.found, miss.wanted) for miss in compare(mine, its)]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"date": {"value": "2019-05"}}, []),  # right as far as it goes
        ({"courthouse": "the courthouse in Kent"}, []),
        ({"county": "Kent"}, []),  # a gazetteer may add it
        ({"zone": "lobby"}, [("wrong", "zone", "lobby", "hallway")]),
        ({"zone": "unknown"}, [("silent", "zone", None, "hallway")]),
        ({"warrant": "judicial"}, [("overfilled", "warrant", "judicial", None)]),
        ({"asserted_by": ["Tom Marsh"]}, [("wrong", "asserted_by", "Tom Marsh", "Ines Vara")]),
    ],
)
def test_a_field_is_right_wrong_silent_or_overfilled(change, expected):
    assert misses(EVENT | change, EVENT) == expected


def test_another_name_and_day_make_another_event():
    other = EVENT | {"date": {"value": "2020-01-02"}, "person": {"name": "Ada Brook"}}
    assert [(kind, what) for kind, what, _, _ in misses(other, EVENT)] == [
        ("made up", "incident"),
        ("missed", "incident"),
    ]
    assert misses(other, EVENT | {"optional": True})[1:] == []


def test_statements_actions_and_numbers_are_missed_or_made_up():
    found = answer_of({"statements": [{"speaker": "Ines Vara"}], "statistics": [{"value": 11}]})
    wanted = answer_of({"statements": [{"speaker": "Tom Marsh"}], "actions": [{"kind": "rally"}]})
    assert {(miss.kind, miss.what, miss.found or miss.wanted) for miss in compare(found, wanted)} == {
        ("made up", "statement", "Ines Vara"),
        ("missed", "statement", "Tom Marsh"),
        ("made up", "statistic", "11"),
        ("missed", "action", "rally"),
    }


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"{", "cannot be read"), (b'{"incidents": 3}', "$.incidents"), (None, "cannot be opened")],
)
def test_an_answer_that_cannot_be_used_is_named(tmp_path, content, says):
    path = tmp_path / "a1.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(AnswerError) as refused:
        read_answer(path)
    assert "a1.json" in str(refused.value)
    assert says in str(refused.value)
    assert "Nothing was compared" in str(refused.value)


@pytest.mark.skipif(not ARTICLES.is_dir(), reason="the development set (../shared/data/articles) is absent")
def test_it_counts_as_the_published_scorer_does():
    """Each answer against another text's, so that there is much to miss, and against itself, where there is nothing."""
    spec = importlib.util.spec_from_file_location("article_score", ARTICLES / "score.py")
    assert spec is not None
    assert spec.loader is not None
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    paths = sorted((ARTICLES / "gold").glob("*.json"))
    for path, other in zip(paths, [*paths[1:], paths[0]], strict=True):
        mine, its = read_answer(other), read_answer(path)
        assert compare(its, its) == ()
        raw = score.score({"x": json.loads(path.read_text("utf-8"))}, {"x": json.loads(other.read_text("utf-8"))})
        found = [(miss.kind, miss.what) for miss in compare(mine, its)]
        for what, part in zip(
            ("incident", "statement", "action", "statistic"),
            ("incidents", "statements", "actions", "statistics"),
            strict=True,
        ):
            assert found.count(("made up", what)) == raw[part]["fp"], (path.stem, what)
            assert found.count(("missed", what)) == raw[part]["fn"], (path.stem, what)
        wrong = sum(kind in ("wrong", "silent") for kind, _ in found)
        fields = raw["fields"].items()
        names = [name for name, _ in fields if name not in ("date_exact", "zone_coarse")]
        assert wrong == sum(raw["fields"][n]["known"] - raw["fields"][n]["correct"] for n in names)
    assert {kind for kind, _ in found} <= set(KINDS)
