"""Answers: what a person who read a document by hand says it tells, to measure a reading against."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from portico.facts import PorticoError

Field = str | int | tuple[str, ...]


class AnswerError(PorticoError):
    """An answer file cannot be used."""

    exit_status = 2

    def __init__(self, path: Path, what: str) -> None:
        self.path = path
        super().__init__(
            f"{path}: {what}. Nothing was compared with it; the reading itself is not touched. "
            "An answer is a file <id>.json in the format that `portico read --json` prints; mend it and compare again."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A date of the flat format; None where nothing is said."""

    value: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """The person of an event."""

    name: str | None = None
    age: int | None = None
    gender: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One event.

    optional  whoever made the answer leaves open whether it is one: finding it is no error, missing it neither
    """

    kind: str | None = None
    date: Day | None = None
    courthouse: str | None = None
    zone: str | None = None
    county: str | None = None
    city: str | None = None
    state: str | None = None
    agency: str | None = None
    people_arrested: int | None = None
    person: Who | None = None
    proceeding: str | None = None
    warrant: str | None = None
    plain_clothes: str | None = None
    identified: str | None = None
    force_used: str | None = None
    judge_informed: str | None = None
    counsel_access: str | None = None
    court_staff: str | None = None
    asserted_by: tuple[str, ...] = ()
    optional: bool = False

    def value(self, name: str) -> Field | None:
        """A field by its name in FIELDS; None where nothing is said."""
        if name == "date":
            return self.date.value if self.date else None
        held = getattr(self.person or Who(), name) if name in Who.__slots__ else getattr(self, name)
        return None if held in (None, "unknown", "", ()) else held


FIELDS = (
    *("kind", "date", "courthouse", "zone", "county", "city", "state", "agency", "people_arrested"),
    *("name", "age", "gender", "role", "proceeding", "warrant", "plain_clothes", "identified", "force_used"),
    *("judge_informed", "counsel_access", "court_staff", "asserted_by"),
)
"""What is compared of an event, in the order of the format."""

FROM_GAZETTEER = frozenset({"county", "city", "state"})
"""Fields that may be filled from the gazetteer where the text is silent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One speaker's statement."""

    speaker: str | None = None
    organisation: str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Acted:
    """One action."""

    kind: str | None = None
    date: Day | None = None
    organiser: str | None = None
    place: str | None = None
    target: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One number."""

    value: float | None = None
    what: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Everything that a document tells. Other keys of the file are left aside."""

    incidents: tuple[Told, ...] = ()
    statements: tuple[Said, ...] = field(default=())
    actions: tuple[Acted, ...] = field(default=())
    statistics: tuple[Counted, ...] = field(default=())


def answer_of(flat: dict[str, object]) -> Answer:
    """What `flatten` gives, to be compared like an answer."""
    return msgspec.convert(flat, Answer)


def read_answer(path: Path) -> Answer:
    """The answer of a file. Raises AnswerError, naming the file and what is wrong with it."""
    try:
        content: Any = msgspec.json.decode(path.read_bytes())
        return msgspec.convert(content, Answer)
    except OSError as problem:
        raise AnswerError(path, f"the answer cannot be opened ({problem.strerror or problem})") from problem
    except msgspec.DecodeError as problem:  # of which a value of the wrong kind is one
        raise AnswerError(path, f"the answer cannot be read ({problem})") from problem
