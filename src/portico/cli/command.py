"""Choose the verb: only its module is imported, so that `portico --help` answers at once."""

import sys
from argparse import SUPPRESS, ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Sequence
from importlib import import_module

from portico import __version__
from portico.cli.verbs import MODULES, VERBS


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    words = sys.argv[1:] if argv is None else argv
    if not words or words[0] not in VERBS:
        return _overview(words)
    try:
        return _run(words)
    except KeyboardInterrupt:  # while the rooms of the verb were loaded: nothing was begun
        sys.stderr.write("portico: Cancelled before it began. Nothing was changed.\n")
        return 3


def _run(words: Sequence[str]) -> int:
    from portico.cli.output import run_and_print

    verb = import_module(f"portico.cli.{MODULES.get(words[0], words[0])}")
    parser = ArgumentParser(
        prog=f"portico {words[0]}", description=verb.__doc__, formatter_class=RawDescriptionHelpFormatter
    )
    verb.add_arguments(parser)
    return run_and_print(verb.run, parser.parse_args(words[1:]))


def _overview(words: Sequence[str]) -> int:
    """Help and version. Exits with status 2 on a verb that does not exist."""
    width = max(map(len, VERBS))
    parser = ArgumentParser(
        prog="portico",
        usage="portico VERB …",
        description="The record of civil immigration arrests at courthouses.\n\n"
        + "\n".join(f"  {verb:<{width}}  {does}" for verb, does in VERBS.items()),
        epilog="`portico VERB --help` explains a verb. Start with `portico demo`.",
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"portico {__version__}")
    parser.add_argument("verb", nargs="?", help=SUPPRESS)
    verb = parser.parse_known_args(words)[0].verb
    if verb is not None:
        parser.error(f"there is no verb {verb!r}. Choose one of: {', '.join(VERBS)}")
    parser.print_help()
    return 2
