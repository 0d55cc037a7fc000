"""How many incidents fit a definition, from a lower to an upper figure, with the incidents behind each."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from portico.cli.options import as_of, of_record
from portico.cli.output import Answer


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("definition", nargs="?", help="a definition's id, or a file with one of your own")
    parser.add_argument("--list", action="store_true", help="the definitions there are")
    parser.add_argument(
        "--by", action="append", default=[], metavar="ATTRIBUTE", help="a row for each; may be repeated"
    )
    parser.add_argument("--where", action="append", default=[], metavar="A=V", help="only these; may be repeated")
    of_record(parser)
    as_of(parser)


def run(args: Namespace) -> Answer:
    from portico.cli.prints.table import definition_lines, table_lines
    from portico.counting import definitions

    if args.list or args.definition is None:
        return Answer(rows=definitions().values(), text=definition_lines)
    return Answer(rows=[_counted(args)], text=table_lines)


def _counted(args: Namespace) -> object:
    from portico.cli.options import pairs
    from portico.cli.records import opened
    from portico.counting import count, definitions, load_definition

    known = definitions()
    wanted = args.definition
    definition = load_definition(Path(wanted)) if wanted not in known and Path(wanted).is_file() else wanted
    with opened(args) as record:
        incidents = record.incidents(as_of=args.as_of)
    return count(definition, incidents, by=args.by, where=pairs(args.where, "--where"), as_of=args.as_of)
