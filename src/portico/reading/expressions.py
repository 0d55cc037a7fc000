"""The parts of a regular expression, as far as it takes to say which letters a match of it must hold.

Reads the notation that cue files may use: letters, classes, groups, repeats. What it does not know stands for anything.
"""

import string
from collections.abc import Sequence
from dataclasses import dataclass

_BLANK = r"\s"
_UNSURE = frozenset("^-\\")
_AROUND = ("(?=", "(?!", "(?<=", "(?<!")


@dataclass(frozen=True, slots=True)
class Part:
    """One character, class or group, and how often it must stand.

    letter  in small letters; empty for what is no certain letter; a blank with `least` None for any white space
    groups  the alternatives of a group, or the characters of a small class; empty for what is none
    around  takes no room: a line's end, or a look at what stands before or after
    least   1 without a quantifier, 0 if it may be left out, None for one or more
    again   may stand more than once
    """

    letter: str = ""
    groups: tuple[tuple["Part", ...], ...] = ()
    around: bool = False
    least: int | None = 1
    again: bool = False


Alternatives = Sequence[Sequence[Part]]


def alternatives(expression: str) -> Alternatives:
    """What a match may be: `a|b` has two alternatives, each a row of parts."""
    return _Reader(expression).alternatives()


class _Reader:
    """Reads an expression once, from left to right."""

    def __init__(self, expression: str) -> None:
        self.text, self.place = expression, 0

    def alternatives(self) -> tuple[tuple[Part, ...], ...]:
        found = [self._sequence()]
        while self._take("|"):
            found.append(self._sequence())
        return tuple(found)

    def _sequence(self) -> tuple[Part, ...]:
        """One part after another."""
        found = []
        while self.place < len(self.text) and self.text[self.place] not in "|)":
            letter, groups, around = self._atom()
            least, again = self._repeats()
            if letter == _BLANK:
                letter = "" if least is not None else " "
            found.append(Part(letter, groups, around, least, again))
        return tuple(found)

    def _atom(self) -> tuple[str, tuple[tuple[Part, ...], ...], bool]:
        text = self.text
        if text[self.place] == "(":
            return self._group()
        if text[self.place] == "[":
            start, self.place = self.place + 1, text.index("]", self.place + 2) + 1
            return "", _one_of(text[start : self.place - 1]), False
        if text[self.place] == "\\":
            escaped = text[self.place + 1]
            self.place += 2
            if escaped == "d":
                return "", _one_of(string.digits), False
            return (_BLANK if escaped == "s" else "" if escaped.isalnum() else escaped), (), escaped == "b"
        self.place += 1
        sign = text[self.place - 1]
        return ("" if sign in ".^$" else sign.lower()), (), sign in "^$"

    def _group(self) -> tuple[str, tuple[tuple[Part, ...], ...], bool]:
        around = self.text.startswith(_AROUND, self.place)
        self.place += 1
        if self._take("?"):
            while self.text[self.place] not in ":=!":  # flags, a name, "<" of a look-behind
                self.place += 1
            self.place += 1
        inner = self.alternatives()
        self._take(")")
        return "", () if around else inner, around

    def _repeats(self) -> tuple[int | None, bool]:
        if self.place >= len(self.text) or self.text[self.place] not in "?*+{":
            return 1, False
        mark = self.text[self.place]
        if mark == "{":
            end = self.text.index("}", self.place)
            least = self.text[self.place + 1 : end].split(",")[0] or "0"
            self.place = end + 1
        else:
            least = "1" if mark == "+" else "0"
            self.place += 1
        self._take("?")
        return None if int(least) else 0, mark != "?"

    def _take(self, mark: str) -> bool:
        here = self.text.startswith(mark, self.place)
        self.place += here
        return here


def _one_of(characters: str) -> tuple[tuple[Part, ...], ...]:
    """Each character of a class as an alternative; none for a class with ranges or escapes."""
    return () if _UNSURE.intersection(characters) else tuple((Part(each.lower()),) for each in characters)
