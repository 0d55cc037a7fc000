"""Bundles: a log exported for someone who trusts neither us nor our software, with a verifier that needs neither.

`bundle.jsonl` is JSON lines; `verify_bundle.py` beside it checks them with Python's standard library and `openssl`.
The lines are: what it is; one for each entry, with its header and payload exactly as they were hashed; the checkpoints;
and a signature over all bytes before it. `README.txt` says so in the bundle.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

from portico.custody.verify import Log, Logged
from portico.facts import PorticoError


class BundleError(PorticoError):
    """A bundle cannot be written or read."""


def write_bundle(
    folder: Path, entries: Iterable[Logged], *, origin: str, signing: bytes, checkpoints: Sequence[str] = ()
) -> Path:
    raise NotImplementedError


def read_bundle(path: Path) -> Log:
    raise NotImplementedError
