"""One document through a plan, under a time limit: a result, or an error that names it. Every engine's step."""

import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Protocol, TypeVar

from portico.engines.failures import NotDoneError, bug, overdue, told
from portico.facts import PorticoError

LIMIT_S = 60.0
"""Seconds for one document. An article needs hundredths, a report of 400,000 characters eight (measured on a machine of
2026); what runs into it is a text of megabytes, which is better split, or a fault."""

_AGAIN_S = 1.0


class Named(Protocol):
    """Something to work on: it can say its name, and can be sent to another process."""

    @property
    def name(self) -> str: ...


J = TypeVar("J", bound=Named)
T = TypeVar("T")
Plan = Callable[[J], T]
"""What is done with each document: a function of a module, so that every process can find it."""


class _Overdue(BaseException):
    """Raised by the alarm; not an Exception, so that no `except Exception` on the way swallows it."""


def attempt(plan: Plan[J, T], job: J, limit_s: float) -> T | NotDoneError:
    """The plan's result, or why there is none. Only what ends the whole process passes."""
    try:
        with _within(limit_s):
            return plan(job)
    except PorticoError as error:
        return told(job.name, error)
    except _Overdue:
        return overdue(job.name, limit_s)
    except Exception as error:  # noqa: BLE001  (an outermost shell: one document's bug must not stop 100,000 others)
        return bug(job.name, error)


def attempts(plan: Plan[J, T], limit_s: float, jobs: Iterable[J]) -> Iterator[T | NotDoneError]:
    """Each in turn, in this process."""
    for job in jobs:
        yield attempt(plan, job, limit_s)


@contextmanager
def _within(limit_s: float) -> Iterator[None]:
    """Raise _Overdue inside the block after `limit_s` seconds; no limit off the main thread, where no alarm rings.

    The alarm rings again each second, lest one fall where Python drops exceptions. It cannot stop a C function
    that does not look; several processes can, by ending the process.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    inside = True

    def ring(_signal: int, _frame: FrameType | None) -> None:
        if inside:
            raise _Overdue

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, limit_s, _AGAIN_S)
    try:
        yield
    finally:
        inside = False
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
