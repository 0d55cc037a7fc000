"""Say that an account tells of another event after all: it becomes an incident of its own again."""

from argparse import ArgumentParser, Namespace

from portico.cli.options import writing
from portico.cli.output import Answer


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("account", help="the account; the first letters of its id are enough")
    parser.add_argument("--reason", required=True, help="why; kept in the log")
    writing(parser)


def run(args: Namespace) -> Answer:
    from portico.cli.records import opened, the_one

    with opened(args) as record:
        account = the_one(record, args.account, "account")
        with record.rehearsal(args.dry_run):
            incident = record.unlink(account, actor=args.actor, reason=args.reason)
    would = "would be" if args.dry_run else "is"
    row = {"account": account, "incident": incident, "dry_run": args.dry_run}
    return Answer(rows=[row], text=lambda _: [f"{account} {would} {incident} now"])
