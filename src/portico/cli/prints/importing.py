"""The report of an import for a terminal: rows in, stored, rejected, and what every column holds."""

from collections.abc import Iterable, Iterator

from portico.cli.prints.layout import columns, heading, paragraph
from portico.cli.tables import Imported
from portico.tables import Because, ColumnReport, Guess, ImportReport, Profile, Sample, TableReport


def report_lines(report: ImportReport) -> Iterator[str]:
    """What was, or would be, done, table by table; last what to do next."""
    yield from heading(f"Import {report.id} with {report.profile}, version {report.profile_version}")
    for file in report.files:
        yield f"  {file.name}, SHA-256 {file.sha256[:16]}, {file.size:,} bytes, read by {file.reader}"
        for note in file.notes:
            yield from paragraph(note, "    ")
        for table in file.tables:
            yield from _table(table)
    for note in report.notes:
        yield from paragraph(f"Note: {note}", hanging="  ")
    yield f"  {report.rows_in:,} rows in, {report.rows_stored:,} stored, {report.rows_rejected:,} rejected"
    yield f"  {_what_happened(report)}"


def imported_lines(done: Imported) -> Iterator[str]:
    """The report, and what went into the record."""
    yield from report_lines(done.report)
    if done.accounts:
        would = "would be" if done.report.dry_run else "are"
        yield f"  {done.accounts:,} rows name a court or tell of an event and {would} accounts of the record."
    if done.waiting:
        yield f"  {done.waiting:,} landmarks may be a court or something else: `portico place --queue` lists them."


def _what_happened(report: ImportReport) -> str:
    if report.dry_run:
        return "Nothing was written. Add --yes to import."
    return "It was imported before; nothing was written." if report.already else "Imported."


def _table(table: TableReport) -> Iterator[str]:
    where = f", sheet {table.sheet}" if table.sheet else ""
    days = f", {table.first_day} to {table.last_day}" if table.first_day else ""
    yield f"    {table.table}{where}: header in row {table.header_row}, {table.rows_in:,} rows{days}"
    yield from _reasons("rejected", table.rejected)
    yield from columns((_column(each) for each in table.columns), (30, 12, 12), "      ")
    for each in table.columns:
        yield from _reasons(f"{each.heading}: altered", each.altered)
        yield from _reasons(f"{each.heading}: unreadable", each.unreadable_because)
    if table.dropped:
        named = ", ".join(f"{each.heading} ({each.because})" for each in table.dropped)
        yield from paragraph(f"Not stored: {named}", "      ", "  ")


def _column(column: ColumnReport) -> tuple[str, str, str, str]:
    """Attribute, values, blanks, and what else its cells are."""
    others = (("redacted", column.redacted), ("sentinel", column.sentinel), ("unreadable", column.unreadable))
    rest = ", ".join(f"{count:,} {name}" for name, count in others if count)
    return column.attribute, f"{column.value:,}", f"{column.blank:,} blank", rest


def _reasons(what: str, reasons: Iterable[Because]) -> Iterator[str]:
    for each in reasons:
        samples = "; ".join(map(_sample, each.samples[:2]))
        yield from paragraph(
            f"{each.count:,} {what}: {each.reason}" + (f" ({samples})" if samples else ""), "      ", "  "
        )


def _sample(sample: Sample) -> str:
    sheet = f"sheet {sample.sheet}, " if sample.sheet else ""
    return f"{sheet}row {sample.row}" + (f": {sample.text!r}" if sample.text else "")


def profile_lines(profile: Profile) -> Iterator[str]:
    yield f"{profile.id}: {profile.name}"
    yield from paragraph(f"{profile.source}; compared with it on {profile.read_on}")


def guess_lines(guess: Guess) -> Iterator[str]:
    """The mapping as a file: read it, correct it, keep it."""
    yield guess.written
