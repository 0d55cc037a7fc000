"""Namesakes: whom a name, or a part of one, may stand for among the people of a text."""

from collections.abc import Iterable, Sequence

SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv", "esq"))


class Namesakes:
    """Names by their words, so that in a long text no name is compared with every other."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._names: list[list[str]] = []
        self._by_word: dict[str, list[int]] = {}
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        full = [word for each in name.split() if (word := each.rstrip(".").lower().replace("’", "'")) not in SUFFIXES]
        for word in dict.fromkeys(full):
            self._by_word.setdefault(word, []).append(len(self._names))
        self._names.append(full)

    def of(self, words: Sequence[str]) -> list[int]:
        """Numbers, in the order added, of the names that the words are the end, one word or the hyphened end of.

        Initials and suffixes apart. `words` are in small letters, without stops.
        """
        mine = [word for word in words if word not in SUFFIXES]
        if not mine:
            return []
        joined = "-".join(mine)
        near = {*self._by_word.get(mine[-1], ()), *self._by_word.get(joined, ())}
        return [number for number in sorted(near) if _is_part(mine, joined, self._names[number])]


def _is_part(mine: list[str], joined: str, full: list[str]) -> bool:
    if len(mine) > len(full):
        return False
    return len(mine) == 1 or mine == full[-len(mine) :] or joined == full[-1]
