"""Check the whole log: every commitment, every leaf, the tree, the checkpoints. Exit status 1 when anything differs."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from portico.cli.options import of_record
from portico.cli.output import DONE, NEEDS_A_PERSON, Answer
from portico.cli.prints.proof import report_lines
from portico.custody import Problem

if TYPE_CHECKING:
    from portico.store import Record


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--bundle", type=Path, metavar="FILE", help="also write the log for the stand-alone verifier")
    of_record(parser)


def run(args: Namespace) -> Answer:
    from portico.cli.records import opened

    with opened(args) as record:
        report = record.verify()
        problems = tuple(_tables_problems(record, args.record / "tables"))
        if args.bundle:
            record.export_bundle(args.bundle)
    report = replace(report, problems=(*report.problems, *problems))
    return Answer(rows=[report], text=report_lines, status=lambda: NEEDS_A_PERSON if report.problems else DONE)


def _tables_problems(record: "Record", tables: Path) -> Iterator[Problem]:
    """What of the imported tables is not as the log says."""
    from portico.tables import damage, import_reports

    logged = {each.tables.id: each.tables.report for each in record.imports()}
    for name, digest in logged.items():
        yield from (Problem(None, f"tables: {what}") for what in damage(tables, name, digest))
    for each in import_reports(tables):
        if each.id not in logged:
            again = "import the same files again, or undo it"
            yield Problem(None, f"tables: the import {each.id} was interrupted before its entry: {again}")
