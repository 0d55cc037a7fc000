"""A desk on PostgreSQL answers programs as one on SQLite does: lists, search, figures, decisions at once, uses."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from postgresql_cluster import programs_of_postgresql, running  # type: ignore[import-not-found]

SCENARIO = Path(__file__).parents[1] / "fixtures" / "api_scenario.py"


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_a_program_reads_and_writes_on_either_database(tmp_path, database):
    there = {name: value for name, value in os.environ.items() if not name.startswith(("PORTICO", "DJANGO"))}
    there |= {"PORTICO_RECORD": str(tmp_path / "record"), "PORTICO_KEY_FILE": str(tmp_path / "key")}
    if database == "sqlite":
        told = played(there)
    else:
        programs = programs_of_postgresql()
        if programs is None:
            pytest.skip("no PostgreSQL here: install the package postgresql")
        with running(programs) as cluster, cluster.record() as url:
            told = played({**there, "PORTICO_DATABASE_URL": url})
    assert told.pop("uses") in range(1, 15)  # a minute may begin in between
    assert told == {
        "add": [201, 200],
        "once": [201, 201, True],
        "key_used": 422,
        "list": 0,
        "newest": 1,
        "found": 1,
        "counted": 2,
        "decisions": [200, 409],
        "mark": 200,
    }


def played(environment: dict[str, str]):
    done = subprocess.run(
        [sys.executable, str(SCENARIO)], env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])
