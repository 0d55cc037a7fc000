"""The weights of matching: a data file a statistician may correct, checked when read."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Literal

import msgspec
import yaml

from portico.facts import ATTRIBUTES, PorticoError

Comparison = Literal["same", "fits", "differs"]


class WeightsError(PorticoError):
    """The file of weights cannot be used."""

    def __init__(self, file: str, problem: str) -> None:
        self.file, self.problem = file, problem
        super().__init__(
            f"{file}: {problem}. Nothing was matched; the record is unchanged. "
            "Correct the file (its README says how) and match again."
        )


class Evidence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an observation of place or time adds to the sum, and the sentence that a person reads."""

    weight: float
    says: str


class FactWeight(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one fact adds when both accounts give the same value, one fits the other, or they differ."""

    same: float
    fits: float
    differs: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """See `data/README.md`."""

    how_set: str
    start: float
    propose_at: float
    common_court_words: frozenset[str]
    evidence: Mapping[str, Evidence]
    facts: Mapping[str, FactWeight]


OBSERVATIONS = (
    *("same_courthouse", "may_be_same_courthouse", "same_courthouse_name", "similar_courthouse_name"),
    *("other_courthouse", "other_courthouse_name", "same_county", "other_county", "same_city", "other_city"),
    *("other_state", "same_day", "dates_may_agree", "years_may_agree", "next_day", "other_date"),
)


@lru_cache(maxsize=1)
def shipped_weights() -> Weights:
    """The weights that come with Portico."""
    file = files("portico.matching") / "data" / "weights.yaml"
    return _read(file.read_bytes(), "weights.yaml")


def load_weights(path: Path) -> Weights:
    """Weights from a file. Raises WeightsError, naming the file and the place in it; OSError if it cannot be read."""
    return _read(path.read_bytes(), path.name)


def _read(content: bytes, name: str) -> Weights:
    try:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        weights = msgspec.convert(yaml.load(content, Loader=loader), type=Weights)  # noqa: S506 - a safe loader
    except (yaml.YAMLError, msgspec.ValidationError) as problem:
        raise WeightsError(name, " ".join(str(problem).split())) from problem
    missing = [each for each in OBSERVATIONS if each not in weights.evidence]
    strange = [each for each in weights.facts if each not in ATTRIBUTES]
    strange += [each for each in weights.evidence if each not in OBSERVATIONS]
    if missing or strange:
        raise WeightsError(name, f"missing: {', '.join(missing) or 'none'}; not known: {', '.join(strange) or 'none'}")
    if not 0 < weights.propose_at <= 1:
        raise WeightsError(name, f"propose_at is {weights.propose_at}, and must lie above 0 and up to 1")
    return weights
