"""A document that an engine could not finish: an error that names it, and that can be sent between processes."""

import traceback
from collections.abc import Callable
from pathlib import Path

from portico.facts import PorticoError

_PACKAGE = Path(__file__).parents[1]
_REPORT = "Report it with the document, if that may be shown; leave it out to go on without it."


class NotDoneError(PorticoError):
    """One document failed; the others go on.

    name    the document, as `Input.name` gives it
    reason  one of a few codes: those of `reading.DocumentError`, or refused, overdue, bug, died
    """

    def __init__(self, name: str, reason: str, text: str, exit_status: int = PorticoError.exit_status) -> None:
        super().__init__(text)
        self.name, self.reason, self.exit_status = name, reason, exit_status

    def __reduce__(self) -> tuple[Callable[..., "NotDoneError"], tuple[str, str, str, int]]:
        return NotDoneError, (self.name, self.reason, str(self), self.exit_status)


def told(name: str, error: PorticoError) -> NotDoneError:
    """What the plan itself says of the document, in its own words."""
    return NotDoneError(name, str(getattr(error, "reason", "refused")), str(error), error.exit_status)


def overdue(name: str, limit_s: float) -> NotDoneError:
    what = f"reading it took longer than {limit_s:g} s and was stopped"
    return _lost(name, "overdue", what, "Give it more time (--limit SECONDS), or split it.")


def bug(name: str, error: BaseException) -> NotDoneError:
    """A fault of ours. Its kind and place are told, never its own words: they may quote what is guarded."""
    return _lost(name, "bug", f"reading it failed with {type(error).__name__}{_place(error)}", _REPORT)


def died(name: str, exit_code: int | None) -> NotDoneError:
    """The process that read it ended, twice; a code below 0 is the number of the signal that ended it."""
    what = f"the process that read it ended ({_ending(exit_code)}), and again at a second try"
    return _lost(name, "died", what, _REPORT)


def _lost(name: str, reason: str, what: str, next_step: str) -> NotDoneError:
    text = f"{name}: {what}. Nothing was read from it; the other documents are not affected. {next_step}"
    return NotDoneError(name, reason, text)


def _place(error: BaseException) -> str:
    """Where in this package: the innermost of our own lines."""
    ours = [f for f in traceback.extract_tb(error.__traceback__) if Path(f.filename).is_relative_to(_PACKAGE)]
    if not ours:
        return ""
    return f" in {Path(ours[-1].filename).relative_to(_PACKAGE.parent).as_posix()}, line {ours[-1].lineno}"


def _ending(exit_code: int | None) -> str:
    if exit_code is None:
        return "no exit status"
    return f"signal {-exit_code}" if exit_code < 0 else f"exit status {exit_code}"
