"""Canonical bytes: one spelling in bytes for each value, so that its hash means the value."""

import math

import msgspec

from portico.facts import to_json


def canonical(payload: object) -> bytes:
    """The value as canonical JSON: keys sorted by code point, UTF-8, no spaces, `facts.to_json`'s rules.

    payload  JSON values, facts, dataclasses; a finite float is its shortest decimal (statistics have them)
    Raises ValueError for NaN and infinities (JSON would write null for both); TypeError for keys that are no text
    (1 and "1" would become one) and for what JSON cannot say.

    >>> canonical({"zone": "hallway", "age": None})
    b'{"age":null,"zone":"hallway"}'
    """
    plain = msgspec.to_builtins(payload, order="sorted")
    _refuse_ambiguous(plain)
    return to_json(plain)


def _refuse_ambiguous(plain: object) -> None:
    if isinstance(plain, dict):
        for key, value in plain.items():
            if not isinstance(key, str):
                raise TypeError(f"a key of the payload is a {type(key).__name__}, not text")
            _refuse_ambiguous(value)
    elif isinstance(plain, list | tuple):
        for item in plain:
            _refuse_ambiguous(item)
    elif isinstance(plain, float) and not math.isfinite(plain):
        raise ValueError("a number of the payload is not finite")
