"""Give a claim another value, or other words. What it corrects is kept."""

from argparse import ArgumentParser, Namespace

from portico.cli.decide import add_claim_arguments, decided
from portico.cli.output import Answer


def add_arguments(parser: ArgumentParser) -> None:
    add_claim_arguments(parser)
    parser.add_argument("value", help="the value the words give, as a code of the vocabulary")


def run(args: Namespace) -> Answer:
    return decided(args, "correct", args.value)
