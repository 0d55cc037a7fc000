"""Make every projection again from the log, and compare byte for byte. Exit status 1 when they differed."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator

from portico.cli.options import writing
from portico.cli.output import DONE, NEEDS_A_PERSON, Answer


def add_arguments(parser: ArgumentParser) -> None:
    writing(parser)


def run(args: Namespace) -> Answer:
    from portico.cli.records import opened

    with opened(args) as record, record.rehearsal(args.dry_run):
        rebuilt = record.rebuild()
    row = {"equal": rebuilt.equal, "entries": rebuilt.entries, "dry_run": args.dry_run}
    return Answer(rows=[row], text=_lines, status=lambda: DONE if rebuilt.equal else NEEDS_A_PERSON)


def _lines(row: dict[str, object]) -> Iterator[str]:
    yield f"{row['entries']:,} entries folded again: " + (
        "equal to what was there, byte for byte."
        if row["equal"]
        else "the projections differed; they follow the log now."
    )
