"""Check the whole log: every commitment, every leaf, the tree, the checkpoints. Exit status 1 when anything differs."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from portico.cli.options import of_record
from portico.cli.output import DONE, NEEDS_A_PERSON, Answer
from portico.cli.prints.proof import report_lines


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--bundle", type=Path, metavar="FILE", help="also write the log for the stand-alone verifier")
    of_record(parser)


def run(args: Namespace) -> Answer:
    from portico.cli.records import opened

    with opened(args) as record:
        report = record.verify()
        if args.bundle:
            record.export_bundle(args.bundle)
    return Answer(rows=[report], text=report_lines, status=lambda: NEEDS_A_PERSON if report.problems else DONE)
