"""Several processes: the order of the inputs, whatever each document does to the process that reads it."""

import os
import signal
import subprocess
import sys
import time
from multiprocessing import active_children
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portico.engines import Input, NotDoneError, ReadResult, WorkersError, here, read_many

SURVIVED = ("well", "large", "refused", "bug")  # with one process too
LOST = ("crash", "leave")


def inputs(kinds):
    return [Input(id=f"{kind}-{number}", content=b"x") for number, kind in enumerate(kinds)]


def outcome(one):
    return one.reason if isinstance(one, NotDoneError) else one


def expected(one):
    kind = one.id.split("-")[0]
    known = {"crash": "died", "leave": "died", "deaf": "overdue", "odd": "bug", "large": one.id.upper() * 100_000}
    return known.get(kind, one.id.upper() if kind in ("well", "late") else kind)


@settings(max_examples=12, deadline=None)
@given(kinds=st.lists(st.sampled_from(SURVIVED), max_size=12), processes=st.integers(1, 3))
def test_outcomes_come_in_the_order_of_the_inputs(act, kinds, processes):
    given_inputs = inputs(kinds)
    got = list(here(processes)(act, given_inputs))
    assert [one for one, _ in got] == given_inputs
    assert [outcome(each) for _, each in got] == [expected(one) for one in given_inputs]


@settings(max_examples=8, deadline=None)
@given(kinds=st.lists(st.sampled_from((*SURVIVED, *LOST, "late")), max_size=8), processes=st.integers(2, 3))
def test_a_document_that_ends_its_process_is_named_and_the_rest_goes_on(act, kinds, processes):
    given_inputs = inputs(kinds)
    got = [outcome(each) for _, each in here(processes)(act, given_inputs)]
    assert got == [expected(one) for one in given_inputs]


def test_documents_that_hang_are_named_and_the_rest_goes_on(act):
    given_inputs = inputs(["well", "overdue", "deaf", "late", "odd", "well"])
    began = time.monotonic()
    got = [outcome(each) for _, each in here(2, limit_s=0.3)(act, given_inputs)]
    assert got == [expected(one) for one in given_inputs]
    assert time.monotonic() - began < 20


def test_one_process_has_the_time_limit_too(act):
    (_, late), (_, well) = here(limit_s=0.2)(act, inputs(["overdue", "well"]))
    assert (outcome(late), well) == ("overdue", "WELL-1")
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("overdue", "took longer than 0.2 s"),
        ("bug", "KeyError"),
        ("crash", "signal 11"),
        ("leave", "exit status 7"),
    ],
)
def test_what_is_said_of_a_lost_document(act, kind, says):
    ((_, error),) = here(2, limit_s=0.2)(act, [Input(id=f"{kind}-1", path=Path("file.txt"))])
    text = str(error)
    assert text.startswith("file.txt: ")
    assert says in text
    assert "the other documents are not affected" in text
    assert "guarded" not in text  # the words of an exception may quote a document


def test_inputs_are_taken_only_as_far_ahead_as_the_window(act):
    taken = []

    def endless():
        for number in range(10_000):
            taken.append(number)
            yield Input(id=f"well-{number}", content=b"x")

    outcomes = here(2)(act, endless())
    for number in range(50):
        next(outcomes)
        assert len(taken) - number <= 2 * 32 + 1
    outcomes.close()


def test_leaving_early_ends_the_processes(act):
    outcomes = here(2)(act, inputs(["well", "overdue", "overdue", "overdue"]))
    next(outcomes)
    outcomes.close()
    assert not _children()


def test_one_and_several_processes_read_alike(folder):
    given_inputs = [Input(path=path) for path in sorted(folder.rglob("*.txt")) if "loop" not in path.parts]
    one, two = (
        [each.flat() if isinstance(each, ReadResult) else str(each) for each in read_many(given_inputs, processes=n)]
        for n in (1, 2)
    )
    assert len(one) == 61
    assert one == two


def test_a_script_without_a_main_guard_is_told_so(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(
        "from portico.engines import Input, read_many\n"
        "print(len(list(read_many([Input(id='a', content=b'Some words.')] * 3, processes=2))))\n"
    )
    ran = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=60, check=False)
    assert ran.returncode != 0
    assert WorkersError.__name__ in ran.stderr
    assert '`if __name__ == "__main__":`' in ran.stderr


def _children():
    """Living workers of this process: the forked children of the server of forks."""
    return [child for child in active_children() if child.is_alive()]


def test_workers_end_when_their_parent_is_killed(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(
        "import sys\n"
        f"sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "from hostile_plans import act\n"
        "from portico.engines import Input, here\n"
        'if __name__ == "__main__":\n'
        "    jobs = [Input(id='well-0', content=b'x'), Input(id='deaf-1', content=b'x')] * 2\n"
        "    for _ in here(2, limit_s=50)(act, jobs):\n"
        "        print('going', flush=True)\n"
    )
    parent = subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, start_new_session=True)
    assert parent.stdout
    assert parent.stdout.readline() == b"going\n"
    parent.kill()
    parent.wait()
    parent.stdout.close()
    ends = time.monotonic() + 10
    while _group_lives(parent.pid) and time.monotonic() < ends:
        time.sleep(0.1)
    assert not _group_lives(parent.pid)


def _group_lives(group):
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
