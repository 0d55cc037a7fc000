"""Fields of the data files, read with their kind checked; whatever does not fit is a RuleError that names the key."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar

from portico.policy.errors import At, RuleError
from portico.policy.yaml_text import YamlError, read_yaml

Choice = TypeVar("Choice", bound=str)


class Fields:
    """The keys of one block. Each is taken once; `done` refuses those nobody asked for."""

    def __init__(self, raw: object, at: At) -> None:
        if not isinstance(raw, dict):
            raise at.error(raw, "a block of keys")
        self.at = at
        self._left: dict[str, object] = {str(key): value for key, value in raw.items()}

    @property
    def names(self) -> tuple[str, ...]:
        """The keys that are left."""
        return tuple(self._left)

    def has(self, key: str) -> bool:
        return key in self._left

    def take(self, key: str) -> object:
        """The value as it stands, None when the key is not there."""
        return self._left.pop(key, None)

    def text(self, key: str) -> str:
        return text(self.take(key), self.at.key(key))

    def maybe_text(self, key: str) -> str | None:
        return None if self._blank(key) else self.text(key)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; empty when the key is not there."""
        at = self.at.key(key)
        return tuple(text(each, at.item(n)) for n, each in enumerate(self.items(key)))

    def items(self, key: str) -> list[object]:
        """A list; empty when the key is not there."""
        found = self._left.pop(key, [])
        if not isinstance(found, list):
            raise self.at.key(key).error(found, "a list")
        return found

    def choice(self, key: str, choices: Iterable[Choice]) -> Choice:
        return choice(self.take(key), choices, self.at.key(key))

    def maybe_choice(self, key: str, choices: Iterable[Choice]) -> Choice | None:
        return None if self._blank(key) else self.choice(key, choices)

    def flag(self, key: str, default: bool = False) -> bool:
        """`true` or `false`."""
        return self.choice(key, ("true", "false")) == "true" if self.has(key) else default

    def day(self, key: str) -> date:
        found = self.take(key)
        try:
            return date.fromisoformat(str(found))
        except ValueError:
            raise self.at.key(key).error(found, "a day that can be, as 2019-04-17") from None

    def maybe_day(self, key: str) -> date | None:
        return None if self._blank(key) else self.day(key)

    def block(self, key: str) -> "Fields":
        return Fields(self.take(key), self.at.key(key))

    def blocks(self, key: str) -> Iterator["Fields"]:
        """A list of blocks; empty when the key is not there."""
        at = self.at.key(key)
        return (Fields(each, at.item(n)) for n, each in enumerate(self.items(key)))

    def named_blocks(self) -> Iterator[tuple[str, "Fields"]]:
        """Every key that is left, each with its block."""
        return ((key, self.block(key)) for key in self.names)

    def done(self) -> None:
        """Raises RuleError if a key is left: a misspelt one, or what follows a comma in an unquoted note."""
        for key in self._left:
            raise self.at.key(key).problem(
                f"the key {key!r}", "a key of the README (inside {} a comma starts a new one)"
            )

    def _blank(self, key: str) -> bool:
        """Whether the key is not there or holds nothing; then it is taken."""
        return self._left.get(key) is None and self._left.pop(key, None) is None


def text(found: object, at: At) -> str:
    if not isinstance(found, str) or not found.strip():
        raise at.error(found, "some words")
    return found


def choice(found: object, choices: Iterable[Choice], at: At) -> Choice:
    choices = tuple(choices)
    for each in choices:
        if each == found:
            return each
    raise at.error(found, f"one of {', '.join(choices)}")


def read_fields(file: Path) -> Fields:
    """The block that a file is. Raises RuleError."""
    return Fields(_read(file), At(file))


def read_entries(file: Path) -> Iterator[Fields]:
    """The blocks of a file that is a list. Raises RuleError."""
    found = _read(file)
    if not isinstance(found, list):
        raise At(file).error(found, "a list")
    return (Fields(each, At(file).item(n)) for n, each in enumerate(found))


def _read(file: Path) -> object:
    try:
        return read_yaml(file.read_text(encoding="utf-8"))
    except YamlError as error:
        raise RuleError(file, f"line {error.line}", error.problem, "YAML") from error
    except UnicodeDecodeError as error:
        raise RuleError(file, f"byte {error.start}", "a character that is not UTF-8", "UTF-8 text") from error
    except OSError as error:
        raise RuleError(file, "", error.strerror or "an unreadable file", "a file that can be read") from error
