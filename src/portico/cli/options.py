"""The options that are the same everywhere."""

import os
import re
from argparse import ArgumentParser, ArgumentTypeError
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path


def answering(parser: ArgumentParser) -> None:
    """Options of every command."""
    parser.add_argument("--json", action="store_true", help="one JSON object on a line instead of the text for people")
    parser.add_argument("--quiet", action="store_true", help="no progress")


def of_record(parser: ArgumentParser) -> None:
    """Options of a command that opens the record."""
    answering(parser)
    parser.add_argument(
        "--record",
        type=Path,
        metavar="DIR",
        default=Path(os.environ.get("PORTICO_RECORD", "portico-record")),
        help="the record (default $PORTICO_RECORD, else ./portico-record)",
    )


def as_of(parser: ArgumentParser) -> None:
    """Option of a command that answers from the record."""
    parser.add_argument(
        "--as-of", type=moment, metavar="DATE", help="as the record stood at the end of that day (UTC), or at that time"
    )


def writing(parser: ArgumentParser) -> None:
    """Options of a command that writes to the record."""
    of_record(parser)
    parser.add_argument("--dry-run", action="store_true", help="say what would happen, write nothing")
    parser.add_argument(
        "--as", dest="actor", type=_actor, metavar="WHO", default=_login(), help="who decides (default: you)"
    )


def moment(words: str) -> datetime:
    """A UTC instant from a day (its end) or a time as ISO 8601. Raises ArgumentTypeError, saying what to write."""
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", words):
            return datetime.combine(date.fromisoformat(words) + timedelta(days=1), time(), UTC)
        at = datetime.fromisoformat(words)
    except (ValueError, OverflowError):
        raise ArgumentTypeError(
            f"{words!r} is not a day such as 2026-11-24 or a time such as 2026-11-24T09:30Z"
        ) from None
    return at.replace(tzinfo=at.tzinfo or UTC)


def _login() -> str:
    return os.environ.get("PORTICO_ACTOR") or os.environ.get("USER") or "local"


def _actor(words: str) -> str:
    if not re.fullmatch(r"[\w.@-]{1,64}", words):
        raise ArgumentTypeError(f"{words!r} is not an id: letters, digits, dot, hyphen or underscore, at most 64")
    return f"person:{words}"


def pairs(words: list[str], option: str) -> dict[str, list[str]]:
    """`K=V` words as a mapping; a name given twice has both values. Raises InputError naming a word that is not one."""
    from portico.cli.inputs import InputError

    for word in words:
        if "=" not in word:
            raise InputError(f"{option} {word!r}: write it as NAME=VALUE. Nothing was done.")
    named: dict[str, list[str]] = {}
    for name, value in (word.split("=", 1) for word in words):
        named.setdefault(name, []).append(value)
    return named
