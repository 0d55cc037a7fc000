"""The screens: every package beside this one that has a `screen.py` is one. Nothing else lists them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from pkgutil import iter_modules

from portico.web.access.acts import Act

Endpoints = Mapping[str, Mapping[str, Act]]
"""Name of an address → method → what one must be allowed to do. HEAD goes as GET; a method not named is refused."""

_WEB = "portico.web"


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """One screen.

    name       of its package, its addresses ("inbox:list") and its folder of templates
    path       where its addresses begin: "inbox/"
    title      what the navigation calls it, translated when shown (gettext_lazy)
    start      the address that the navigation opens, without the screen's name
    place      its place in the navigation; None = not in it
    says       one line for the start page: what one does there
    endpoints  every address of its `urls.py`, see `Endpoints`
    examples   address → values for what it asks ({"claim": "c-0.1"}), for the tests that call every address; where
               there is none they ask for 1
    waiting    how many things wait for this user, shown beside the title; called with the request on every page, so
               it must be fast (an index, no folding)
    """

    name: str
    path: str
    title: str
    start: str = ""
    place: int | None = None
    says: str = ""
    endpoints: Endpoints = field(default_factory=dict)
    examples: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    waiting: Callable[[object], int] | None = None

    @property
    def package(self) -> str:
        return f"{_WEB}.{self.name}"

    @property
    def opens(self) -> str:
        """The name of the address that the navigation opens."""
        return f"{self.name}:{self.start}"


@cache
def screens() -> tuple[Screen, ...]:
    """Every screen: those of the navigation in their order, then the others."""
    found = [import_module(f"{package}.screen").SCREEN for package in _packages("screen")]
    return tuple(sorted(found, key=lambda each: (each.place is None, each.place or 0, each.name)))


@cache
def apps_of_screens() -> tuple[str, ...]:
    """The packages of screens that have tables of their own."""
    return tuple(package for package in _packages("models") if find_spec(f"{package}.screen"))


def _packages(module: str) -> list[str]:
    here = [str(Path(__file__).parents[1])]
    names = sorted(f"{_WEB}.{each.name}" for each in iter_modules(here) if each.ispkg)
    return [name for name in names if find_spec(f"{name}.{module}")]
