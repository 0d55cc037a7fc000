"""How many incidents of the record, or rows of imported tables, fit a definition; from a lower to an upper figure, or a
floor that says so. `portico count --list` shows the definitions, and which of the two each counts."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from portico.cli.engine import add_engine_arguments, is_spark
from portico.cli.inputs import InputError
from portico.cli.landmarks import said_of_landmarks, tell_placing
from portico.cli.options import as_of, of_record
from portico.cli.output import Answer, tell
from portico.counting import Definition, Table, TableDefinition, Tabulation

if TYPE_CHECKING:
    from portico.counting.database import Database


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("definition", nargs="?", help="a definition's id, or a file with one of your own")
    parser.add_argument("--list", action="store_true", help="the definitions there are")
    parser.add_argument(
        "--by", action="append", default=[], metavar="ATTRIBUTE", help="a row for each; may be repeated"
    )
    parser.add_argument("--where", action="append", default=[], metavar="A=V", help="only these; may be repeated")
    parser.add_argument("--chart", type=Path, metavar="FILE.svg", help="draw it too: a picture that is its own table")
    parser.add_argument("--csv", type=Path, metavar="FILE", help="write the rows too, for a spreadsheet")
    add_engine_arguments(parser)
    of_record(parser)
    as_of(parser)


def run(args: Namespace) -> Answer:
    from portico.cli.prints.table import definition_lines, table_lines
    from portico.cli.prints.tabulation import tabulation_lines
    from portico.counting import definitions, table_definitions

    if args.list or args.definition is None:
        return Answer(rows=[*definitions().values(), *table_definitions().values()], text=definition_lines)
    definition = _definition(args.definition)
    made = _of_tables(definition, args) if isinstance(definition, TableDefinition) else _of_record(definition, args)
    _write_files(made, args)
    return Answer(rows=[made], text=tabulation_lines if isinstance(made, Tabulation) else table_lines)


def _definition(wanted: str) -> Definition | TableDefinition:
    """The definition of that id, else the one in that file. Raises DefinitionError, which lists those there are."""
    from portico.counting import any_definition, load_definition

    return load_definition(Path(wanted)) if Path(wanted).is_file() else any_definition(wanted)


def _of_record(definition: Definition, args: Namespace) -> Table:
    from portico.cli.options import pairs
    from portico.cli.records import opened
    from portico.counting import count

    with opened(args) as record:
        incidents = record.countable(as_of=args.as_of)
    return count(definition, incidents, by=args.by, where=pairs(args.where, "--where"), as_of=args.as_of)


def _of_tables(definition: TableDefinition, args: Namespace) -> Tabulation:
    from portico.cli.options import pairs
    from portico.engines.tabulated import count_tables

    if args.as_of:
        raise InputError(
            f"{definition.id} counts imported tables as they are now: leave --as-of out. Nothing was done."
        )
    return count_tables(
        args.record.absolute() / "tables",
        definition,
        by=args.by,
        where=pairs(args.where, "--where"),
        placing=lambda: tell_placing(args),
        answers=lambda: said_of_landmarks(args),
        database=_database(args),
    )


def _database(args: Namespace) -> "Database | None":
    """A cluster, where one is asked for."""
    if not is_spark(args):
        return None
    from portico.engines.spark_database import SparkDatabase

    return SparkDatabase(args.master)


def _write_files(made: Table | Tabulation, args: Namespace) -> None:
    """The files asked for. Raises InputError if one cannot be written, PictureError if nobody could read it."""
    if args.chart:
        from portico.cli.prints.picture import picture_of
        from portico.counting.picture import svg

        _write(svg(picture_of(made)), args.chart)
    if args.csv:
        from portico.cli.prints.sheet import sheet_of

        _write(sheet_of(made), args.csv)


def _write(content: str, path: Path) -> None:
    try:
        path.write_text(content, encoding="utf-8", newline="")
    except OSError as problem:
        raise InputError(
            f"{path} cannot be written ({problem.strerror}). Name a file in a folder that is there."
        ) from problem
    tell(f"Wrote {path}.")
