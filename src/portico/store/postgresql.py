"""The two databases of a record in PostgreSQL: the one that `PORTICO_DATABASE_URL` names, and the keyring beside it.

The keyring is the database of the same name with `_keyring` behind it, so that it is backed up, and destroyed, apart.
Whoever runs the server makes both, empty; the tables are made by the first opening that may make a record.
"""

from urllib.parse import parse_qsl, unquote, urlsplit

from portico.store.errors import RecordError

KEYRING = "_keyring"
SCHEMA = "portico_record"
"""Apart from the desk's tables, which may be in the same database, and from its own list of migrations."""

BUSY_SECONDS = 20
_WRITING = 7_706_743  # any number, the same for every process: "portico", so to say
_MAKING = _WRITING + 1

ONE_WRITER = f"SELECT pg_advisory_xact_lock({_WRITING})"
"""Waits until nobody else writes to the record, until the end of the transaction."""

SCHEMA_MADE = f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"
ONE_MAKER, MADE = (f"SELECT pg_advisory_{act}({_MAKING})" for act in ("lock", "unlock"))


def settings_of(url: str, *, keyring: bool) -> dict[str, object]:
    """How Django reaches the database. Raises RecordError for an address that is not PostgreSQL's."""
    parts = urlsplit(url)
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in ("postgres", "postgresql") or not name:
        raise RecordError(
            "PORTICO_DATABASE_URL",
            "this is no address of a PostgreSQL database",
            "Nothing was opened.",
            "Write it as postgresql://user:password@host/name.",
        )
    said = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name + (KEYRING if keyring else ""),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or said.pop("host", "")),
        "PORT": str(parts.port or said.pop("port", "")),
        "OPTIONS": {
            **said,
            "options": f"-c search_path={SCHEMA} -c lock_timeout={BUSY_SECONDS}s -c synchronous_commit=on",
        },
    }
