"""A decision on one claim, as `accept`, `reject` and `correct` make it."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from typing import Literal

from portico.cli.options import writing
from portico.cli.output import Answer

Decision = Literal["accept", "reject", "correct"]


def add_claim_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("claim", help="the claim's id, as `portico show` prints it; its first letters are enough")
    parser.add_argument("--reason", help="why; kept in the log")
    writing(parser)


def decided(args: Namespace, decision: Decision, value: str | None = None) -> Answer:
    from portico.cli.records import opened, the_one

    with opened(args) as record:
        claim = the_one(record, args.claim, "claim")
        with record.rehearsal(args.dry_run):
            record.decide(claim, decision, actor=args.actor, value=value, reason=args.reason)
    row: dict[str, object] = {"claim": claim, "decision": decision, "value": value, "dry_run": args.dry_run}
    return Answer(rows=[row], text=_lines)


def _lines(row: dict[str, object]) -> Iterator[str]:
    would = "would " if row["dry_run"] else ""
    to = f" to {row['value']}" if row["value"] is not None else ""
    yield f"{would}{row['decision']} {row['claim']}{to}"
