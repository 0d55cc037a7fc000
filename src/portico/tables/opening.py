"""Opening: a file → its sheets, whatever kind of table it is."""

import hashlib
from pathlib import Path

from portico.tables.delimited import Delimited
from portico.tables.errors import TableError, Where
from portico.tables.sheets import TableFile

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def open_table(path: Path | str) -> TableFile:
    """A file of tables: delimited text, plain or gzip, or a workbook (XLSX, XLSM, XLS, XLSB, ODS).

    Nothing in it is run: macros are passed over, formulas give the results that the file holds.
    Raises TableError: missing, empty, password, damaged, truncated, too_large, not_a_table.
    """
    file = Path(path)
    try:
        with file.open("rb") as opened:
            start = opened.read(8)
            opened.seek(0)
            digest = hashlib.file_digest(opened, "sha256").hexdigest()
            size = opened.tell()
    except OSError as problem:
        what = f"it could not be opened ({problem.strerror})"
        raise TableError(
            "missing", Where(file=file.name), what, "Check the name and that you may read it."
        ) from problem
    if not size:
        raise TableError("empty", Where(file=file.name), "it is empty", "Get the file again.")
    if start.startswith((_ZIP, _OLE)):
        from portico.tables.workbook import open_workbook  # noqa: PLC0415  (delimited files need no workbook reader)

        return open_workbook(file, digest, size)
    notes: list[str] = []
    text = Delimited(file, notes)
    sheet = text.sheet()
    named = {"|": "bars", ",": "commas", ";": "semicolons", "\t": "tabs"}[text.delimiter]
    return TableFile(
        name=file.name, sha256=digest, size=size, reader=f"text with {named}", sheets=(sheet,), notes=notes
    )
