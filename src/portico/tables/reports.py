"""Reports: a sheet that a desk or hotline keeps → accounts for the record, one a row."""

import sys
from pathlib import Path

from portico.tables.accounts import TableReading
from portico.tables.opening import open_table
from portico.tables.parts import ReportParts
from portico.tables.profile import Profile, find_profile


def read_reports(
    path: Path | str, mapping: Profile | str = "reports", *, published_on: str | None = None
) -> TableReading:
    """The accounts of a sheet of reports, whole: for a sheet that fits in memory. See `ReportParts` for any other.

    mapping  a profile that makes accounts: the bundled `reports`, or one's own from `guess_mapping`
    The source is private: a report may identify people. Cells that cannot be read, and words that the mapping does not
    know, are named in the report by row and column; the rest of the row still tells what it tells.
    Raises TableError and ProfileError; then nothing was read.
    """
    profile = find_profile(mapping) if isinstance(mapping, str) else mapping
    parts = ReportParts(open_table(path), profile, rows_each=sys.maxsize, published_on=published_on)
    (whole,) = parts
    return TableReading(
        source=whole.source, text=whole.text, reading=whole.reading, rows=whole.rows, report=parts.report
    )
