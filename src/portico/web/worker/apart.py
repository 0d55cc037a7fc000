"""Apart: files from elsewhere are read in a process of its own, with limits: what breaks or stalls it breaks no other.

It is asked by a line of JSON, and answers in lines. They are taken as data, never as objects that could do something: a
file may have taken the process over.
"""

import contextlib
import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

LONGEST_LINE = 300_000_000
"""Bytes of an answer: of ten megabytes nobody reads more."""
_AT_ONCE = 1 << 20  # bytes that are taken from the pipe at once
_MOST_SECONDS = 2 * 60 * 60  # of processor time: for one that does not hear that it should end


@contextmanager
def process(module: str, memory: int, files: Sequence[int] = ()) -> "Iterator[subprocess.Popen[bytes]]":
    """The module as a program, ended with the block. memory: bytes that it may take; files: descriptors it may read."""
    program = [sys.executable, "-m", module, str(memory)]
    pipe = subprocess.PIPE
    running = subprocess.Popen(program, bufsize=_AT_ONCE, stdin=pipe, stdout=pipe, pass_fds=files)  # noqa: S603  (ours)
    try:
        yield running
    finally:
        running.kill()
        with contextlib.suppress(OSError):  # it has not read all that it was sent
            running.communicate()


def limited() -> None:
    """The other side: takes the limits that the call names, and ends when whoever called it is gone."""
    memory = int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (_MOST_SECONDS, _MOST_SECONDS))
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)
