"""The drill: a record in PostgreSQL and its desk are backed up by the command, and put back into empty databases."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from postgresql_cluster import programs_of_postgresql, running  # type: ignore[import-not-found]

SCENARIO = Path(__file__).parents[1] / "fixtures" / "backup_scenario.py"
PORTICO = "import sys; from portico.cli import main; sys.exit(main())"


@pytest.fixture(scope="module")
def cluster():
    programs = programs_of_postgresql()
    if programs is None:
        pytest.skip("no PostgreSQL here: install the package postgresql")
    with running(programs) as cluster:
        yield cluster


@pytest.fixture
def there(tmp_path):
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PORTICO", "DJANGO"))}
    return {**clean, "PORTICO_KEY_FILE": str(tmp_path / "keys" / "key")}


def ran(*command, environment, folder, url, status=0):
    environment = {**environment, "PORTICO_RECORD": str(folder), "PORTICO_DATABASE_URL": url}
    done = subprocess.run(
        [sys.executable, *map(str, command)], env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == status, done.stderr
    return done


def emptied(url: str) -> str:
    from portico.store import dumping

    dumping.clear(url)
    return url


def test_record_people_and_tokens_come_back_and_go_on(cluster, tmp_path, there):
    with cluster.record() as url, cluster.record() as another:
        made = ran(SCENARIO, "make", environment=there, folder=tmp_path / "record", url=url)
        before = json.loads(made.stdout.splitlines()[-1])
        assert (before["api"], before["ok"], len(before["rows"])) == (200, True, 7)
        file = tmp_path / "file.portico"
        said = ran("-c", PORTICO, "backup", file, "--json", environment=there, folder=tmp_path / "record", url=url)
        assert json.loads(said.stdout)["root"] == before["root"]
        assert b"ada1" not in file.read_bytes()
        again = {"environment": there, "folder": tmp_path / "again", "url": emptied(another)}
        restored = ran("-c", PORTICO, "backup", "--restore", file, **again)
        assert "restored and verified" in restored.stdout
        after = ran(SCENARIO, "look", before["secret"], **again)
        assert json.loads(after.stdout.splitlines()[-1]) == before
        taken = ran("-c", PORTICO, "backup", "--restore", file, **again | {"folder": tmp_path / "third"}, status=2)
        assert "a backup never overwrites" in taken.stderr


def test_without_the_key_nothing_is_made(cluster, tmp_path, there):
    from portico.store import dumping

    with cluster.record() as url:
        (tmp_path / "file.portico").write_bytes(b"portico backup 1\n")
        elsewhere = {**there, "PORTICO_KEY_FILE": str(tmp_path / "none" / "key")}
        command = ("-c", PORTICO, "backup", "--restore", tmp_path / "file.portico")
        done = ran(*command, environment=elsewhere, folder=tmp_path / "again", url=emptied(url), status=3)
        assert "Put your copy back there" in done.stderr
        assert dumping.is_empty(url)
        assert not (tmp_path / "none").exists()
