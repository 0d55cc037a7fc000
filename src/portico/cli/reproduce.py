"""Published figures, each computed from the imported tables and compared: expected, got, exact, or the difference and
why. Ends with status 0 if every figure that can be compared is exact or its difference explained. A figure that needs a
publisher's file which Portico does not carry (--published DIR) is no difference; a table that was not imported is."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path

from portico.cli.inputs import InputError
from portico.cli.landmarks import said_of_landmarks, tell_placing
from portico.cli.options import of_record
from portico.cli.output import DONE, NEEDS_A_PERSON, NOTHING_DONE, Answer, tell
from portico.counting.reproducing import Reproduced


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--published", type=Path, metavar="DIR", help="a folder with files that publishers put out")
    parser.add_argument("--figures", type=Path, metavar="FILE", help="figures of your own instead of those bundled")
    of_record(parser)


def run(args: Namespace) -> Answer:
    from portico.cli.prints.reproduced import reproduced_lines

    seen: list[Reproduced] = []
    return Answer(rows=_all(args, seen), text=reproduced_lines, status=lambda: _status(seen))


def _all(args: Namespace, seen: list[Reproduced]) -> Iterator[Reproduced]:
    from portico.counting.published import load_publication, publications
    from portico.engines.reproduced import reproduce

    for given in (args.published, args.figures):
        if given and not given.exists():
            raise InputError(f"{given} is not there. Nothing was compared.")
    chosen = (load_publication(args.figures),) if args.figures else publications()
    for each in reproduce(
        args.record / "tables",
        chosen,
        args.published,
        placing=lambda: tell_placing(args),
        answers=lambda: said_of_landmarks(args),
    ):
        seen.append(each)
        yield each
    if not args.quiet:
        _tell_summary(seen)


def _status(seen: list[Reproduced]) -> int:
    if all(each.got is None for each in seen):
        return NOTHING_DONE
    return DONE if all(each.status in ("exact", "explained", "not_compared") for each in seen) else NEEDS_A_PERSON


def _tell_summary(seen: list[Reproduced]) -> None:
    kinds = {
        "exact": "exact",
        "explained": "explained",
        "differs": "not explained",
        "not_imported": "not imported",
        "not_compared": "not compared",
    }
    counted = {kind: sum(each.status == kind for each in seen) for kind in kinds}
    tell(f"{len(seen)} published figures: {', '.join(f'{counted[kind]} {words}' for kind, words in kinds.items())}.")
    if counted["not_compared"]:
        tell(
            "What is not compared needs a publisher's file that Portico does not carry: give its folder (--published)."
        )
