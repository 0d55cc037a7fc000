"""A spelling → label, courthouse, county, state, candidates and why. Never a guess between two."""

import csv
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path

from portico.cli.engine import add_engine_arguments, is_spark
from portico.cli.inputs import InputError
from portico.cli.options import answering
from portico.cli.output import Answer
from portico.cli.progress import progress
from portico.places import Resolution, resolve


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("text", nargs="?", help="the place as the source writes it")
    parser.add_argument("--state", metavar="USPS", help="the state the source speaks of")
    parser.add_argument("--aor", help="the immigration agency's area of responsibility")
    parser.add_argument("--file", type=Path, metavar="CSV", help="many spellings, one on a row")
    parser.add_argument("--column", metavar="C", default="landmark", help="its column (default: landmark)")
    parser.add_argument("--aor-column", metavar="A", help="the column of the area of responsibility")
    add_engine_arguments(parser)
    answering(parser)


def run(args: Namespace) -> Answer:
    if (args.text is None) == (args.file is None):
        raise InputError("Give one spelling, or --file CSV with many.")
    rows = _many(args) if args.file else iter([resolve(args.text, args.state, args.aor)])
    return Answer(rows=rows, text=_lines, json=lambda row: row.to_json())


def _many(args: Namespace) -> Iterator[Resolution]:
    with args.file.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    wanted = {args.column, args.aor_column or args.column}
    if rows and (missing := wanted - rows[0].keys()):
        raise InputError(f"{args.file.name} has no column {min(missing)!r}; it has: {', '.join(rows[0])}.")
    from portico.engines import Spelling, place_many, spark

    area = args.aor_column
    told = (Spelling(row[args.column] or "", args.state, row[area] if area else args.aor) for row in rows)
    engine = spark(args.master) if is_spark(args) else None
    yield from progress(place_many(told, engine=engine), "Placing", len(rows), quiet=args.quiet)


def _lines(found: Resolution) -> Iterator[str]:
    where = ", ".join(filter(None, [found.county and f"{found.county} County", found.state]))
    building = f"{found.courthouse.name} ({found.courthouse.id})" if found.courthouse else "no building"
    yield f"{found.text}: {found.label.replace('_', ' ')}; {building}; {where or 'county and state not known'}"
    yield f"  {found.reason}"
    if not found.courthouse:
        for candidate in found.candidates:
            house = candidate.courthouse
            yield f"  may be {house.name}, {house.city}, {house.state} ({house.id}), score {candidate.score:.2f}"
