"""Which letters a regular expression cannot match without: a cheap look before the costly search.

Only literal runs of three characters or more that every match must contain are taken. The answer is a row of sets: a
match contains at least one of each set. Where nothing is certain the row is empty, and the search is made.
"""

_SHORTEST = 3
_MOST = 40
_LOOKAROUND = ("(?=", "(?!", "(?<=", "(?<!")

Needles = tuple[frozenset[str], ...]


def needles(expression: str) -> Needles:
    """Sets of small-letter strings: every match of the expression contains at least one string of each set.

    >>> [sorted(each) for each in needles(r"(?:took|taken)\\s+into custody")]
    [['into custody'], ['taken', 'took']]
    """
    return tuple(sorted(_Reader(expression).alternatives(), key=_quality, reverse=True))


class _Reader:
    """Reads an expression once, from left to right."""

    def __init__(self, expression: str) -> None:
        self.text, self.place = expression, 0

    def alternatives(self) -> Needles:
        """The needles of `a|b|c`: those of a alone, or the best of each together; none if one of them has none."""
        found = [self._sequence()]
        while self._take("|"):
            found.append(self._sequence())
        if len(found) == 1:
            return found[0]
        return () if () in found else (frozenset().union(*map(_best, found)),)

    def _sequence(self) -> Needles:
        """The needles of one part after another."""
        found: list[frozenset[str]] = []
        run = ""
        while self.place < len(self.text) and self.text[self.place] not in "|)":
            letter, inner = self._atom()
            least = self._repeats()
            if letter and least == 1:
                run += letter
                continue
            found += _literal(run)
            run = ""
            if least is None or least > 0:
                found += inner or _literal(letter)
        return tuple(found + _literal(run))

    def _atom(self) -> tuple[str, Needles]:
        """One character, class or group: the letter that it stands for, or the needles inside it."""
        text = self.text
        if text[self.place] == "(":
            return "", self._group()
        if text[self.place] == "[":
            self.place = text.index("]", self.place + 2) + 1
            return "", ()
        if text[self.place] == "\\":
            escaped = text[self.place + 1]
            self.place += 2
            return ("" if escaped.isalnum() else escaped), ()
        self.place += 1
        return ("" if text[self.place - 1] in ".^$" else text[self.place - 1].lower()), ()

    def _group(self) -> Needles:
        around = self.text.startswith(_LOOKAROUND, self.place)
        self.place += 1
        if self._take("?"):
            while self.text[self.place] not in ":=!":  # flags, a name, "<" of a look-behind
                self.place += 1
            self.place += 1
        inner = self.alternatives()
        self._take(")")
        return () if around else inner

    def _repeats(self) -> int | None:
        """How often the last atom must stand: 1 without a quantifier, 0 if it may be left out, None for one or more."""
        if self.place >= len(self.text) or self.text[self.place] not in "?*+{":
            return 1
        mark = self.text[self.place]
        if mark == "{":
            end = self.text.index("}", self.place)
            least = self.text[self.place + 1 : end].split(",")[0] or "0"
            self.place = end + 1
        else:
            least = "1" if mark == "+" else "0"
            self.place += 1
        self._take("?")
        return None if int(least) else 0

    def _take(self, mark: str) -> bool:
        here = self.text.startswith(mark, self.place)
        self.place += here
        return here


def _literal(run: str) -> list[frozenset[str]]:
    return [frozenset((run,))] if len(run) >= _SHORTEST else []


def _best(found: Needles) -> frozenset[str]:
    return max(found, key=_quality)


def _quality(each: frozenset[str]) -> tuple[bool, int, int]:
    """How much a set rules out: long strings, and few of them."""
    return len(each) <= _MOST, min(map(len, each)), -len(each)
