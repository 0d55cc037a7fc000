"""Where a desk stands: its record, its keys, the address people reach it at. Read from the environment, once."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from portico.custody import default_key_file
from portico.facts import PorticoError

DESK_FILE = "desk.sqlite3"


class SiteError(PorticoError):
    """The desk will not start so. Nothing was served; the record is unchanged."""

    def __init__(self, what: str, next_step: str) -> None:
        super().__init__(f"The desk does not start: {what}. Nothing was served; the record is unchanged. {next_step}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One desk.

    folder         the record
    key_file       opens guarded data; outside the folder
    address        where people reach it, "https://desk.example.org"; None = this machine only, over http
    database_url   PostgreSQL for the desk's own tables; None = `desk.sqlite3` in the folder
    static         where stylesheets and scripts are put together; None = a temporary folder
    demonstration  the bundled sample: whoever comes from this machine is signed in as the demonstration user
    debug          as the environment says; a desk that is asked to debug does not start
    """

    folder: Path
    key_file: Path
    address: str | None = None
    database_url: str | None = None
    static: Path | None = None
    demonstration: bool = False
    debug: bool = False

    @property
    def desk_file(self) -> Path:
        """People, sessions and work in progress. Not the record: losing it loses no fact."""
        return self.folder / DESK_FILE

    @property
    def secret_file(self) -> Path:
        return self.key_file.with_name(f"{self.key_file.name}.desk")

    @property
    def is_public(self) -> bool:
        """Whether other machines reach it: then only over HTTPS."""
        return self.address is not None

    @property
    def host(self) -> str | None:
        return urlsplit(self.address).hostname if self.address else None


def place_of(environ: Mapping[str, str], home: Path) -> Place:
    """The desk that the environment names: PORTICO_RECORD, PORTICO_KEY_FILE, PORTICO_ADDRESS, PORTICO_DATABASE_URL.

    Raises SiteError for an address that other machines reach without HTTPS.
    """
    static = environ.get("PORTICO_STATIC")
    return Place(
        folder=Path(environ.get("PORTICO_RECORD", "portico-record")),
        key_file=default_key_file(environ, home),
        address=_checked(environ.get("PORTICO_ADDRESS") or None),
        database_url=environ.get("PORTICO_DATABASE_URL") or None,
        static=Path(static) if static else None,
        debug=environ.get("PORTICO_DEBUG", environ.get("DJANGO_DEBUG", "")).lower() in ("1", "true", "yes"),
    )


def _checked(address: str | None) -> str | None:
    if address is None or (parts := urlsplit(address)).hostname is None:
        if address is None:
            return None
        raise SiteError(f"PORTICO_ADDRESS is {address!r}", "Write it as https://desk.example.org.")
    if parts.scheme == "https":
        return f"https://{parts.netloc}"
    if is_loopback(parts.hostname):
        return None
    raise SiteError(
        f"PORTICO_ADDRESS is {address!r}, which other machines would reach unencrypted",
        "Put a proxy with a certificate before it, and write https://….",
    )


def is_loopback(host: str) -> bool:
    """Whether only this machine has that address.

    >>> [is_loopback(host) for host in ("127.0.0.1", "localhost", "::1", "10.0.0.3")]
    [True, True, True, False]
    """
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
