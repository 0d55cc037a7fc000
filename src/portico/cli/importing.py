"""Tables of rows → typed rows with a report of every row and cell. Shows first what would happen; --yes imports.

`portico import --list` names the profiles; `portico import --map FILE` proposes a mapping for a file that has none.
"""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from portico.cli.engine import LIMIT_S, add_engine_arguments, is_spark
from portico.cli.inputs import InputError
from portico.cli.options import of_record
from portico.cli.output import DONE, NEEDS_A_PERSON, Answer
from portico.cli.prints.importing import guess_lines, profile_lines, report_lines
from portico.tables import ImportReport, guess_mapping, import_table, profiles


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("profile", nargs="?", help="how the publisher's tables are read; see --list")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="the tables")
    parser.add_argument("--list", action="store_true", help="the profiles there are")
    parser.add_argument("--map", type=Path, metavar="FILE", help="propose a mapping for a file, with samples")
    parser.add_argument("--yes", action="store_true", help="import; without it nothing is written")
    parser.add_argument("--dry-run", action="store_true", help="write nothing, whatever else is given")
    add_engine_arguments(parser)
    of_record(parser)


def run(args: Namespace) -> Answer:
    if args.list:
        return Answer(rows=profiles(), text=profile_lines)
    if args.map:
        return Answer(rows=[guess_mapping(args.map)], text=guess_lines)
    if not args.profile or not args.files:
        raise InputError("Give a profile and one or more files. `portico import --list` names the profiles.")
    report = _imported(args)
    return Answer(
        rows=[report],
        text=report_lines,
        json=ImportReport.to_json,
        status=lambda: NEEDS_A_PERSON if report.needs_a_person else DONE,
    )


def _imported(args: Namespace) -> ImportReport:
    """The import, rehearsed unless --yes is given. The rows lie in the folder `tables` of the record."""
    from portico.engines import spark
    from portico.engines.filed import files_on

    return import_table(
        [path.absolute() for path in args.files],
        args.profile,
        args.record.absolute() / "tables",
        dry_run=args.dry_run or not args.yes,
        progress=_silent if args.quiet or not sys.stderr.isatty() else _shown,
        on=files_on(spark(args.master, limit_s=LIMIT_S)) if is_spark(args) else None,
    )


def _shown(name: str, rows: int) -> None:
    sys.stderr.write(f"\r\x1b[K{name}: {rows:,} rows (Ctrl-C stops; nothing is stored until all is read)\r")


def _silent(name: str, rows: int) -> None: ...
