"""The documents that a command is given: files, folders, web archives, standard input, or what an index table lists."""

import csv
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Collection, Iterator
from pathlib import Path

from portico.cli.progress import progress
from portico.engines import Input, expand, is_container
from portico.facts import PorticoError
from portico.reading import Document


class InputError(PorticoError):
    """The files of a call, or its index table, cannot be used."""

    exit_status = 2


def add_input_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "files",
        nargs="*",
        metavar="FILE",
        help="documents, folders or web archives (.warc, .warc.gz); - is standard input",
    )
    parser.add_argument("--published-on", metavar="DATE", help="day of publication, as 2017-11-29")
    parser.add_argument("--from", dest="url", metavar="URL", help="where it was published; nothing is fetched")
    parser.add_argument("--publisher", metavar="NAME", help="who published it")
    parser.add_argument("--private", action="store_true", help="a note, a report or a call: kept encrypted")
    parser.add_argument(
        "--index", type=Path, metavar="CSV", help="read the files that a table lists (columns: file, published_on, …)"
    )


def inputs(args: Namespace) -> list[Input]:
    """What the call names, in its order. Raises InputError when it names nothing or the index cannot be used."""
    known = {"published_on": args.published_on, "url": args.url, "publisher": args.publisher, "private": args.private}
    named = [_named(name).but(**known) for name in args.files]
    named += listed(args.index) if args.index else []
    if not named:
        raise InputError("No document was named. Give one or more files, - for standard input, or --index CSV.")
    return named


def found(args: Namespace, stage: str, *, without: Collection[Path] = ()) -> Iterator[Input]:
    """Every document of the call, those in folders and web archives too, with progress as they are taken."""
    named = inputs(args)
    total = None if any(map(is_container, named)) else len(named)
    return progress(expand(named, without=without), stage, total, quiet=args.quiet)


def documents(args: Namespace, stage: str) -> Iterator[Document | PorticoError]:
    """Each document in turn, or the error that says why it cannot be read; one bad file does not stop the others."""
    for each in found(args, stage):
        try:
            yield each.open()
        except PorticoError as error:
            yield error


def _named(name: str) -> Input:
    if name == "-":
        return Input(content=sys.stdin.buffer.read(), id="stdin")
    return Input(path=Path(name))


def listed(index: Path) -> list[Input]:
    """The documents of an index table: column file, and what is known of each. Raises InputError."""
    try:
        with index.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"The index {index} cannot be read: {error}. Nothing was read from it.") from error
    if not rows or "file" not in rows[0]:
        raise InputError(f"The index {index} has no column `file`, or no row. Nothing was read from it.")
    return [_listed_row(row, index.parent) for row in rows]


def _listed_row(row: dict[str, str], folder: Path) -> Input:
    return Input(
        path=folder / row["file"],
        published_on=row.get("published_on") or None,
        url=row.get("url") or None,
        publisher=row.get("publisher") or None,
        private=(row.get("private") or "no").lower() in ("yes", "true", "1"),
    )
