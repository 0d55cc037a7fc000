"""Where the work of a command is done: this machine, or a Spark cluster."""

from argparse import ArgumentParser, Namespace

from portico.cli.inputs import InputError

LIMIT_S = 86_400.0
"""For one file of tables: a national table of many years takes minutes, and its rows are written as they are read."""


def add_engine_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--engine", choices=("here", "spark"), default="here", help="this machine, or a Spark cluster")
    parser.add_argument("--master", metavar="URL", help="of the cluster, as spark://host:7077")


def is_spark(args: Namespace) -> bool:
    """Raises InputError when the options do not go together."""
    if args.master and args.engine != "spark":
        raise InputError("--master names a cluster and needs --engine spark. Nothing was done.")
    return bool(args.engine == "spark")
