"""One encrypted file of the whole record, made while it is in use; --restore puts it back after checking it.

The file holds the log, originals, tables, keyring and the desk's own people; not the key file, without which nobody
opens it: keep a copy of that elsewhere. A record in PostgreSQL goes back into two empty databases. `cp` of the folder
is no backup. Backups hold the keys of people who are erased later: let them expire.
"""

import os
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from portico.cli.options import of_record
from portico.cli.output import Answer

if TYPE_CHECKING:
    from portico.store import BackedUp, Restored
    from portico.store.dumping import MakeDesk


def add_arguments(parser: ArgumentParser) -> None:
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("to", nargs="?", type=Path, metavar="DIR|FILE", help="where to: a new file, or a folder for it")
    what.add_argument("--restore", type=Path, metavar="FILE", help="put this backup back, as the folder of --record")
    of_record(parser)


def run(args: Namespace) -> Answer:
    if args.restore:
        return _restored(args)
    from portico.cli.records import opened

    with opened(args) as record:
        made = record.back_up(_named(args.to, args.record))
    return Answer(rows=[made], text=_made_lines)


def _named(to: Path, record: Path) -> Path:
    """In a folder, a file named for the record and the moment."""
    if not to.is_dir():
        return to
    return to / f"{record.absolute().name}-{datetime.now(UTC):%Y-%m-%dT%H%M%SZ}.portico"


def _restored(args: Namespace) -> Answer:
    from portico.custody import default_key_file

    key_file = default_key_file(os.environ, Path.home())
    # Without the key nothing is opened, and no secrets of a desk should be made for it.
    with_desk = os.environ.get("PORTICO_DATABASE_URL") and key_file.exists()
    make_desk = _desk_at(args.record) if with_desk else None
    from portico.store import restore

    done = restore(args.restore, args.record, key_file=key_file, make_desk=make_desk)
    return Answer(rows=[done], text=_restored_lines)


def _desk_at(record: Path) -> "MakeDesk":
    """How the desk's tables are made. Django is set up for a desk, before the store sets it up for a record alone."""
    from portico.web.site import place_of, set_up_site

    place = place_of({**os.environ, "PORTICO_RECORD": str(record)}, Path.home())
    set_up_site(replace(place, static=record))  # nothing is served
    from portico.web.site.restored import desk_tables

    return desk_tables


def _made_lines(made: "BackedUp") -> Iterator[str]:
    yield f"{made.file}: {made.entries:,} entries, {made.size:,} bytes, encrypted to the record's key."
    yield f"Root {made.root.hex()}."
    yield "Keep the key file apart from it, and try `portico backup --restore` into a new folder once."


def _restored_lines(done: "Restored") -> Iterator[str]:
    yield f"{done.folder}: {done.entries:,} entries restored and verified."
    yield f"Root {done.root.hex()}."
