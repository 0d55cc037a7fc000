"""Cases: facts and a place in coded form, as a person writes them, checked against the vocabulary."""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from portico.facts import DateError, IncidentState, PartialDate
from portico.policy.errors import CaseError, shown
from portico.policy.legal import LegalFacts, legal_facts, place_of
from portico.policy.loading import load_rules
from portico.policy.place import Place
from portico.policy.vocabulary import PLACE_ATTRIBUTES, Answer, Known, LegalFact, Vocabulary
from portico.policy.yaml_text import YamlError, read_yaml

# `expect` and its neighbours are for tests; a case that carries them is read like any other.
_KEYS = ("id", "title", "basis", "place", "facts", "rules_in_force", "must_not_return", "expect", "reasoning")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A place with its day and the facts known, under an id of its own."""

    id: str
    place: Place
    facts: LegalFacts


@dataclass(frozen=True, slots=True)
class _At:
    """Where in which case, for messages."""

    file: str = ""
    case: str | None = None
    key: str = ""

    def error(self, found: object, wanted: str) -> CaseError:
        return CaseError(self.file, self.case, self.key, shown(found), wanted)

    def to(self, key: str) -> "_At":
        return _At(self.file, self.case, key)


def load_cases(path: Path) -> tuple[Case, ...]:
    """The cases of a YAML or JSON file: one case, a list of them, or a block `cases` with a list.

    Raises CaseError, naming file, case, key and what is allowed there, for the first thing that cannot be used.
    """
    at = _At(path.name)
    try:
        raw = read_yaml(path.read_text(encoding="utf-8"))
    except YamlError as error:
        raise at.to(f"line {error.line}").error(error.problem, "YAML that can be read") from error
    except UnicodeDecodeError as error:
        raise at.to(f"byte {error.start}").error(error.object[error.start : error.end], "UTF-8 text") from error
    except OSError as error:
        raise at.error(error.strerror, "a file that can be read") from error
    return tuple(_cases(raw, at, path.stem))


def case_of(raw: object, name: str = "case") -> Case:
    """One case from values already read, as from a form or a command. name is its id where it has none."""
    return _case(raw, _At(), name)


def case_of_incident(state: IncidentState) -> Case:
    """What a folded incident says, in legal terms: each fact keeps the claims that it rests on."""
    return Case(id=state.id, place=place_of(state), facts=legal_facts(state))


def known_facts(raw: Mapping[str, object]) -> Known:
    """Facts in coded form → what is known. What is known already stays so. Raises CaseError."""
    return dict(_known(raw, _At(), load_rules().vocabulary))


def _cases(raw: object, at: _At, stem: str) -> Iterator[Case]:
    entries = raw.get("cases") if isinstance(raw, dict) and "cases" in raw else raw
    if not isinstance(entries, list):
        yield _case(entries, at, stem)
        return
    if not entries:
        raise at.error(entries, "a list of at least one case")
    seen: set[str] = set()
    for number, entry in enumerate(entries, start=1):
        case = _case(entry, at, f"{stem}-{number}")
        if case.id in seen:
            raise _At(at.file, case.id, "id").error(case.id, "an id that no other case of the file has")
        seen.add(case.id)
        yield case


def _case(raw: object, at: _At, default_id: str) -> Case:
    if not isinstance(raw, dict):
        raise at.error(raw, "a case: a block with place and facts")
    case_id = default_id if raw.get("id") is None else str(raw["id"])
    at = _At(at.file, case_id)
    _check_keys(raw, _KEYS, at, "a key of a case")
    place = _block(raw.get("place"), at.to("place"))
    facts = _block(raw.get("facts"), at.to("facts"))
    vocabulary = load_rules().vocabulary
    known = dict(_known(facts, at, vocabulary))
    return Case(id=case_id, place=_place(place, at, vocabulary), facts=LegalFacts(known=known))


def _block(raw: object, at: _At) -> Mapping[str, object]:
    if not isinstance(raw, dict | None):
        raise at.error(raw, "a block of keys and values")
    return raw or {}


def _check_keys(raw: Mapping[str, object], allowed: Iterable[str], at: _At, what: str) -> None:
    allowed = tuple(allowed)
    for key in raw:
        if key not in allowed:
            raise at.to(str(key)).error(key, f"{what}: {', '.join(allowed)}")


# ------------------------------------------------------------------ facts


def _known(raw: Mapping[str, object], at: _At, vocabulary: Vocabulary) -> Iterator[tuple[str, tuple[Answer, ...]]]:
    _check_keys(raw, vocabulary.facts, at, "a fact of the vocabulary")
    for name, value in raw.items():
        answers = _answers(value, vocabulary.facts[name], at.to(name))
        if answers:
            yield name, answers


def _answers(raw: object, fact: LegalFact, at: _At) -> tuple[Answer, ...]:
    """The possible values; none when it is given as unknown."""
    values = [] if raw in (None, "unknown") else _alternatives(raw, at)
    return tuple(dict.fromkeys(_answer(value, fact, at) for value in values))


def _alternatives(raw: object, at: _At) -> list[object]:
    if isinstance(raw, tuple):
        return list(raw)
    if not isinstance(raw, dict):
        return [raw]
    values = raw.get("any_of")
    if set(raw) != {"any_of"} or not isinstance(values, list) or not values:
        raise at.error(raw, "a value, or {any_of: [..]} with at least one")
    return values


def _answer(raw: object, fact: LegalFact, at: _At) -> Answer:
    if fact.is_number:
        return _number(raw, at)
    if not fact.several:
        return _code(raw, fact, at)
    values = raw if isinstance(raw, list) else sorted(raw) if isinstance(raw, frozenset) else [raw]
    if not values:
        raise at.error(raw, "a list of at least one value; leave the fact out when it is not known")
    return frozenset(_code(value, fact, at) for value in values)


def _code(raw: object, fact: LegalFact, at: _At) -> str:
    if isinstance(raw, str) and raw in fact.values:
        return raw
    if isinstance(raw, list):
        raise at.error(raw, "one value: where it is not known which, write {any_of: [..]}")
    raise at.error(raw, f"one of {', '.join(fact.values)}, unknown")


def _number(raw: object, at: _At) -> float:
    """A number, or one in text, as a form or a command gives it."""
    try:
        number = float(raw) if isinstance(raw, str | int | float) and not isinstance(raw, bool) else math.nan
    except (ValueError, OverflowError):
        number = math.nan
    if not math.isfinite(number) or number < 0:
        raise at.error(raw, "a number of metres, 0 or more")
    return number


# ------------------------------------------------------------------ place


def _place(raw: Mapping[str, object], at: _At, vocabulary: Vocabulary) -> Place:
    _check_keys(raw, ("country", *PLACE_ATTRIBUTES), at, "an attribute of a place")
    if raw.get("country") not in (None, "US"):
        raise at.to("country").error(raw["country"], "US")

    def of(name: str, check: Callable[[object, _At], str]) -> tuple[str, ...] | None:
        return tuple(check(value, at.to(name)) for value in _values(raw.get(name), at.to(name))) or None

    def system(value: object, at: _At) -> str:
        if not isinstance(value, str) or value not in vocabulary.court_systems:
            raise at.error(value, f"one of {', '.join(vocabulary.court_systems)}, unknown")
        return value

    return Place(
        date=tuple(_date(value, at.to("date")) for value in _values(raw.get("date"), at.to("date"))) or None,
        state=of("state", _state),
        county=of("county", _name),
        court_system=of("court_system", system),
        building=of("building", _name),
        ice_aor=of("ice_aor", _name),
    )


def _values(raw: object, at: _At) -> list[object]:
    return [] if raw in (None, "unknown") else _alternatives(raw, at)


def _state(value: object, at: _At) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[A-Z]{2}", value):
        raise at.error(value, "a state's two capitals, as NY")
    return value


def _name(value: object, at: _At) -> str:
    if not isinstance(value, str) or not value.strip() or value == "unknown":
        raise at.error(value, "a name")
    return value.strip()


def _date(value: object, at: _At) -> PartialDate:
    try:
        return PartialDate(value.isoformat() if type(value) is date else str(value))
    except DateError as error:
        raise at.error(value, "a date that can be, as 2019-05-14, 2019-05 or 2019") from error
