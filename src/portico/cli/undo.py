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
    """An import of tables: its rows go, save those that another import needs."""
    from portico.tables import import_reports, undo_import

    tables = args.record / "tables"
    found = [each.id for each in import_reports(tables) if each.id.startswith(args.batch)]
    batch = found[0] if len(found) == 1 else args.batch
    rows = sum(each.rows_stored for each in import_reports(tables) if each.id == batch)
    if not args.dry_run:
        undo_import(tables, batch)
    would = "would take back" if args.dry_run else "took back"
    row = {"batch": batch, "rows": rows, "dry_run": args.dry_run}
    return Answer(rows=[row], text=lambda _: [f"{would} {rows:,} rows of {batch}"])
