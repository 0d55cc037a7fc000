"""The documents that a command is given: files, standard input, or the files that an index table lists."""

import csv
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from portico.cli.progress import progress
from portico.facts import PorticoError
from portico.reading import Document, open_document


class InputError(PorticoError):
    """The files of a call, or its index table, cannot be used."""

    exit_status = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One document to open, with what the caller knows of it."""

    path: Path | None
    published_on: str | None = None
    url: str | None = None
    publisher: str | None = None
    private: bool = False

    def open(self) -> Document:
        """Raises PorticoError naming the file, when it cannot be read."""
        more = {"published_on": self.published_on, "url": self.url, "publisher": self.publisher}
        if self.path is None:
            return open_document(sys.stdin.buffer.read(), id="stdin", private=self.private, **more)
        return open_document(self.path, private=self.private, **more)


def add_input_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("files", nargs="*", metavar="FILE", help="documents to read; - is standard input")
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
    named = [Input(path=None if name == "-" else Path(name), **known) for name in args.files]
    named += listed(args.index) if args.index else []
    if not named:
        raise InputError("No document was named. Give one or more files, - for standard input, or --index CSV.")
    return named


def documents(args: Namespace, stage: str) -> Iterator[Document | PorticoError]:
    """Each document in turn, or the error that says why it cannot be read; one bad file does not stop the others."""
    listed = inputs(args)
    for each in progress(listed, stage, len(listed), quiet=args.quiet):
        try:
            yield each.open()
        except PorticoError as error:
            yield error


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
