"""Say how far an incident is confirmed: reported, corroborated, verified, refuted, or unable to tell."""

from argparse import ArgumentParser, Namespace

from portico.cli.options import writing
from portico.cli.output import Answer
from portico.facts import Verification


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("incident", help="the incident; the first letters of its id are enough")
    parser.add_argument("verification", choices=[each.value for each in Verification])
    parser.add_argument("--reason", required=True, help="who or what confirms it; kept in the log")
    writing(parser)


def run(args: Namespace) -> Answer:
    from portico.cli.records import opened, the_one

    state = Verification(args.verification)
    with opened(args) as record:
        incident = the_one(record, args.incident, "incident")
        with record.rehearsal(args.dry_run):
            record.set_verification(incident, state, actor=args.actor, reason=args.reason)
    would = "would be" if args.dry_run else "is"
    row = {"incident": incident, "verification": state.value, "dry_run": args.dry_run}
    return Answer(rows=[row], text=lambda _: [f"{incident} {would} {state.value} now"])
