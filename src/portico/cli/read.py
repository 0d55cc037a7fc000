"""Documents → accounts, statements, actions and numbers, each value with its words. Touches no record."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from portico.cli import closer
from portico.cli.inputs import InputError, add_input_arguments, found
from portico.cli.options import answering
from portico.cli.output import DONE, NEEDS_A_PERSON, Answer
from portico.engines import LIMIT_S, Engine, NotDoneError, Written, here, index_of, read_many, spark, write_readings


def add_arguments(parser: ArgumentParser) -> None:
    add_input_arguments(parser)
    parser.add_argument(
        "--out",
        type=Path,
        metavar="FILE",
        help="write the JSON of each document as a line of FILE; the same command goes on after an interruption",
    )
    parser.add_argument("--processes", type=_at_least_one, default=1, metavar="N", help="read N documents at a time")
    parser.add_argument(
        "--limit", type=_seconds, default=LIMIT_S, metavar="SECONDS", help=f"for one document (default {LIMIT_S:g})"
    )
    parser.add_argument("--engine", choices=("here", "spark"), default="here", help="this machine, or a Spark cluster")
    parser.add_argument("--master", metavar="URL", help="of the cluster, as spark://host:7077")
    closer.add_arguments(parser)
    answering(parser)


def run(args: Namespace) -> Answer:
    engine = _engine(args)
    if closer.wanted(args):
        _alone(args)
        return closer.answer(args)
    return _written(args, engine) if args.out else _shown(args, engine)


def _shown(args: Namespace, engine: Engine) -> Answer:
    from portico.cli.prints.reading import reading_lines

    return Answer(
        rows=read_many(found(args, "Reading"), engine=engine),
        text=lambda row: reading_lines(row.reading, row.text, row.source.title),
        json=lambda row: row.flat(),
    )


def _written(args: Namespace, engine: Engine) -> Answer:
    lost: list[int] = []

    def rows() -> Iterator[NotDoneError | Written]:
        given = found(args, "Reading", without=(args.out, index_of(args.out)))
        for each in write_readings(given, args.out, engine=engine):
            yield each
            if isinstance(each, Written):
                lost.append(each.not_read)

    return Answer(
        rows=rows(),
        text=_written_lines,
        json=lambda row: asdict(row) | {"file": str(row.file)},
        status=lambda: NEEDS_A_PERSON if any(lost) else DONE,
    )


def _written_lines(row: Written) -> Iterator[str]:
    earlier = f", {row.already:,} of them by an earlier run" if row.already else ""
    yield f"{row.file}: {row.read + row.not_read:,} documents done{earlier}: {row.read:,} read, {row.not_read:,} not."
    if row.not_read:
        yield f"Why not: the entries with a reason in {index_of(row.file)}."


def _engine(args: Namespace) -> Engine:
    """Raises InputError when the options do not go together."""
    if args.engine == "spark":
        if args.processes > 1:
            raise InputError("--processes is for this machine; Spark decides how many of its own it uses. Give one.")
        return spark(args.master, limit_s=args.limit)
    if args.master:
        raise InputError("--master names a cluster and needs --engine spark. Nothing was read.")
    return here(args.processes, limit_s=args.limit)


def _alone(args: Namespace) -> None:
    """Raises InputError when reading closely is to be shared out or written, which it is not."""
    if args.out or args.processes > 1 or args.engine == "spark":
        raise InputError(
            "--explain, --misses and --model read one document at a time, here, and print: "
            "leave out --out, --processes and --engine. Nothing was read."
        )


def _at_least_one(words: str) -> int:
    if not words.isdecimal() or int(words) < 1:
        raise ArgumentTypeError(f"{words!r} is not a number of processes: 1, 2, …")
    return int(words)


def _seconds(words: str) -> float:
    try:
        seconds = float(words)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise ArgumentTypeError(f"{words!r} is not a number of seconds")
    return seconds
