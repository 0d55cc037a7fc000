"""Answers of people: checked, found again for every spelling of a landmark, and used in place of the doubt."""

import pytest

from portico.places import AnswerError, answer_of, answered, resolve

COURT = "nyc-120-schermerhorn"


def test_an_answer_stands_for_every_spelling_of_the_landmark_in_its_area():
    answer = answer_of("BROOKLYN  CENTRAL BOOKING", COURT, "NYC")
    found = answered(resolve("Brooklyn central booking", aor="NYC"), {answer.key: answer}, "nyc")
    assert (found.label, found.county, found.state) == ("state_local_court", "Kings", "NY")
    assert found.courthouse is not None
    assert found.courthouse.id == COURT
    assert found.reason == "A person said what it is."
    elsewhere = resolve("Brooklyn central booking", aor="DEN")
    assert answered(elsewhere, {answer.key: answer}, "DEN") is elsewhere


def test_a_label_alone_keeps_what_is_known_of_the_place():
    answer = answer_of("DENVER JUSTICE CENTER", "not court", "DEN")
    found = answered(resolve("DENVER JUSTICE CENTER", aor="DEN"), {answer.key: answer}, "DEN")
    assert (found.label, found.courthouse, found.county, found.state) == ("not_court", None, "Denver", "CO")


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ("courtish", "neither a label nor the id of a courthouse. Nothing was kept. The labels are: state_local_court"),
        ("ambiguous", "that is what the words say already. Nothing was kept. Say what it is, or leave it open."),
    ],
)
def test_an_answer_that_cannot_be_is_refused(said, says):
    with pytest.raises(AnswerError, match=says):
        answer_of("ELM JUSTICE CENTER", said)
