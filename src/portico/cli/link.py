"""Say that two accounts, or two incidents, are one event. A decision with a reason; `portico unlink` takes it back."""

from argparse import ArgumentParser, Namespace

from portico.cli.options import writing
from portico.cli.output import Answer


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("a", help="an account or an incident; the first letters of its id are enough")
    parser.add_argument("b", help="the other")
    parser.add_argument("--reason", required=True, help="why they are one event; kept in the log")
    writing(parser)


def run(args: Namespace) -> Answer:
    from portico.cli.records import opened, the_one

    with opened(args) as record:
        a, b = (the_one(record, each, "account", "incident") for each in (args.a, args.b))
        with record.rehearsal(args.dry_run):
            incident = record.link(a, b, actor=args.actor, reason=args.reason)
    would = "would link" if args.dry_run else "linked"
    row = {"linked": [a, b], "incident": incident, "dry_run": args.dry_run}
    return Answer(rows=[row], text=lambda _: [f"{would} {a} and {b} as {incident}"])
