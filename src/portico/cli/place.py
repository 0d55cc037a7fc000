"""A spelling → label, courthouse, county, state, candidates and why. Never a guess between two.

`--queue` lists the landmarks of the record's tables that may be a court or something else; `--answer` keeps what a
person says of one: a label (not_court, …) or the id of a courthouse. It is used from then on, here and in imports.
"""

import csv
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from itertools import tee
from pathlib import Path
from typing import TYPE_CHECKING

from portico.cli.engine import add_engine_arguments, is_spark
from portico.cli.inputs import InputError
from portico.cli.options import writing
from portico.cli.output import Answer
from portico.cli.progress import progress
from portico.places import Answers, Resolution, answer_of, answered, resolve

if TYPE_CHECKING:
    from portico.engines import Spelling


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("text", nargs="?", help="the place as the source writes it")
    parser.add_argument("--state", metavar="USPS", help="the state the source speaks of")
    parser.add_argument("--aor", help="the immigration agency's area of responsibility")
    parser.add_argument("--file", type=Path, metavar="CSV", help="many spellings, one on a row")
    parser.add_argument("--column", metavar="C", default="landmark", help="its column (default: landmark)")
    parser.add_argument("--aor-column", metavar="A", help="the column of the area of responsibility")
    parser.add_argument("--queue", action="store_true", help="the landmarks of imported tables that wait for a person")
    parser.add_argument("--answer", metavar="WHAT", help="what the place is: a label, or a courthouse's id; it is kept")
    parser.add_argument("--county", help="of a court that is answered by its label")
    add_engine_arguments(parser)
    writing(parser)


def run(args: Namespace) -> Answer:
    if [args.text is not None, args.file is not None, args.queue].count(True) != 1:
        raise InputError("Give one spelling, --file CSV with many, or --queue.")
    if args.queue:
        return _queue(args)
    if args.answer:
        return _kept(args)
    answers = _answers(args)
    rows = _many(args, answers) if args.file else iter([_one(args, answers)])
    return Answer(rows=rows, text=_lines, json=lambda row: row.to_json())


def _one(args: Namespace, answers: Answers) -> Resolution:
    return answered(resolve(args.text, args.state, args.aor), answers, args.aor)


def _many(args: Namespace, answers: Answers) -> Iterator[Resolution]:
    """A row's answer after the other, so that memory grows with the distinct spellings, not with the file."""
    from portico.engines import place_many, spark

    engine = spark(args.master) if is_spark(args) else None
    with args.file.open(encoding="utf-8-sig", newline="") as file:
        ours, theirs = tee(_spellings(csv.DictReader(file), args))
        placed = progress(place_many(theirs, engine=engine), "Placing", None, quiet=args.quiet)
        for spelling, found in zip(ours, placed, strict=True):
            yield answered(found, answers, spelling.aor)


def _spellings(rows: "csv.DictReader[str]", args: Namespace) -> Iterator["Spelling"]:
    """Raises InputError if a column is not there."""
    from portico.engines import Spelling

    area, there = args.aor_column, rows.fieldnames or ()
    if missing := {args.column, area or args.column}.difference(there):
        raise InputError(f"{args.file.name} has no column {min(missing)!r}; it has: {', '.join(there) or 'none'}.")
    for row in rows:
        yield Spelling(row[args.column] or "", args.state, row[area] if area else args.aor)


def _queue(args: Namespace) -> Answer:
    """The landmarks that wait, those of most rows first."""
    from portico.cli.prints.landmarks import unclear_lines
    from portico.cli.records import opened
    from portico.tables import ambiguous_landmarks

    with opened(args) as record:
        waiting = ambiguous_landmarks(args.record / "tables", record.answers())
    return Answer(rows=waiting, text=unclear_lines)


def _kept(args: Namespace) -> Answer:
    """One answer, kept in the log; what the place is from then on. Raises InputError for several places at once."""
    from portico.cli.records import opened

    if args.file:
        raise InputError("--answer is about one spelling. Nothing was kept.")
    answer = answer_of(args.text, args.answer, args.aor, county=args.county, state=args.state)
    with opened(args, create=not args.dry_run) as record, record.rehearsal(args.dry_run):
        record.answer_landmark(answer, actor=args.actor)
    found = answered(resolve(args.text, None, args.aor), {answer.key: answer}, args.aor)
    return Answer(rows=[found], text=_lines, json=lambda row: row.to_json())


def _answers(args: Namespace) -> Answers:
    """What people said of landmarks, if there is a record."""
    if not args.record.is_dir():
        return {}
    from portico.cli.records import opened

    with opened(args) as record:
        return record.answers()


def _lines(found: Resolution) -> Iterator[str]:
    where = ", ".join(filter(None, [found.county and f"{found.county} County", found.state]))
    building = f"{found.courthouse.name} ({found.courthouse.id})" if found.courthouse else "no building"
    yield f"{found.text}: {found.label.replace('_', ' ')}; {building}; {where or 'county and state not known'}"
    yield f"  {found.reason}"
    if not found.courthouse:
        for candidate in found.candidates:
            house = candidate.courthouse
            yield f"  may be {house.name}, {house.city}, {house.state} ({house.id}), score {candidate.score:.2f}"
