"""Long work: the queue, workers that are killed, limits, and the pages that show how far it is."""

import html
import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from postgresql_cluster import programs_of_postgresql, running  # type: ignore[import-not-found]
from worker_fixtures import a_worker, until, work_off  # type: ignore[import-not-found]

from portico.web.access.acts import Role

SCENARIOS = Path(__file__).parents[1] / "fixtures" / "worker_scenarios.py"


def words(answer) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


@pytest.fixture(params=["sqlite", "postgresql"])
def elsewhere(request, tmp_path) -> Iterator[dict[str, str]]:
    """The environment of a desk of its own, on either database."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PORTICO", "DJANGO"))}
    there = kept | {
        "PORTICO_RECORD": str(tmp_path / "record"),
        "PORTICO_KEY_FILE": str(tmp_path / "key"),
        "PORTICO_STATIC": str(tmp_path / "static"),
        "PYTHONPATH": str(SCENARIOS.parent),
    }
    if request.param == "sqlite":
        yield there
        return
    programs = programs_of_postgresql()
    if programs is None:
        pytest.skip("no PostgreSQL here: install the package postgresql")
    with running(programs) as cluster, cluster.record() as url:
        yield there | {"PORTICO_DATABASE_URL": url}


def played(environment: dict[str, str], scenario: str):
    done = subprocess.run(
        [sys.executable, str(SCENARIOS), scenario],
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1]), done.stderr


def test_a_killed_worker_s_import_goes_on_and_every_row_is_in_once(elsewhere):
    told, _ = played(elsewhere, "kills")
    assert told["killed"] >= 1
    assert (told["state"], told["rows"], told["accounts"], told["names"]) == ("taken", 6000, 6000, 6000)
    assert told["parts"] == 120
    assert told["sound"]
    assert told["ended"] == 0


def test_of_two_workers_each_job_is_done_by_one(elsewhere):
    told, _ = played(elsewhere, "two_workers")
    assert told == {"tries": [1] * 12, "ends": [0, 0]}


@pytest.mark.parametrize("elsewhere", ["sqlite"], indirect=True)
def test_what_a_job_breaks_ends_that_job_alone_and_says_so(elsewhere):
    told, logged = played(elsewhere, "limits")
    ended = "It took too long between two steps, or too much memory, and was ended. All is as it was."
    assert told["greedy"] == ["failed", ended]
    assert told["still"] == ["failed", ended]
    assert told["crashed"] == ["failed", ended]
    assert told["broken"][0] == "failed"
    assert told["broken"][1] == (
        "Something broke here: a mistake of ours, and the desk’s log says where. All is as it was."
    )
    assert told["fine"] == ["done", ""]
    assert "ValueError at" in logged
    assert "Ozren" not in logged


@pytest.mark.parametrize("elsewhere", ["sqlite"], indirect=True)
def test_a_file_that_eats_memory_or_time_is_named_and_the_others_are_read(elsewhere):
    told, logged = played(elsewhere, "hostile")
    for name in ("memory", "time"):
        state, said, left = told[name]
        assert (state, left) == ("done", 1)
        assert said.startswith(f"{name}.txt: reading it took too long or too much memory. It is kept here, sealed;")
        assert "Split it, or save it as plain text" in said
    assert told["documents"] == 1
    assert told["sheet"][0] == "failed"
    assert "many.csv: reading it took too long or too much memory. It is kept here, sealed" in told["sheet"][1]
    assert "Traceback" not in logged


def test_a_worker_of_its_own_does_what_waits_and_ends_when_told(desk):
    from portico.web.worker import queue
    from portico.web.worker.models import Job

    job = queue.put("worker.rebuild", 0, by=desk.user())
    with a_worker(desk.place):
        until(lambda: Job.objects.get(pk=job.pk).state == "done")


def test_a_served_desk_has_a_worker_and_starts_it_again_when_it_is_killed(tmp_path):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PORTICO", "DJANGO"))}
    there = kept | {"TMPDIR": str(tmp_path), "HOME": str(tmp_path), "PYTHONWARNINGS": "error"}
    serve = ("-c", "import sys; from portico.cli import main; sys.exit(main())", "serve", "--demo", "--no-browser")
    with subprocess.Popen(
        [sys.executable, *serve, "--port", "0"],
        cwd=tmp_path,
        env=there,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        assert process.stdout
        address = process.stdout.readline().removeprefix("ready ").strip()
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        try:
            for number in (1, 2):
                _ask_for_rebuilding(opener, address)
                until(lambda number=number: "<b>done</b>" in _page(opener, f"{address}/work/{number}/"))
                for worker in _workers_of(process.pid):
                    os.kill(worker, signal.SIGKILL)
        finally:
            os.killpg(process.pid, signal.SIGINT)
            _, told = process.communicate(timeout=60)
    assert (process.returncode, told) == (0, "")
    assert list(tmp_path.glob("portico-*")) == []


def _page(opener, address: str) -> str:
    with opener.open(address) as answer:
        return answer.read().decode()


def _ask_for_rebuilding(opener, address: str) -> None:
    found = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', _page(opener, f"{address}/work/"))
    assert found
    opener.open(f"{address}/work/rebuild/", f"csrfmiddlewaretoken={found[1]}".encode()).close()


def _workers_of(serving: int) -> list[int]:
    started = [each.read_text().split() for each in Path(f"/proc/{serving}/task").glob("*/children")]
    if not started:
        pytest.skip("this system does not tell which processes a process started")
    pids = [int(pid) for each in started for pid in each]
    return [pid for pid in pids if b"portico.web.worker" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def test_a_lease_that_ran_out_is_taken_by_another_and_the_first_one_must_stop(desk):
    from portico.web.worker import queue
    from portico.web.worker.steps import Ended, Steps

    now = timezone.now()
    queue.put("worker.rebuild", 0, by=desk.user())
    first = queue.take("first", now)
    assert first
    assert queue.take("second", now) is None
    assert queue.keep(first, "first", now)
    second = queue.take("second", now + queue.LEASE + timedelta(seconds=1))
    assert second
    assert second.pk == first.pk
    assert not queue.keep(first, "first", now)
    with pytest.raises(Ended, match="lost"):
        Steps(first, "first").step("rebuilding")


def test_the_same_work_is_not_asked_for_twice(desk):
    from portico.web.worker import queue

    user = desk.user()
    assert queue.put("worker.rebuild", 0, by=user).pk == queue.put("worker.rebuild", 0, by=user).pk


def test_a_job_that_ends_its_workers_is_given_up_and_says_so(desk):
    from portico.web.worker import queue
    from portico.web.worker.models import Job
    from portico.web.worker.running import Worker

    job = queue.put("worker.rebuild", 0, by=desk.user())
    Job.objects.filter(pk=job.pk).update(tries=queue.MOST_TRIES)
    taken = queue.take("x", timezone.now())
    assert taken
    Worker(lives=lambda: True).work_on(taken)
    page = words(desk.client().get(f"/work/{job.pk}/"))
    assert "The process that did it ended several times at the same step. The log is unchanged" in page


def test_the_page_says_how_far_it_is_how_fast_and_how_long_it_takes(desk):
    from portico.web.worker.models import Job

    now = timezone.now()
    job = Job.objects.create(
        kind="imports.take",
        subject=1,
        actor="person:x",
        by=desk.user(),
        state="running",
        stage="adding",
        done=41_000,
        total=100_000,
        since=now - timedelta(seconds=8),
        since_done=1_000,
        moved=now,
    )
    client = desk.client()
    page = words(client.get(f"/work/{job.pk}/"))
    assert "adding rows 41,000 of 100,000 rows 5,000 a second about 12 seconds left" in page
    assert 'hx-trigger="every 1s"' in client.get(f"/work/{job.pk}/").content.decode()
    part = client.get(f"/work/{job.pk}/", headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    assert "HX-Refresh" not in part.headers
    Job.objects.filter(pk=job.pk).update(state="done", ended=now)
    assert client.get(f"/work/{job.pk}/", headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    assert "Imports" in words(client.get("/work/"))


def test_what_waits_is_stopped_at_once_and_goes_on_when_asked(desk):
    from portico.web.worker.models import Job

    client = desk.client()
    client.post("/work/rebuild/")
    job = Job.objects.get()
    client.post(f"/work/{job.pk}/stop/")
    assert "stopped" in words(client.get(f"/work/{job.pk}/"))
    work_off()
    assert Job.objects.get().state == "cancelled"
    client.post(f"/work/{job.pk}/again/")
    work_off()
    assert Job.objects.get().state == "done"
    assert Job.objects.get().total == desk.record.size


def test_when_no_worker_takes_it_the_page_says_what_to_start(desk):
    from portico.web.worker.models import Job

    client = desk.client()
    client.post("/work/rebuild/")
    Job.objects.update(made=timezone.now() - timedelta(minutes=1))
    assert "No worker takes it" in words(client.get("/work/"))


def test_who_may_only_look_does_not_reach_the_work(desk):
    assert desk.client([Role.READER]).get("/work/").status_code == 403
    assert "Make it again from the log" not in words(desk.client([Role.DOCUMENTER]).get("/work/"))
