"""The record behind a page. One is open in a process, twice: with guarded words masked, and with them open."""

import threading
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.signals import setting_changed
from django.db import connections
from django.http import HttpRequest

from portico.store import Record, open_record
from portico.web.access.acts import Act
from portico.web.access.permissions import may
from portico.web.access.viewer import viewer_of


class Locked(Exception):  # noqa: N818  (a state of the session, not a fault)
    """The page shows guarded words and the session is locked: the answer is a page that unlocks it and comes back."""


@dataclass(slots=True)
class _Open:
    """masked: guarded words as `[guarded]`, whoever asks; whole: with the key, if it is this record's."""

    masked: Record
    whole: Record


_opening = threading.Lock()
_open: _Open | None = None


def record_of(request: HttpRequest) -> Record:
    """The record for reading and writing, with guarded words masked: what nearly every page needs.

    Writing needs no key: what somebody types is sealed to the record. Give `request.user.actor` as the actor.
    """
    return _records().masked


def guarded_record(request: HttpRequest, *subjects: str) -> Record:
    """The record with guarded words open, after the log says who opened what.

    subjects  ids of what the page shows of it: incidents, accounts, documents, persons. Each call is an entry, so
              call it once in a request, with all of them.
    Raises PermissionDenied for a role that never opens them, and Locked while the session is locked.
    """
    viewer = viewer_of(request)
    if not may(viewer, Act.OPEN_GUARDED):
        raise PermissionDenied("guarded words")
    if not viewer.unlocked:
        raise Locked
    _note(request, subjects)
    return _records().whole


def best_record(request: HttpRequest, *subjects: str) -> Record:
    """The record with guarded words open where this session may see them now, else masked. Openings are logged."""
    viewer = viewer_of(request)
    if viewer.unlocked and may(viewer, Act.OPEN_GUARDED):
        return guarded_record(request, *subjects)
    return record_of(request)


def _note(request: HttpRequest, subjects: Iterable[str]) -> None:
    shown = request.resolver_match.view_name if request.resolver_match else ""
    _records().masked.note_read(subjects, actor=request.user.actor, shown=shown)


def _records() -> _Open:
    """Opened at the first request of a process: connections do not survive its fork."""
    global _open  # noqa: PLW0603  (one record for one process)
    if _open is None:
        with _opening:
            if _open is None:
                place = settings.PORTICO_PLACE
                _open = _Open(
                    _kept(open_record(place.folder)), _kept(open_record(place.folder, key_file=place.key_file))
                )
    return _open


def _kept(record: Record) -> Record:
    """The record, its connections kept between the requests of a thread."""
    for alias in record.aliases:
        connections.databases[alias]["CONN_MAX_AGE"] = None
    return record


def close_records() -> None:
    """Closes them; the next request opens them again."""
    global _open  # noqa: PLW0603
    with _opening:
        if _open is not None:
            _open.masked.close()
            _open.whole.close()
        _open = None


def _moved(*, setting: str, **_: object) -> None:
    if setting == "PORTICO_PLACE":
        close_records()


setting_changed.connect(_moved)
