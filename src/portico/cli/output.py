"""One printer: rows as text for people, or as JSON, one object on a line; errors and progress beside them."""

import json
import os
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from portico.facts import PorticoError, to_json

DONE, NEEDS_A_PERSON, NOTHING_DONE = 0, 1, 3


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command found.

    rows    values in order, made while they are printed; a PorticoError among them is told and does not stop the rest
    text    a row → its lines for people
    json    a row → what `--json` prints of it
    status  asked after the last row
    """

    rows: Iterable[Any]
    text: Callable[[Any], Iterable[str]]
    json: Callable[[Any], object] = field(default=lambda row: row)
    status: Callable[[], int] = field(default=lambda: DONE)


def run_and_print(run: Callable[[Namespace], Answer], args: Namespace) -> int:
    """Run a verb, print its answer and return the exit status. A bug keeps its traceback."""
    try:
        return _print(run(args), as_json=args.json)
    except PorticoError as error:
        tell(error)
        return error.exit_status
    except KeyboardInterrupt:
        tell("Cancelled. What was reported as done is done; nothing else was changed. Run the same command to go on.")
        return NOTHING_DONE
    except BrokenPipeError:  # the reader of a pipe (head) left early; flushing again at exit would complain
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE


def tell(message: object) -> None:
    """A message for the person at the terminal."""
    print(f"portico: {message}", file=sys.stderr)


def _print(answer: Answer, *, as_json: bool) -> int:
    failed: list[int] = []
    good = 0
    for row in answer.rows:
        if isinstance(row, PorticoError):
            tell(row)
            failed.append(row.exit_status)
            continue
        good += 1
        lines = [dumps(answer.json(row))] if as_json else answer.text(row)
        for line in lines:
            print(line)
    sys.stdout.flush()
    if not failed:
        return answer.status()
    return NEEDS_A_PERSON if good else max(failed)


def dumps(value: object) -> str:
    """One line of JSON. Facts in canonical form, plain dictionaries in their own order."""
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, default=_plain)
    return to_json(value).decode()


def _plain(value: object) -> object:
    return json.loads(to_json(value))
