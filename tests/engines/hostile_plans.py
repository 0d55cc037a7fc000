"""Plans that do to a worker what a bad document might. Imported by worker processes, so not in a test file."""

import os
import signal
import time

from portico.facts import PorticoError

WORDS = "a guarded name"


def act(given):
    """What the first word of the input's id says."""
    return ACTS[given.id.split("-")[0]](given)


def act_late(given):
    time.sleep(0.05)
    return given.id.upper()


def refuse(given):
    raise PorticoError(f"{given.name} is refused")


def stumble(given):
    raise KeyError(WORDS)


def hang(given):
    time.sleep(60)


def hang_deaf(given):
    """Like a C function that does not return: no signal is looked at."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
    time.sleep(60)


def crash(given):
    os.kill(os.getpid(), signal.SIGSEGV)


def leave(given):
    os._exit(7)


ACTS = {
    "well": lambda given: given.id.upper(),
    "late": act_late,
    "large": lambda given: given.id.upper() * 100_000,
    "refused": refuse,
    "bug": stumble,
    "odd": lambda given: lambda: None,  # a result that cannot be sent to another process
    "overdue": hang,
    "deaf": hang_deaf,
    "crash": crash,
    "leave": leave,
}
