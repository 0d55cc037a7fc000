"""One file of results: an interrupted run goes on without loss or double, and leaves the bytes of one that was not."""

import errno
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portico.engines import (
    Input,
    NotDoneError,
    ReadResult,
    ResumeError,
    WritingError,
    Written,
    expand,
    here,
    index_of,
    read_many,
    write_readings,
)

PORTICO = Path(sys.executable).with_name("portico")


def both(out):
    return out.read_bytes(), index_of(out).read_bytes()


def run(given_inputs, out) -> Written:
    *_, written = write_readings(given_inputs, out)
    assert isinstance(written, Written)
    return written


def inputs(folder):
    return list(expand([Input(path=folder)]))


@pytest.fixture
def whole(folder, tmp_path):
    """What an uninterrupted run writes: the inputs, and both files."""
    out = tmp_path / "whole.jsonl"
    *errors, written = write_readings(inputs(folder), out)
    assert [error.reason for error in errors if isinstance(error, NotDoneError)] == ["empty", "kind_not_read", "binary"]
    assert written == Written(file=out, read=60, not_read=3, already=0)
    return inputs(folder), *both(out)


def test_a_line_for_each_document_in_order_and_an_index_that_finds_it(whole):
    given_inputs, lines, index = whole
    readings = [each.flat() for each in read_many(given_inputs) if isinstance(each, ReadResult)]
    assert [json.loads(line) for line in lines.splitlines()] == readings
    entries = [json.loads(line) for line in index.splitlines()][1:]
    assert [entry["name"] for entry in entries] == [one.name for one in given_inputs]
    starts = [0, *(entry["end"] for entry in entries)]
    for start, entry in zip(starts, entries, strict=False):
        line = lines[start : entry["end"]]
        assert (line == b"") == (entry["reason"] is not None)
        assert line.count(b"\n") == (entry["reason"] is None)


def test_two_processes_write_the_same_bytes(whole, tmp_path):
    given_inputs, *files = whole
    list(write_readings(given_inputs, tmp_path / "two.jsonl", engine=here(2)))
    assert list(both(tmp_path / "two.jsonl")) == files


def test_a_second_run_adds_nothing(whole, tmp_path):
    given_inputs, *files = whole
    (written,) = write_readings(given_inputs, tmp_path / "whole.jsonl")
    assert written == Written(file=tmp_path / "whole.jsonl", read=60, not_read=3, already=63)
    assert list(both(tmp_path / "whole.jsonl")) == files


@pytest.fixture(scope="module")
def short(stories):
    """Twelve documents, written whole: inputs, file, and the bytes of both files."""
    folder = stories(12)
    out = folder.with_suffix(".jsonl")
    list(write_readings(inputs(folder), out))
    return inputs(folder), out, *both(out)


@settings(max_examples=25, deadline=None)
@given(part=st.floats(0, 1), more=st.integers(0, 3000), half=st.binary(max_size=40))
def test_whatever_an_interruption_left_the_next_run_makes_it_whole(short, part, more, half):
    """The index was cut anywhere; the results hold what it says, and perhaps part of a batch beyond."""
    given_inputs, out, lines, index = short
    head = index.index(b"\n") + 1
    kept = index[: head + int(part * (len(index) - head))]
    entries = [json.loads(line) for line in kept[: kept.rindex(b"\n")].splitlines()[1:]]
    end = entries[-1]["end"] if entries else 0
    index_of(out).write_bytes(kept)
    out.write_bytes(lines[: end + more] + half)
    assert run(given_inputs, out).already == len(entries)
    assert both(out) == (lines, index)


def read_folder(folder, out, *more):
    return [PORTICO, "read", folder, "--out", out, "--quiet", *more]


def test_killed_at_random_points_it_ends_with_the_same_bytes(stories, tmp_path):
    folder = stories(400)
    list(write_readings(inputs(folder), tmp_path / "whole.jsonl", engine=here(2)))
    out, chance, kills = tmp_path / "killed.jsonl", random.Random(1128), 0
    while True:
        run = subprocess.Popen(
            read_folder(folder, out, "--processes", "2"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            assert run.wait(chance.uniform(0.6, 1.8) if kills < 5 else 60) == 1
            break
        except subprocess.TimeoutExpired:
            run.kill()
            run.wait()
            kills += 1
    assert kills
    assert both(out) == both(tmp_path / "whole.jsonl")


@pytest.mark.parametrize("processes", [1, 2])
def test_ctrl_c_stops_it_cleanly_and_the_same_command_goes_on(stories, tmp_path, processes):
    folder, out = stories(400), tmp_path / "stopped.jsonl"
    words = read_folder(folder, out, "--processes", str(processes))
    run = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
    while not (index_of(out).exists() and index_of(out).read_bytes().count(b"\n") > 1):
        time.sleep(0.02)
    os.killpg(run.pid, signal.SIGINT)  # as a terminal does: to all of them
    printed, told = run.communicate(timeout=30)
    assert run.returncode == 3
    assert printed == b""
    assert b"Run the same command to go on." in told
    assert b"Traceback" not in told
    done = index_of(out).read_bytes().count(b"\n") - 1
    assert 0 < done < 400
    again = subprocess.run(words, capture_output=True, text=True, check=False)
    assert again.returncode == 1  # every fifth document is empty
    assert f"400 documents done, {done} of them by an earlier run: 320 read, 80 not." in again.stdout


def test_an_interrupted_caller_is_given_its_last_outcomes_again(folder, tmp_path):
    given_inputs, resume = inputs(folder), tmp_path / "done.index"
    first = read_many(given_inputs, resume=resume)
    seen = [next(first) for _ in range(10)]
    first.close()
    rest = list(read_many(given_inputs, resume=resume, processes=2))
    assert len(rest) == len(given_inputs) - 9
    assert rest[0] == seen[-1]
    assert list(read_many(given_inputs, resume=resume)) == []


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda given: given[1:], "document 1 of the earlier run was"),
        (lambda given: given[:-1], "now it is missing"),
        (lambda given: [given[0].but(published_on="2019-05-20"), *given[1:]], "now it is described otherwise"),
    ],
)
def test_other_documents_do_not_go_on_in_the_same_file(whole, tmp_path, change, says):
    given_inputs, *files = whole
    with pytest.raises(ResumeError, match=says) as told:
        list(write_readings(change(given_inputs), tmp_path / "whole.jsonl"))
    assert "name another file to begin anew" in str(told.value)
    assert list(both(tmp_path / "whole.jsonl")) == files


def test_a_file_that_is_not_ours_is_left_alone(folder, tmp_path):
    out = tmp_path / "mine.jsonl"
    out.write_text("not ours\n", "utf-8")
    for _ in range(2):
        with pytest.raises(ResumeError, match=r"no mine\.jsonl\.index says how far it came"):
            list(write_readings(inputs(folder), out))
    assert out.read_text("utf-8") == "not ours\n"
    with pytest.raises(ResumeError, match="it is a folder"):
        list(write_readings(inputs(folder), folder))
    with pytest.raises(ResumeError, match="cannot be written"):
        list(write_readings(inputs(folder), tmp_path / "nowhere" / "out.jsonl"))


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda lines, index: (lines[:10], index), "shorter than its index says"),
        (lambda lines, index: (lines, b"nonsense\n"), "it was changed, or is no index"),
        (lambda lines, index: (lines, index.replace(b"portico-reading", b"another", 1)), "begun by another version"),
    ],
)
def test_files_that_were_changed_are_refused(whole, tmp_path, spoil, says):
    given_inputs, *files = whole
    out = tmp_path / "whole.jsonl"
    spoiled = spoil(*files)
    out.write_bytes(spoiled[0])
    index_of(out).write_bytes(spoiled[1])
    with pytest.raises(ResumeError, match=says):
        list(write_readings(given_inputs, out))
    assert both(out) == spoiled


def test_a_name_that_is_no_text_is_written_with_its_bytes(folder, tmp_path):
    (folder / os.fsdecode(b"odd\xff.txt")).write_bytes(b"")
    list(write_readings(inputs(folder), tmp_path / "out.jsonl"))
    entry = json.loads(index_of(tmp_path / "out.jsonl").read_bytes().splitlines()[-1])
    assert entry["name"] == f"{folder}/odd\\udcff.txt"
    assert run(inputs(folder), tmp_path / "out.jsonl").already == 64


def test_two_runs_at_once_are_refused(folder, tmp_path):
    first = write_readings(inputs(folder), tmp_path / "out.jsonl")
    next(first)
    with pytest.raises(ResumeError, match="another run is writing it"):
        next(write_readings(inputs(folder), tmp_path / "out.jsonl"))
    first.close()


def test_a_full_disk_keeps_what_was_written_and_the_next_run_goes_on(whole, tmp_path, monkeypatch):
    given_inputs, *files = whole
    out, synced, fsync = tmp_path / "full.jsonl", [], os.fsync

    def full(descriptor):
        synced.append(descriptor)
        if len(synced) > 5:  # two names, the head, a batch and its entries
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WritingError, match="No space left on device") as told:
        list(write_readings(given_inputs * 2, out))
    kept = told.value.done  # a batch: 64, or what took two seconds
    assert 0 < kept <= 64
    assert f"{kept} documents are done and kept" in str(told.value)
    assert "run the same command" in str(told.value)
    monkeypatch.undo()
    written = run(given_inputs * 2, out)
    assert (written.read, written.already) == (120, kept)
    assert out.read_bytes() == files[0] * 2
