"""Landmarks of imported tables: what people said of them, and the word that they are being placed."""

import os
from argparse import Namespace
from typing import TYPE_CHECKING

from portico.cli.output import tell

if TYPE_CHECKING:
    from portico.places import Answers


def said_of_landmarks(args: Namespace) -> "Answers":
    """What people said of landmarks that their words leave open; nothing where tables lie without a record."""
    if not (args.record / "record.sqlite3").exists() and not os.environ.get("PORTICO_DATABASE_URL"):
        return {}
    from portico.cli.records import opened

    with opened(args) as record:
        return record.answers()


def tell_placing(args: Namespace) -> None:
    """Said once before landmarks are placed for the first time: it takes seconds."""
    if not args.quiet:
        tell("Placing the landmarks of the tables; this is done once.")
