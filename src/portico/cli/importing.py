"""Tables of rows → typed rows with a report of every row and cell. Shows first what would happen; --yes imports.

`portico import --list` names the profiles; `portico import --map FILE` proposes a mapping for a file that has none.
"""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from portico.cli.engine import LIMIT_S, add_engine_arguments, is_spark
from portico.cli.inputs import InputError
from portico.cli.options import writing
from portico.cli.output import DONE, NEEDS_A_PERSON, Answer
from portico.cli.prints.importing import guess_lines, imported_lines, profile_lines
from portico.cli.tables import Imported, imported, rehearsed
from portico.tables import find_profile, guess_mapping, profiles, read_profile


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "profile", nargs="?", help="how the publisher's tables are read: see --list; or a mapping's file"
    )
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="the tables")
    parser.add_argument("--list", action="store_true", help="the profiles there are")
    parser.add_argument("--map", type=Path, metavar="FILE", help="propose a mapping for a file, with samples")
    parser.add_argument("--yes", action="store_true", help="import; without it nothing is written")
    add_engine_arguments(parser)
    writing(parser)


def run(args: Namespace) -> Answer:
    if args.list:
        return Answer(rows=profiles(), text=profile_lines)
    if args.map:
        return Answer(rows=[guess_mapping(args.map)], text=guess_lines)
    if not args.profile or not args.files:
        raise InputError("Give a profile and one or more files. `portico import --list` names the profiles.")
    done = _imported(args)
    return Answer(
        rows=[done],
        text=imported_lines,
        json=Imported.to_json,
        status=lambda: NEEDS_A_PERSON if done.report.needs_a_person else DONE,
    )


def _imported(args: Namespace) -> Imported:
    """The import, rehearsed unless --yes is given. The rows lie in the folder `tables` of the record."""
    from portico.engines import spark
    from portico.engines.filed import files_on

    profile = read_profile(Path(args.profile)) if Path(args.profile).is_file() else find_profile(args.profile)
    args.files = [path.absolute() for path in args.files]
    progress = _silent if args.quiet or not sys.stderr.isatty() else _shown
    on = files_on(spark(args.master, limit_s=LIMIT_S)) if is_spark(args) else None
    if args.dry_run or not args.yes:
        return rehearsed(args.files, profile, progress, on)
    return imported(args, profile, progress, on)


def _shown(name: str, rows: int) -> None:
    sys.stderr.write(f"\r\x1b[K{name}: {rows:,} rows (Ctrl-C stops; nothing is stored until all is read)\r")


def _silent(name: str, rows: int) -> None: ...
