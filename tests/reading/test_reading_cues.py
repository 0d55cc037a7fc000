"""Every cue finds its own example, and a broken cue file says where it is broken."""

import pytest

from portico.reading.cues import cue_files, load_cues

ALL = [(name, cue) for name in cue_files() for cue in load_cues(name).cues]


@pytest.mark.parametrize(("name", "cue"), ALL, ids=[f"{name}:{cue.id}" for name, cue in ALL])
def test_a_cue_finds_its_example(name, cue):
    assert cue.id in {hit.cue.id for hit in load_cues(name).find(cue.example)}


@pytest.mark.parametrize(("name", "cue"), ALL, ids=[f"{name}:{cue.id}" for name, cue in ALL])
def test_a_long_text_is_searched_with_the_same_answer(name, cue):
    """Its patterns are tried only where words begin as they do; in a short text each is searched."""
    found = [(hit.cue.id, hit.start, hit.end) for hit in load_cues(name).find(cue.example)]
    before, after = "Plum.\n" * 50, "\n" + "Plum.\n" * 50
    long = load_cues(name).find(before + cue.example + after, len(before), len(before + cue.example))
    assert [(hit.cue.id, hit.start - len(before), hit.end - len(before)) for hit in long] == found


def test_a_hit_lies_between_the_places_asked_for():
    words = "Share this: Share this:"
    assert [hit.start for hit in load_cues("furniture").find(words, 0, 11)] == [0]
