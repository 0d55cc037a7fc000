"""Spark: the same bytes in the same order as one process, and a clear word where it is not installed."""

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portico.engines import Input, NotDoneError, SparkError, expand, here, index_of, read_many, spark, write_readings

MISSING = [name for name, there in (("PySpark", find_spec("pyspark")), ("Java", shutil.which("java"))) if not there]
needs_spark = pytest.mark.skipif(
    bool(MISSING) and os.environ.get("CI") != "true", reason=f"not installed: {', '.join(MISSING)} (make spark)"
)


@needs_spark
def test_spark_writes_the_bytes_of_one_process(cluster, folder, archive, tmp_path):
    archive("crawl.warc.gz").rename(folder / "crawl.warc.gz")
    given_inputs = list(expand([Input(path=folder)]))
    list(write_readings(given_inputs, tmp_path / "one.jsonl"))
    list(write_readings(given_inputs, tmp_path / "spark.jsonl", engine=cluster))
    assert (tmp_path / "spark.jsonl").read_bytes() == (tmp_path / "one.jsonl").read_bytes()
    assert index_of(tmp_path / "spark.jsonl").read_bytes() == index_of(tmp_path / "one.jsonl").read_bytes()


@needs_spark
def test_spark_goes_on_where_another_engine_stopped(cluster, stories, tmp_path):
    given_inputs = list(expand([Input(path=stories(40))]))
    begun = write_readings(given_inputs, tmp_path / "out.jsonl")
    next(begun)
    begun.close()
    list(write_readings(given_inputs, tmp_path / "out.jsonl", engine=cluster))
    list(write_readings(given_inputs, tmp_path / "one.jsonl"))
    assert (tmp_path / "out.jsonl").read_bytes() == (tmp_path / "one.jsonl").read_bytes()


@needs_spark
def test_spark_reads_what_one_process_reads(cluster, archive):
    given_inputs = list(expand([Input(path=archive("crawl.warc"))]))
    assert list(read_many(given_inputs, engine=cluster)) == list(read_many(given_inputs))


@needs_spark
@settings(max_examples=8, deadline=None)
@given(kinds=st.lists(st.sampled_from(["well", "large", "refused", "bug"]), max_size=300))
def test_outcomes_come_in_the_order_of_the_inputs(cluster, act, kinds):
    given_inputs = [Input(id=f"{kind}-{number}") for number, kind in enumerate(kinds)]
    on_spark, alone = list(cluster(act, given_inputs)), list(here()(act, given_inputs))
    assert [one for one, _ in on_spark] == given_inputs
    assert [str(each) for _, each in on_spark] == [str(each) for _, each in alone]


@needs_spark
def test_a_document_that_hangs_is_named_and_the_rest_goes_on(cluster, act):
    hasty = spark(limit_s=1)  # on the same Spark
    outcomes = [each for _, each in hasty(act, [Input(id="overdue-0"), Input(id="well-1")])]
    assert isinstance(outcomes[0], NotDoneError)
    assert outcomes[0].reason == "overdue"
    assert outcomes[1] == "WELL-1"


@needs_spark
def test_an_executor_that_a_document_ends_stops_the_run_with_a_word(cluster, act):
    with pytest.raises(SparkError, match=r"Spark gave up: .*What was handed on before stays") as told:
        list(cluster(act, [Input(id="leave-0")]))
    assert len(str(told.value)) < 700


@needs_spark
def test_the_command_says_so_when_the_cluster_cannot_be_reached(tmp_path):
    (tmp_path / "story.txt").write_text("Agents stood in the lobby.", "utf-8")
    portico = Path(sys.executable).with_name("portico")
    words = [portico, "read", tmp_path / "story.txt", "--engine", "spark", "--master", "nonsense"]
    ran = subprocess.run(words, capture_output=True, text=True, check=False)
    assert ran.returncode == 3
    assert "portico: Spark could not be started at nonsense: " in ran.stderr
    assert "Check the address" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_without_pyspark_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark", None)
    with pytest.raises(SparkError, match=r"PySpark is not installed here.*pip install 'portico-courts\[spark\]'"):
        list(read_many([Input(id="a", content=b"x")], engine=spark()))


@pytest.mark.skipif(find_spec("pyspark") is None, reason="not installed: PySpark (make spark)")
def test_without_java_it_says_what_to_install(monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(SparkError, match=r"Java is not installed here.*Java 17 or later"):
        list(read_many([Input(id="a", content=b"x")], engine=spark()))
