"""The desk's own secrets: what signs its cookies, and what seals the second factors of its users."""

import base64
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from portico.web.site.place import SiteError

_SHORTEST = 50  # characters; Django asks for as many
_FEWEST_KINDS = 5


@dataclass(frozen=True, slots=True)
class Secrets:
    """signing: signs cookies and links. sealing: 32 bytes, seals second factors in the desk's database."""

    signing: str = field(repr=False)
    sealing: bytes = field(repr=False)


def ensure_secrets(path: Path, random: Callable[[int], bytes] = os.urandom) -> Secrets:
    """The secrets of the file, made with mode 0600 if there is none.

    It is not the key of the record: losing it signs everybody out and asks for new second factors, no more.
    Raises SiteError when others may read it, or a secret is weak.
    """
    if not path.exists():
        _make(path, random)
    status = path.stat()
    if status.st_mode & 0o077 or not stat.S_ISREG(status.st_mode):
        raise SiteError(f"others may read its secrets, {path}", f"Delete the file: a new one is made. Then {_BACK}")
    return _parse(path)


_BACK = "everybody signs in again and sets up the second factor again."


def _make(path: Path, random: Callable[[int], bytes]) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    lines = [_text(random(48)), _text(random(32))]
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(file, "w", encoding="ascii") as out:
        out.write("# Portico: the desk's own secrets. Not the key of the record.\n")
        out.write(f"signing: {lines[0]}\nsealing: {lines[1]}\n")


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _parse(path: Path) -> Secrets:
    lines = path.read_text(encoding="ascii", errors="replace").splitlines()
    fields = dict(line.split(": ", 1) for line in lines if ": " in line and not line.startswith("#"))
    signing, sealing = fields.get("signing", ""), base64.b64decode(fields.get("sealing", ""))
    if len(signing) < _SHORTEST or len(set(signing)) < _FEWEST_KINDS or len(sealing) != 32:
        raise SiteError(f"a secret in {path} is weak or was cut", f"Delete the file: a new one is made. Then {_BACK}")
    return Secrets(signing, sealing)
