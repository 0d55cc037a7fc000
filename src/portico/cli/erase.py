"""Destroy the keys of a person: guarded words about them are gone, counts and proofs stay.

Private documents that print the name become tombstones. Published originals that print it are listed; --with-originals
removes their bytes too, leaving hash and tombstone. Copies of the keyring still hold the key: let them expire.
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator

from portico.cli.options import writing
from portico.cli.output import Answer
from portico.store import Erasure


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("person", help="a person's id from `portico list people`, or a private document's hash")
    parser.add_argument("--with-originals", action="store_true", help="remove published originals that print the name")
    writing(parser)


def run(args: Namespace) -> Answer:
    from portico.cli.records import opened, the_one

    with opened(args) as record:
        subject = the_one(record, args.person, "person", "document")
        erased = record.erase(subject, actor=args.actor, with_originals=args.with_originals, dry_run=args.dry_run)
    return Answer(rows=[erased], text=_lines)


def _lines(erased: Erasure) -> Iterator[str]:
    would = "Would destroy" if erased.dry_run else "Destroyed"
    yield f"{would} {erased.keys} key(s) of {len(erased.persons)} person(s)."
    for source in erased.documents:
        yield f"  private document {source}: its words go, its hash and coded facts stay"
    for source in erased.removed:
        yield f"  published original {source}: its bytes go, its hash stays"
    for source in erased.still_printing:
        yield f"  published original {source} still prints the name; --with-originals removes its bytes"
    if erased.pending:
        yield "  Another command still reads an old copy; it goes when that one ends."
