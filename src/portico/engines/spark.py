"""A cluster: the same plan on Spark, with the same outcomes in the same order. PySpark and Java are an extra."""

import os
import shutil
import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from portico.engines.attempt import LIMIT_S, J, Plan, T, attempts
from portico.engines.failures import NotDoneError
from portico.engines.many import Engine
from portico.facts import PorticoError

if TYPE_CHECKING:
    from pyspark import SparkContext

LOCAL = "local[*]"
"""Spark inside this process, on all its processors: for trying a plan without a cluster."""

_SLICES = 4  # tasks for each processor in a round, so that a slow one is made up for by the others
_PER_CORE = 64  # documents for each processor in a round: a second's work, beside some milliseconds to start a task
_PER_ROUND = 8192  # documents whose outcomes the driver may hold at once, however large the cluster
_QUIET = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.log.level": "ERROR"}


class SparkError(PorticoError):
    """Spark cannot be used. Says what to install or to check."""


def spark(master: str | None = None, *, limit_s: float = LIMIT_S) -> Engine:
    """An engine on Spark.

    master  for example "spark://host:7077"; None takes the one that Spark is configured with, else this process

    Files must have the same paths on every machine, and Portico be installed for the Python of every executor.
    Jobs go out in rounds, the next one while the last is handed on, so that the driver's memory does not grow with
    their number. An executor that a document ends is Spark's to replace; if it gives up, the run stops, and what
    was handed on stays. Raises SparkError, at once where PySpark or Java is missing.
    """
    check_installed()

    def run(plan: Plan[J, T], jobs: Iterable[J]) -> Generator[tuple[J, T | NotDoneError], None, None]:
        context = spark_context(master)
        rounds = _rounds(iter(jobs), min(_PER_ROUND, _PER_CORE * context.defaultParallelism))
        work = partial(_round, context, partial(attempts, plan, limit_s))
        with ThreadPoolExecutor(1, "portico-spark") as ahead:
            coming = [(sent, ahead.submit(work, sent)) for sent in islice(rounds, 1)]
            while coming:
                sent, outcomes = coming.pop()
                coming = [(more, ahead.submit(work, more)) for more in islice(rounds, 1)]
                yield from zip(sent, _waited(context, outcomes), strict=True)

    return run


def check_installed() -> None:
    """Raises SparkError where PySpark or Java is missing: before a command has begun anything."""
    try:
        import pyspark  # noqa: F401, PLC0415  (an extra)
    except ImportError as missing:
        raise _not_installed("PySpark") from missing
    home = os.environ.get("JAVA_HOME")
    if shutil.which("java") is None and not (home and os.access(os.path.join(home, "bin", "java"), os.X_OK)):
        raise _not_installed("Java")


def spark_context(master: str | None) -> "SparkContext":
    """The Spark that is running in this process already, else a new one, which stays until the process ends.

    Raises SparkError.
    """
    check_installed()
    from py4j.protocol import Py4JError  # noqa: PLC0415  (an extra)
    from pyspark import SparkConf, SparkContext  # noqa: PLC0415  (an extra)
    from pyspark.errors import PySparkException  # noqa: PLC0415  (an extra)

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    settings = SparkConf().setAppName("portico")
    for name, value in _QUIET.items():
        settings.setIfMissing(name, value)
    if master or not settings.contains("spark.master"):
        settings.setMaster(master or LOCAL)
    try:
        return SparkContext.getOrCreate(settings)
    except (Py4JError, PySparkException, OSError) as error:
        raise SparkError(
            f"Spark could not be started at {master or LOCAL}: {first_line(error)}. Nothing further was read. "
            "Check the address, that Java is version 17 or later, and that its Spark has the version of PySpark here."
        ) from error


def _rounds(jobs: Iterator[J], size: int) -> Iterator[list[J]]:
    while several := list(islice(jobs, size)):
        yield several


def _round(
    context: "SparkContext", work: Callable[[Iterable[J]], Iterator[T | NotDoneError]], jobs: Sequence[J]
) -> list[T | NotDoneError]:
    """The outcomes of one round. A job to a slice at least, so that the slowest does not hold up many."""
    slices = min(len(jobs), context.defaultParallelism * _SLICES)
    outcomes: list[T | NotDoneError] = context.parallelize(jobs, slices).mapPartitions(work).collect()
    return outcomes


def _waited(context: "SparkContext", outcomes: "Future[list[T | NotDoneError]]") -> list[T | NotDoneError]:
    from py4j.protocol import Py4JError  # noqa: PLC0415  (an extra)

    try:
        return outcomes.result()
    except Py4JError as error:
        raise SparkError(
            f"Spark gave up: {first_line(error)}. What was handed on before stays. "
            "Look at Spark's own log for the task that failed, and run again to go on."
        ) from error
    except BaseException:  # Ctrl-C: what the cluster is at is of no use to anyone
        context.cancelAllJobs()
        raise


def _not_installed(what: str) -> SparkError:
    return SparkError(
        f"{what} is not installed here, and the engine `spark` needs it. Nothing was read or changed. Install PySpark "
        "with `pip install 'portico-courts[spark]'` and Java 17 or later (Debian, Ubuntu: `apt install "
        "default-jre-headless`), or leave out --engine: this machine alone needs neither."
    )


def first_line(error: Exception) -> str:
    """What a person can use of a Java error: its cause, not its two hundred lines."""
    lines = [line.strip() for line in str(error).splitlines()]
    causes = [line for line in lines if line.startswith(("Caused by:", ": "))] or lines
    return causes[-1].removeprefix("Caused by:").strip(": ")[:300].rstrip(".") if causes else type(error).__name__
