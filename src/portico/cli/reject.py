"""Reject a claim. It stays in the history and leaves the fold."""

from argparse import Namespace

from portico.cli.decide import add_claim_arguments, decided
from portico.cli.output import Answer

add_arguments = add_claim_arguments


def run(args: Namespace) -> Answer:
    return decided(args, "reject")
