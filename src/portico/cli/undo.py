"""Take back a whole import: what it added leaves the record, and its history stays in the log."""

from argparse import ArgumentParser, Namespace

from portico.cli.options import writing
from portico.cli.output import Answer


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "batch", help="the import to take back, as `portico add` prints it; the first letters are enough"
    )
    writing(parser)


def run(args: Namespace) -> Answer:
    from portico.cli.records import opened, the_one

    if args.batch.startswith("import-"):
        return _undone_tables(args)
    with opened(args) as record:
        batch = the_one(record, args.batch, "batch")
        before = len(record.accounts())
        with record.rehearsal(args.dry_run):
            record.undo(batch, actor=args.actor)
            left = len(record.accounts())
    would = "would leave" if args.dry_run else "leaves"
    row = {"batch": batch, "accounts_before": before, "accounts_after": left, "dry_run": args.dry_run}
    return Answer(rows=[row], text=lambda _: [f"undoing {batch} {would} {left} of {before} account(s)"])


def _undone_tables(args: Namespace) -> Answer:
    """An import of tables: what it told leaves the record, then its rows go, save those that another import needs.

    In this order: an interrupted undoing is finished by the same command.
    """
    from portico.cli.records import NamedError, opened
    from portico.tables import import_reports, undo_import

    tables = args.record / "tables"
    with opened(args) as record:
        in_log = [each.tables.id for each in record.imports()]
        kept = {each.id: each.rows_stored for each in import_reports(tables)}
        found = [name for name in dict.fromkeys([*in_log, *kept]) if name.startswith(args.batch)]
        if len(found) != 1:
            raise NamedError(
                f"{args.batch!r} is the beginning of {len(found)} imports that stand. Nothing was changed."
            )
        (batch,) = found
        with record.rehearsal(args.dry_run):
            if batch in in_log:
                record.undo(batch, actor=args.actor)
    if not args.dry_run and batch in kept:
        undo_import(tables, batch)
    rows = kept.get(batch, 0)
    would = "would take back" if args.dry_run else "took back"
    row = {"batch": batch, "rows": rows, "dry_run": args.dry_run}
    return Answer(rows=[row], text=lambda _: [f"{would} {rows:,} rows of {batch}"])
