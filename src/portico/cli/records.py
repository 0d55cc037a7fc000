"""The record that a command works on, and the things in it that a person names by the beginning of an id."""

import os
from argparse import Namespace
from pathlib import Path

from portico.cli.output import tell
from portico.custody import default_key_file
from portico.facts import PorticoError
from portico.store import Record, open_record


class NamedError(PorticoError):
    """An id names nothing in the record, or more than one thing."""

    exit_status = 2


def opened(args: Namespace, *, create: bool = False) -> Record:
    """The record of the call, to be used as a context manager. Raises PorticoError saying what to do."""
    key_file = default_key_file(os.environ, Path.home())
    if create and not key_file.exists():
        tell(f"Making the key that opens guarded data: {key_file}. Back it up; without it guarded words are lost.")
    return open_record(args.record, key_file=key_file, create=create)


def the_one(record: Record, prefix: str, *kinds: str) -> str:
    """The id of the one thing, of one of these kinds, whose id begins so. Raises NamedError."""
    found = sorted({each.id for each in record.resolve(prefix) if each.kind in kinds})
    wanted = " or ".join(kinds)
    if prefix in found:
        return prefix
    if not found:
        raise NamedError(f"No {wanted} begins with {prefix!r}. `portico list` and `portico show` print the ids.")
    if len(found) > 1:
        raise NamedError(f"{prefix!r} is the beginning of {len(found)} ids: {', '.join(found[:5])}. Give more letters.")
    return found[0]
