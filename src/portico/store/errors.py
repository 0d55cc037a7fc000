"""What can go wrong with a record that a person can mend, in words."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from portico.facts import PorticoError


class RecordError(PorticoError):
    """The record could not be opened, read or written, or was asked for something that it does not hold.

    where  the folder of the record, its name only; what, survived, next  the other three parts of the message
    """

    def __init__(self, where: Path | str, what: str, survived: str, next_step: str) -> None:
        self.where = where.name if isinstance(where, Path) else where
        self.what, self.survived, self.next_step = what, survived, next_step
        super().__init__(f"{self.where}: {what}. {survived} {next_step}")


class RecordLocked(RecordError):  # noqa: N818  (a state of the record, and the name that the commands know)
    """Another process is writing, and did not finish in time."""

    def __init__(self, where: Path | str) -> None:
        super().__init__(
            where,
            "another process is writing to the record",
            "Nothing was written; what was acknowledged before is kept.",
            "Wait until it has finished, or end it, and try again.",
        )


class RecordRefused(RecordError):  # noqa: N818  (what the record did, as RecordLocked)
    """The call was wrong: an unknown id, a value that cannot be, a decision about nothing."""

    exit_status = 2

    def __init__(self, where: Path | str, what: str, next_step: str) -> None:
        super().__init__(where, what, "Nothing was written.", next_step)


class ClaimChanged(RecordRefused):
    """Somebody else decided about a claim after whoever decides now had looked. claim: its id."""

    def __init__(self, where: Path | str, claim: str) -> None:
        self.claim = claim
        super().__init__(
            where, f"somebody else decided about {claim} meanwhile", "Look at what stands now, and decide again."
        )


_UNWRITTEN = "Nothing of this step was written; what was acknowledged before is kept."

# Databases say what is wrong in words (https://www.sqlite.org/rescode.html; PostgreSQL in its server's language, of
# which we know the English); Django passes them on.
_SAID: tuple[tuple[str, str, str], ...] = (
    ("disk is full", "the disk is full", "Free some space and try again."),
    ("disk i/o error", "the disk could not be read or written", "Check the disk and its space, and try again."),
    ("readonly database", "the record is read-only for you", "Ask its owner for write access, or work on a copy."),
    ("unable to open", "the database could not be opened", "Check that the folder exists and that you may read it."),
    ("not a database", "a database file is damaged or is something else", "Restore the record from a backup."),
    ("could not decode", "a database file is damaged", "Run `portico verify`, and restore the record from a backup."),
    (
        "does not exist",
        "PostgreSQL has no such database",
        "Make it and the one with _keyring behind its name: `createdb`.",
    ),
    ("authentication failed", "PostgreSQL did not let this user in", "Check the user and password in the address."),
    ("permission denied", "this user of the database may not do that", "Let its administrator grant it."),
    ("no space left", "the disk is full", "Free some space and try again."),
    ("connection", "the database does not answer", "Check that it runs and that its address is right, and try again."),
    ("malformed", "a database file is damaged", "Run `portico verify`, and restore the record from a backup."),
)


@contextmanager
def in_plain_words(where: Path) -> Iterator[None]:
    """Turns what the database or the file system says into a RecordError; everything else passes."""
    from django.db import DatabaseError  # noqa: PLC0415  (Django is loaded when a record is opened)

    try:
        yield
    except DatabaseError as problem:
        raise _of_database(where, problem) from problem
    except OSError as problem:
        raise RecordError(
            where,
            f"a file could not be written or read ({problem.strerror or type(problem).__name__})",
            _UNWRITTEN,
            "Check the space and the rights of the folder, and try again.",
        ) from problem


def _of_database(where: Path, problem: Exception) -> Exception:
    said = str(problem).lower()
    if "locked" in said or "busy" in said or "lock timeout" in said:
        return RecordLocked(where)
    for words, what, next_step in _SAID:
        if words in said:
            return RecordError(where, what, _UNWRITTEN, next_step)
    return problem
