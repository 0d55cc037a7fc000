"""A worker: `python -m portico.web.worker`, its place told by the environment as for the desk. Several may run.

PORTICO_WORKER_OF is the process that started it: with that it ends.
"""

import logging
import os
import signal
import sys
from pathlib import Path
from types import FrameType

from portico.facts import PorticoError
from portico.web.site.place import place_of
from portico.web.site.setup import set_up_site


def main() -> int:
    parent = int(os.environ.get("PORTICO_WORKER_OF", "0"))
    ending: list[int] = []

    def end(number: int, _frame: FrameType | None) -> None:
        ending.append(number)

    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, end)
    try:
        set_up_site(place_of(os.environ, Path.home()))
    except PorticoError as problem:
        logging.getLogger(__name__).error("%s", problem)
        return 1
    from portico.web.worker.running import Worker  # noqa: PLC0415  (needs the settings)

    Worker(lives=lambda: not ending and parent in (0, os.getppid())).run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
