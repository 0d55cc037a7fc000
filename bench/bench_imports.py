"""Imports of reports: rows a second from the sealed file into the log, lists and figures, and how that grows.

Floors: 5,000 rows a second by the clock; time a row at the last size at most 1.25 times that at the first; memory at
the last size at most 1.5 times that at the first. `PORTICO_IMPORT_ROWS` chooses the sizes: "10000 100000 1000000" shows
the growth to a million, and takes some ten minutes. The rows have eleven columns of an intake sheet, three of them of
people: each makes an account of about fifteen claims, whose guarded words are encrypted. One process reads the sheet
while another adds what was read. Processor time of the one that adds is given beside the clock: other work on a machine
of two cores makes the clock waver. Memory is the most that each of the two had.
Peer: Bayanat, whose import of sheets was measured at 13 to 15 rows a second on such a machine.
"""

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SIZES = "10000 100000"
FLOOR, MOST_GROWTH, MOST_MEMORY, PEER = 5_000, 1.25, 1.5, "13 to 15"
MOST_UNDONE = 100_000
_SELF, _CHILDREN = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
HEADER = "Date,Time,Court,County,State,What Happened,Force Used,Zone,Name,Age,Notes\n"
COURTS = (
    ("Brooklyn Criminal Court", "Kings"),
    ("Queens Criminal Court", "Queens"),
    ("Bronx Hall of Justice", "Bronx"),
    ("Manhattan Criminal Court", "New York"),
    ("Nassau County Court", "Nassau"),
)
WORDS = ("taken", "from", "the", "hall", "by", "agents", "without", "paper", "seen", "before", "noon")


def sheet(rows: int, seed: int = 1) -> Iterator[bytes]:
    """A sheet of invented reports, piece by piece."""
    chance = random.Random(seed)
    yield HEADER.encode()
    for number in range(rows):
        court, county = chance.choice(COURTS)
        day = f"{chance.randint(1, 12)}/{chance.randint(1, 28)}/{chance.randint(2017, 2025)}"
        clock = f"{chance.randint(8, 16)}:{chance.randint(0, 59):02d}"
        what = f"{chance.choice(('arrest', 'seen', 'attempt'))},{chance.choice(('yes', 'no'))}"
        zone = chance.choice(("hallway", "lobby", "entrance"))
        notes = " ".join(chance.choice(WORDS) for _ in range(12))
        person = f"Ana{number} Vel{chance.randint(0, 9999)},{chance.randint(18, 70)}"
        yield f"{day},{clock},{court},{county},NY,{what},{zone},{person},{notes}\n".encode()


def measured(rows: int) -> None:
    """One import in this process, as the worker does it: look, check, take; prints a line of JSON."""
    from portico.web.site.place import Place
    from portico.web.site.setup import bring_up_to_date, set_up_site

    folder = Path(os.environ["PORTICO_BENCH_FOLDER"])
    place = Place(folder=folder / "record", key_file=folder / "key", static=folder / "static")
    set_up_site(place)
    from portico.store import open_record

    with open_record(place.folder, key_file=place.key_file, create=True):
        pass
    bring_up_to_date(place)
    from portico.web.access.models import User
    from portico.web.imports.models import Import

    ada = User.objects.create(username="ada", password=None, roles=[])
    one = Import.seal("reports.csv", sheet(rows), by=ada)
    told: dict[str, object] = {name: _step(name, one.pk, ada) for name in ("look", "check", "take")}
    with open_record(place.folder) as record:
        assert record.find_incidents(limit=1).total == rows
    here, reader = (resource.getrusage(who).ru_maxrss // 1024 for who in (_SELF, _CHILDREN))
    told |= {"undo": _step("undo", one.pk, ada)} if rows <= MOST_UNDONE else {}
    sys.stdout.write(json.dumps({"rows": rows, "mib": here + reader, "each": [here, reader], **told}) + "\n")


def _step(name: str, subject: int, ada: Any) -> tuple[float, float]:
    """Clock and processor time of one job."""
    from django.utils import timezone

    from portico.web.worker import queue
    from portico.web.worker.running import do
    from portico.web.worker.steps import Steps, kinds

    queue.put(f"imports.{name}", subject, by=ada)
    job = queue.take("bench", timezone.now())
    assert job is not None
    began = time.perf_counter(), time.process_time()
    do(Steps(job, "bench"), kinds()[job.kind])
    took = time.perf_counter() - began[0], time.process_time() - began[1]
    job.refresh_from_db()
    assert job.state == "done", job.why
    return took


def run(rows: int) -> dict[str, Any]:
    """One size in a process and a desk of its own."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, str(Path(__file__)), str(rows)]
        environment = {**os.environ, "PORTICO_BENCH_FOLDER": folder}
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=environment)
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def main() -> None:
    each = []
    for rows in map(int, os.environ.get("PORTICO_IMPORT_ROWS", SIZES).split()):
        told = run(rows)
        clock, busy = told["take"]
        each.append((clock / rows, busy / rows, told["mib"]))
        back = f", taken back {rows / told['undo'][0]:,.0f}" if "undo" in told else ""
        print(
            f"{rows:,} rows into log, lists and figures: {rows / clock:,.0f} a second by the clock (floor {FLOOR:,}), "
            f"{rows / busy:,.0f} of processor time; rehearsed {rows / told['check'][0]:,.0f}{back}; "
            f"{told['each'][0]} MiB at most, its reader {told['each'][1]}",
            flush=True,
        )
    clock, busy, memory = (last / first for first, last in zip(each[0], each[-1], strict=True))
    print(
        f"last size to first: time a row {clock:.2f} by the clock, {busy:.2f} of processor time (at most {MOST_GROWTH})"
        f", memory {memory:.2f} (at most {MOST_MEMORY})"
    )
    print(f"peer {PEER} rows a second")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        measured(int(sys.argv[1]))
    else:
        main()
