"""The worker that `portico serve` starts beside the server: a process of its own, started again when it ends."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from portico.web.site.place import Place

_PATIENCE = 10.0  # seconds that it has to end after it was told to
_AGAIN = 1.0  # seconds before it is started again: one that cannot start does not take the machine


@contextmanager
def working(place: Place) -> Iterator[None]:
    """While inside, a worker works the desk's queue off."""
    ending = threading.Event()
    keeper = threading.Thread(target=_keep, args=(_environment(place), ending), daemon=True)
    keeper.start()
    serving = os.getpid()
    try:
        yield
    finally:
        if os.getpid() == serving:  # the server's own processes leave by here too
            ending.set()
            keeper.join(_PATIENCE + 1)


def _environment(place: Place) -> Mapping[str, str]:
    told = {
        "PORTICO_RECORD": str(place.folder),
        "PORTICO_KEY_FILE": str(place.key_file),
        "PORTICO_STATIC": str(place.static),
        "PORTICO_WORKER_OF": str(os.getpid()),
    }
    return {**os.environ, **told}


def _keep(environment: Mapping[str, str], ending: threading.Event) -> None:
    while not ending.is_set():
        process = subprocess.Popen([sys.executable, "-m", "portico.web.worker"], env=environment)
        while process.poll() is None and not ending.wait(0.2):
            pass
        if process.poll() is None:
            _end(process)
        ending.wait(_AGAIN)


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
