"""The SQLite that records are kept in: one without the race that could lose commits."""

import sys
from importlib import import_module

from portico.store.errors import RecordError

_BACKEND = "django.db.backends.sqlite3.base"


def is_safe(version: tuple[int, ...]) -> bool:
    """Whether this SQLite has the fix of 2025 for its write-ahead log: 3.51.3, or 3.44.6 and 3.50.7 of the older lines.

    Source: https://www.sqlite.org/wal.html#walresetbug

    >>> is_safe((3, 40, 1)), is_safe((3, 50, 7)), is_safe((3, 51, 2)), is_safe((3, 53, 4))
    (False, True, False, True)
    """
    if version >= (3, 51):
        return version >= (3, 51, 3)
    return version >= (3, 50, 7) or (3, 44, 6) <= version < (3, 45)


def use_bundled_sqlite() -> None:
    """Makes Django use the SQLite that comes with Portico, and refuses one that may lose commits.

    Must come before Django's SQLite backend is imported; then the interpreter's own `sqlite3` is put back.
    Raises RecordError when Django already uses an affected one.
    """
    if _BACKEND not in sys.modules:
        _import_backend_with("pysqlite3")
    refuse_unsafe(import_module(_BACKEND).Database.sqlite_version_info)


def refuse_unsafe(version: tuple[int, ...]) -> None:
    """Raises RecordError for a SQLite that may lose commits."""
    if not is_safe(version):
        raise RecordError(
            f"SQLite {'.'.join(map(str, version))}",
            "this version can lose what was written (its write-ahead log, mended in 3.51.3)",
            "No record was opened.",
            "Import `portico.store` before Django's database backends, so that the SQLite of `pysqlite3` is used.",
        )


def _import_backend_with(library: str) -> None:
    names = ("sqlite3", "sqlite3.dbapi2")
    before = {name: sys.modules.get(name) for name in names}
    sys.modules["sqlite3"] = import_module(library)
    sys.modules["sqlite3.dbapi2"] = import_module(f"{library}.dbapi2")
    try:
        import_module(_BACKEND)
    finally:
        for name, module in before.items():
            if module is None:
                del sys.modules[name]
            else:
                sys.modules[name] = module
