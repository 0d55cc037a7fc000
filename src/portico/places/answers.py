"""Answers: what a person said of a landmark that its words leave open, used from then on in place of the doubt."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from portico.facts import PorticoError
from portico.places.courthouse import Courthouse
from portico.places.gazetteer import load_gazetteer
from portico.places.landmark import Label
from portico.places.resolve import Candidate, Resolution
from portico.places.spelling import spell

AnswerKey = tuple[str, str | None]
"""The words in their common form, and the area of responsibility: spellings of one landmark share an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a landmark is.

    text, aor      as the record writes it, and the area of responsibility that it stands under
    courthouse_id  of a court, where it is one building of the gazetteer; its county and state are then the building's
    """

    text: str
    label: Label
    aor: str | None = None
    courthouse_id: str | None = None
    county: str | None = None
    state: str | None = None

    @property
    def key(self) -> AnswerKey:
        return answer_key(self.text, self.aor)


Answers = Mapping[AnswerKey, Answer]


class AnswerError(PorticoError):
    """An answer that cannot be: no such label or building, or a building of what is no court."""

    exit_status = 2

    def __init__(self, answer: str, problem: str, do: str) -> None:
        super().__init__(f"The answer {answer!r}: {problem}. Nothing was kept. {do}")


def answer_key(text: str, aor: str | None) -> AnswerKey:
    """
    >>> answer_key("ELM  CTY COURT", "den") == answer_key("Elm County Court", "DEN")
    True
    """
    return " ".join(spell(text)), aor.strip().upper() if aor and aor.strip() else None


def answer_of(
    text: str, said: str, aor: str | None = None, *, county: str | None = None, state: str | None = None
) -> Answer:
    """An answer from what a person typed: a label, or the id of a courthouse. Raises AnswerError."""
    label = next((each for each in get_args(Label) if each == said.strip().replace(" ", "_")), None)
    house = None if label else _house(said)
    if label is None and house is None:
        labels = ", ".join(get_args(Label))
        raise AnswerError(said, "it is neither a label nor the id of a courthouse", f"The labels are: {labels}.")
    if house:
        return Answer(text=text, aor=aor, label=_label(house), courthouse_id=house.id)
    assert label is not None
    if label == "ambiguous":
        raise AnswerError(said, "that is what the words say already", "Say what it is, or leave it open.")
    return Answer(text=text, aor=aor, label=label, county=county, state=state.upper() if state else None)


def answered(found: Resolution, answers: Answers, aor: str | None = None) -> Resolution:
    """The resolution with a person's answer in place of its own, if there is one."""
    answer = answers.get(answer_key(found.text, aor)) if answers else None
    if answer is None:
        return found
    house = _house(answer.courthouse_id) if answer.courthouse_id else None
    return Resolution(
        text=found.text,
        label=answer.label,
        courthouse=house,
        county=house.county if house else answer.county or found.county,
        state=house.state if house else answer.state or found.state,
        candidates=(Candidate(house, 1.0),) if house else (),
        reason="A person said what it is.",
    )


def _house(name: str) -> Courthouse | None:
    return next((each for each in load_gazetteer().courthouses if each.id == name.strip()), None)


def _label(house: Courthouse) -> Label:
    labels: dict[str, Label] = {"eoir": "immigration_court", "federal_article_iii": "federal_court"}
    return labels.get(house.court_system, "state_local_court")
