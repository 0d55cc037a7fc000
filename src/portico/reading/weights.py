"""Weights: what each sign counts for, from a data file that says how it was fitted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Weights:
    """The sum of a set of signs starts from `start`; above nought, yes is likelier than no (log odds)."""

    start: float
    signs: Mapping[str, float]

    def of(self, signs: Iterable[str]) -> float:
        return self.start + sum(self.signs.get(sign, 0.0) for sign in signs)


@cache
def load_weights(name: str) -> Weights:
    """The weights of `data/<name>.yaml`, read once."""
    words = (resources.files("portico.reading") / "data" / f"{name}.yaml").read_text("utf-8")
    content = yaml.load(words, Loader=_LOADER)  # noqa: S506  (a safe loader)
    return Weights(float(content["start"]), {str(sign): float(value) for sign, value in content["weights"].items()})
