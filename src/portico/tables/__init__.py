"""Tables: spreadsheets and government tables → typed rows, each cell saying what it is and where it stands.

>>> from portico.tables.cell import judge  # what an import asks of every distinct text
>>> column = find_profile("ero-arrests").tables[0].columns["apprehension_date"]
>>> judge("10/1/2015", column).value, judge("(B)(7)(E) ", column).state.value
(datetime.date(2015, 10, 1), 'redacted')
>>> judge("31/11/2017", column).reason
'not a day: read as month/day/year, the month would be 31'
"""

from portico.tables.accounts import RowPlace, TableReading, accounts_of
from portico.tables.cell import Cell, CellState
from portico.tables.columns import Sample
from portico.tables.correcting import CorrectedCell
from portico.tables.dates import fiscal_year
from portico.tables.duplicates import DuplicateRule, Judgement, duplicate_rules, judge_duplicates
from portico.tables.errors import ProfileError, TableError, Where
from portico.tables.filing import Filed, FileJob, file_rows
from portico.tables.guessing import Guess, GuessedColumn, guess_mapping
from portico.tables.importing import (
    Files,
    damage,
    import_reports,
    import_table,
    keep_report,
    report_digest,
    report_on,
    stored_tables,
    undo_import,
)
from portico.tables.landmarks import UnclearLandmark, ambiguous_landmarks, landmarks_of
from portico.tables.opening import open_table
from portico.tables.parts import ROWS_IN_A_PART, Part, ReportParts
from portico.tables.profile import Column, Profile, Table, find_profile, profiles, read_profile
from portico.tables.report import (
    Because,
    ColumnReport,
    DroppedColumn,
    FileReport,
    ImportReport,
    StoredFile,
    TableReport,
)
from portico.tables.reports import read_reports
from portico.tables.sheets import Sheet, TableFile
from portico.tables.telling_rows import WrongCell

__all__ = [
    "ROWS_IN_A_PART",
    "Because",
    "Cell",
    "CellState",
    "Column",
    "ColumnReport",
    "CorrectedCell",
    "DroppedColumn",
    "DuplicateRule",
    "FileJob",
    "FileReport",
    "Filed",
    "Files",
    "Guess",
    "GuessedColumn",
    "ImportReport",
    "Judgement",
    "Part",
    "Profile",
    "ProfileError",
    "ReportParts",
    "RowPlace",
    "Sample",
    "Sheet",
    "StoredFile",
    "Table",
    "TableError",
    "TableFile",
    "TableReading",
    "TableReport",
    "UnclearLandmark",
    "Where",
    "WrongCell",
    "accounts_of",
    "ambiguous_landmarks",
    "damage",
    "duplicate_rules",
    "file_rows",
    "find_profile",
    "fiscal_year",
    "guess_mapping",
    "import_reports",
    "import_table",
    "judge_duplicates",
    "keep_report",
    "landmarks_of",
    "open_table",
    "profiles",
    "read_profile",
    "read_reports",
    "report_digest",
    "report_on",
    "stored_tables",
    "undo_import",
]
