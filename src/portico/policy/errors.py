"""What goes wrong with rules and cases, in words for the person who can mend it."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from reprlib import Repr

from portico.facts import PorticoError


class RuleError(PorticoError):
    """A file of the rule book cannot be used. The fields are for a report and `--json`.

    key     where in the file: `provisions[2].satisfied_if.fact`
    found   what stands there, wanted  what may
    """

    def __init__(self, file: Path, key: str, found: str, wanted: str) -> None:
        self.file, self.key, self.found, self.wanted = file, key, found, wanted
        super().__init__(
            f"{file.name}, {key or 'the whole file'}: {found} where the rule book wants {wanted}. "
            "No rule was loaded, for half a rule book would answer wrongly; the record is unchanged. "
            "Correct the file and start again."
        )


class CaseError(PorticoError):
    """A case cannot be used: an unknown key, fact, value or place attribute, or a date that cannot be.

    case  the id of the case, None where the file itself is at fault
    """

    exit_status = 2

    def __init__(self, file: str, case: str | None, key: str, found: str, wanted: str) -> None:
        self.file, self.case, self.key, self.found, self.wanted = file, case, key, found, wanted
        where = ", ".join(part for part in (file, f"case {case}" if case else "", key) if part)
        super().__init__(
            f"{where}: {found} is not {wanted}. No case of the file was answered; nothing was changed. "
            "Correct it, or leave out what is not known, and ask again."
        )


class UnknownRuleError(PorticoError):
    """No rule of the book has that id."""

    exit_status = 2

    def __init__(self, found: str, ids: Iterable[str]) -> None:
        self.found = found
        self.close = tuple(get_close_matches(found, list(ids)))
        hint = (
            f"Did you mean {' or '.join(self.close)}?"
            if self.close
            else "`portico rules` lists those of a day and place."
        )
        super().__init__(f"There is no rule {found!r} in the rule book. Nothing was changed. {hint}")


@dataclass(frozen=True, slots=True)
class At:
    """A place in a file of the rule book, for messages.

    >>> At(Path("a.yaml")).key("provisions").item(2).key("text").path
    'provisions[2].text'
    """

    file: Path
    path: str = ""

    def key(self, name: str) -> "At":
        return At(self.file, f"{self.path}.{name}" if self.path else name)

    def item(self, index: int) -> "At":
        return At(self.file, f"{self.path}[{index}]")

    def error(self, found: object, wanted: str) -> RuleError:
        return self.problem(shown(found), wanted)

    def problem(self, words: str, wanted: str) -> RuleError:
        """The same, where words say better than the value what stands there."""
        return RuleError(self.file, self.path, words, wanted)


def shown(found: object) -> str:
    """A value for a message: short however large it is."""
    return "nothing" if found is None else _SHORT.repr(found)


_SHORT = Repr()
_SHORT.maxstring = _SHORT.maxother = 120
