"""What the record holds: incidents, accounts, statements, actions, documents, or people (for who holds the key)."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from typing import Any

from portico.cli.options import as_of, of_record
from portico.cli.output import Answer
from portico.store import Record

_WHAT = ("incidents", "accounts", "statements", "actions", "statistics", "documents", "people")


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("what", nargs="?", choices=_WHAT, default="incidents", help="default: incidents")
    of_record(parser)
    as_of(parser)


def run(args: Namespace) -> Answer:
    from portico.cli.prints.listing import as_json, lines_of
    from portico.cli.records import opened

    with opened(args) as record:
        rows = list(_rows(record, args))
    return Answer(rows=rows, text=lines_of[args.what], json=as_json)


def _rows(record: Record, args: Namespace) -> Iterable[Any]:
    """The things asked for. Of documents not their text, of accounts not what was first proposed."""
    if args.what == "people":
        return record.people()
    found: Any = getattr(record, args.what)(as_of=args.as_of)
    rows: Iterable[Any] = found.values() if args.what in ("accounts", "documents") else found
    return rows
