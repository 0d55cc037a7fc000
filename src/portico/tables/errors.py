"""What goes wrong with tables and profiles, in words for the person who can mend it."""

from dataclasses import dataclass
from pathlib import Path

from portico.facts import PorticoError

UNCHANGED = "Nothing of this import was stored; what was imported before is unchanged."


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """A place in a file of tables. row counts from 1, as a spreadsheet shows it; column is the heading as written."""

    file: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        parts = (
            self.file,
            f"sheet {self.sheet}" if self.sheet else "",
            f"row {self.row}" if self.row is not None else "",
            f"column {self.column}" if self.column else "",
        )
        return ", ".join(part for part in parts if part)


class TableError(PorticoError):
    """A file of tables cannot be imported. The fields are for `--json`.

    kind  one word for what is wrong: "password", "truncated", "too_large", "wrong_profile", …
    """

    def __init__(self, kind: str, where: Where, problem: str, do: str, *, safe: str = UNCHANGED) -> None:
        self.kind, self.where, self.problem, self.do, self.safe = kind, where, problem, do, safe
        super().__init__(f"{where}: {problem}. {safe} {do}")


class ProfileError(PorticoError):
    """An import profile or a mapping cannot be used, or there is none of that name."""

    exit_status = 2

    def __init__(self, file: Path | str, key: str, problem: str, do: str) -> None:
        self.file, self.key, self.problem = Path(file).name, key, problem
        where = ", ".join(part for part in (self.file, key) if part)
        super().__init__(f"{where}: {problem}. No profile of this file was loaded and nothing was imported. {do}")
