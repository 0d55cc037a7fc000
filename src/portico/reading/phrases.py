"""Phrases: what the reader tells people, kept as data files beside the cues."""

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load_phrases(name: str, key: str) -> Mapping[str, str]:
    """The phrases of `data/<name>.yaml` under a key, by what they are about."""
    phrases: Mapping[str, str] = load_table(name)[key]
    return phrases


@cache
def load_table(name: str) -> Mapping[str, Any]:
    """A data file of this room, read once; whoever asks knows what it holds."""
    content = (resources.files("portico.reading") / "data" / f"{name}.yaml").read_text("utf-8")
    table: Mapping[str, Any] = yaml.load(content, Loader=_LOADER)  # noqa: S506  (a safe loader)
    return table
