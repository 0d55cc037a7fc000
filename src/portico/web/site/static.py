"""Which files are served beside the pages: ours, and of the packages only those that a page asks for."""

from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

_SERVED: tuple[tuple[str, str], ...] = (
    ("portico.web", "*"),
    ("django_htmx", "django_htmx/htmx-2.min.js"),
    ("allauth.account", "account/js/onload.js"),
    ("allauth.mfa", "mfa/js/webauthn*.js"),
)


class ServedFiles(BaseFinder):
    """Finds the files in the packages' `static` folders."""

    def check(self, **_: object) -> list[object]:
        return []

    def find(self, path: str, *_: object, **__: object) -> str | list[str]:
        return next((str(root / path) for root, name in _files() if name == path), [])

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        for root, name in _files():
            yield name, FileSystemStorage(location=root)


def _files() -> Iterator[tuple[Path, str]]:
    for package, pattern in _SERVED:
        root = Path(str(files(package))) / "static"
        for path in sorted(root.rglob(pattern)):
            if path.is_file():
                yield root, path.relative_to(root).as_posix()
