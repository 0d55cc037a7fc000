"""An import that is killed and run again: the rows, accounts and entries of one that was not."""

import random
import signal
import subprocess
import sys
from pathlib import Path

from portico.store import open_record

HEADER = (
    "Area of Responsibility|Apprehension Date|Apprehension Method|Apprehension Landmark|Operation|"
    "Processing Disposition"
)
PORTICO = Path(sys.executable).with_name("portico")


def test_killed_at_random_points_and_run_again_it_ends_as_one_that_was_not(tmp_path, monkeypatch):
    monkeypatch.setenv("PORTICO_KEY_FILE", str(tmp_path / "key"))
    places = ("EL PASO COUNTY COURT HOUSE", "EL PASO COUNTY JAIL", "ELM JUSTICE CENTER")
    rows = [f"Denver Area of Responsibility|1/{n % 28 + 1}/2018|Located|{places[n % 3]}||None" for n in range(6000)]
    (tmp_path / "arrests.csv").write_text("\n".join([HEADER, *rows]))
    start(tmp_path, "whole").wait()
    chance = random.Random(20171128)
    for _ in range(4):
        run = start(tmp_path, "killed")
        try:
            run.wait(chance.uniform(0.2, 6))
        except subprocess.TimeoutExpired:
            run.send_signal(signal.SIGKILL)
            run.wait()
    for _ in range(2):  # once to finish, once more
        assert start(tmp_path, "killed").wait() == 0
    whole = kept(tmp_path, "whole")
    assert kept(tmp_path, "killed") == whole
    assert len(whole[1]) == 2002  # the file, its 2,000 rows at a court, the import


def start(folder, record):
    words = ["import", "ero-arrests", folder / "arrests.csv", "--yes", "--quiet", "--record", folder / record]
    return subprocess.Popen([PORTICO, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def kept(folder, name):
    """The bytes of the tables, and what each entry of the import is about."""
    tables = folder / name / "tables"
    files = {
        path.relative_to(tables): path.read_bytes()
        for path in tables.rglob("*")
        if path.is_file() and path.name != ".lock"
    }
    with open_record(folder / name, key_file=folder / "key") as record:
        (imported,) = record.imports()
        assert not record.verify().problems
        return files, [(each.type, each.subject) for each in record.history(imported.tables.id)]
