"""The desk in a browser on this machine: read, decide, link, look up rules and figures. Ctrl-C ends it.

The first administrator is made here, at the terminal, never in the browser. --demo needs nothing: a fresh temporary
record of invented people, and a demonstration user who is signed in already; both are gone when it ends.
"""

import os
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from portico.cli.options import of_record
from portico.cli.output import Answer, tell
from portico.facts import PorticoError

if TYPE_CHECKING:
    from portico.web.site import Place

_PORT = 8740


class NoAdministratorError(PorticoError):
    """Nobody could let people in."""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--demo", action="store_true", help="the bundled sample, with a signed-in demonstration user")
    parser.add_argument("--port", type=int, default=_PORT, metavar="N", help=f"default {_PORT}; 0 takes a free one")
    parser.add_argument("--no-browser", action="store_true", help="do not open a browser")
    parser.add_argument(
        "--administrator", metavar="NAME", help="make an administrator of this name; asks for a password"
    )
    parser.add_argument("--workers", type=int, metavar="N", help="processes (default: one for each core, at least 2)")
    of_record(parser)


def run(args: Namespace) -> Answer:
    with _place(args) as place:
        _serve(place, args)
    return Answer(rows=(), text=str.splitlines)


@contextmanager
def _place(args: Namespace) -> "Iterator[Place]":
    from portico.web.site import place_of

    if not args.demo:
        yield place_of({**os.environ, "PORTICO_RECORD": str(args.record)}, Path.home())
        return
    with tempfile.TemporaryDirectory(prefix="portico-demo-") as folder:
        there = {"PORTICO_RECORD": f"{folder}/record", "PORTICO_KEY_FILE": f"{folder}/demo-key"}
        yield replace(place_of(there, Path.home()), demonstration=True)


def _serve(place: "Place", args: Namespace) -> None:
    from portico.web.site import set_up_site
    from portico.web.site.serving import Desk, cores, free_port
    from portico.web.worker.beside import working

    port = free_port(args.port)
    with tempfile.TemporaryDirectory(prefix="portico-static-") as static:
        place = place if place.static else replace(place, static=Path(static))
        set_up_site(place)
        _prepare(place, args)
        with working(place):
            Desk(port, args.workers or cores(), lambda address: _ready(address, args)).run()


def _prepare(place: "Place", args: Namespace) -> None:
    """The record, the desk's own tables, and somebody who can come in."""
    from portico.cli.demo import demonstrate, sample_documents
    from portico.store import open_record
    from portico.web.site.setup import bring_up_to_date

    create = place.demonstration or args.administrator is not None
    if create and not place.key_file.exists() and not place.demonstration:
        tell(
            f"Making the key that opens guarded data: {place.key_file}. Back it up; without it guarded words are lost."
        )
    with open_record(place.folder, key_file=place.key_file, create=create) as record:
        if place.demonstration:
            demonstrate(record, sample_documents())
    bring_up_to_date(place)
    if not place.demonstration:
        _ensure_administrator(args.administrator)


def _ensure_administrator(name: str | None) -> None:
    """Makes the administrator that was asked for, and asks for one when there is none."""
    from django.db import connections

    from portico.web.access.acts import Role
    from portico.web.access.models import User

    there = any(Role.ADMINISTRATOR in each.role_set for each in User.objects.filter(is_active=True))
    if name is not None or not there:
        name = name or _ask_name()
        if User.objects.filter(username__iexact=name).exists():
            raise NoAdministratorError(
                f"--administrator {name}: somebody has this name already. Nobody was changed. Leave the option out."
            )
        User.objects.create(username=name, password=_ask_password(name), roles=list(Role))
        tell(f"Made {name}, with every role; sign in, set up a second factor, and invite the others under People.")
    connections.close_all()


def _ask_name() -> str:
    if not sys.stdin.isatty():
        raise NoAdministratorError(
            "This record has no administrator, and there is no terminal to ask for one. Nothing was served. "
            "Start it once from a terminal, or give --administrator NAME and the password as the first line of input."
        )
    print("Nobody can sign in yet. Choose the first administrator.", file=sys.stderr)
    print("Name to sign in with: ", end="", file=sys.stderr, flush=True)
    return input().strip()


def _ask_password(name: str) -> str:
    """A password that keeps the desk's own rules. Raises NoAdministratorError with what is wrong with it."""
    from getpass import getpass

    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    from portico.web.access.models import User

    if sys.stdin.isatty():
        password = getpass(f"Password for {name}: ")
        again = getpass("The same again: ")
    else:
        password = again = sys.stdin.readline().rstrip("\n")
    try:
        validate_password(password, User(username=name))
    except ValidationError as problem:
        wrong = " ".join(problem.messages)
        raise NoAdministratorError(f"The password of {name}: {wrong} Nobody was made. Choose another.") from None
    if password != again:
        raise NoAdministratorError(f"The password of {name}: the two differ. Nobody was made. Type the same one twice.")
    return password


def _ready(address: str, args: Namespace) -> None:
    import webbrowser

    print(f'{{"ready": "{address}"}}' if args.json else f"ready {address}", flush=True)
    if not args.no_browser:
        webbrowser.open(address)
