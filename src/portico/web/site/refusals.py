"""What a desk must not start with."""

import stat
from pathlib import Path

from portico.web.site.place import DESK_FILE, Place, SiteError

_PRIVATE = ("record.sqlite3", "keyring.sqlite3", DESK_FILE)


def refuse_unsafe(place: Place) -> None:
    """Raises SiteError for DEBUG, and for databases or keys that others on this machine may read.

    Weak secrets are refused where they are read, and a SQLite that may lose commits where it is loaded.
    """
    if place.debug:
        raise SiteError(
            "it was asked to debug, and then its error pages show what is guarded",
            "Unset PORTICO_DEBUG and DJANGO_DEBUG.",
        )
    for name in _PRIVATE:
        _refuse_open_file(place.folder / name)
    _refuse_open_file(place.key_file)


def _refuse_open_file(path: Path) -> None:
    if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise SiteError(
            f"others on this machine may read {path.name}",
            f"Close it: chmod 600 {path}; and if others could have read it, ask who did.",
        )
