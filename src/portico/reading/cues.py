"""Cues: words that mean something to the reader, kept in files that a lawyer can read and correct.

A cue file is one idea (`data/<name>.yaml`):

    about: what the file is for, in one sentence
    parts:                          # optional: names for lists of words that several patterns share
      officer: agents?|officers?|men
    cues:
    - id: taken-into-custody        # permanent; `--explain` prints it
      means: an officer takes a person
      value: arrest                 # optional: the code that it stands for
      patterns:
      - (?:took|taken) (?:{officer} )?into custody
      example: They took the carpenter into custody.

A pattern is a regular expression with four conveniences: a blank stands for any white space, a straight apostrophe also
finds the curled one, `{officer}` stands for the named part, and word borders are put at both ends. `^` and `$` are a
line's ends. Letters' case does not matter, save inside `(?-i:…)`. Where two cues could begin at the same word, the one
that stands first in the file is taken.
(YAML reads a colon before a blank as its own: put single quotes around a pattern that has one.)
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from operator import itemgetter
from typing import Any

import yaml

from portico.reading.sights import Letters, Sights, Try, Vocabulary, all_between, letters_of

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PART = re.compile(r"\{([a-z_]+)\}")
_BEHIND = re.compile(r"\(\?<[!=][^()]*\)")
_EASED = re.compile(r"\[(?:\\.|[^\]])*\]| |'")
_EDGES = {"start": r"(?<![^\W_])", "end": r"(?![^\W_])"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One meaning and the words for it.

    id        permanent name inside its file
    means     in plain words
    value     the code it stands for; its id where the file gives none
    patterns  as the file has them
    example   an invented sentence in which the cue must be found
    """

    id: str
    means: str
    value: str
    patterns: tuple[str, ...]
    example: str


@dataclass(frozen=True, slots=True)
class Hit:
    """Words that a cue matched, as start and end in the text."""

    cue: Cue
    value: str
    start: int
    end: int


@dataclass(slots=True)
class _Pattern:
    """One pattern of a cue; `number` is its place in the file, `letters` are those that a match has and begins with."""

    cue: Cue
    number: int
    expression: str
    letters: Letters
    _compiled: re.Pattern[str] | None = None

    @property
    def compiled(self) -> re.Pattern[str]:
        """Made when first asked for: few texts have words for more than a tenth of the patterns."""
        if self._compiled is None:
            self._compiled = _compiled(self.expression)
        return self._compiled

    def search(self, text: str, start: int, end: int) -> "_Match | None":
        found = self.compiled.search(text, start, end)
        return (found.start(), self.number, found.end(), self) if found else None


_Match = tuple[int, int, int, _Pattern]
"""Start, number of the pattern, end, pattern: the least is the one to take."""


@dataclass(frozen=True, slots=True)
class _Tried:
    """The patterns that begin with certain letters, tried where words of the text begin with these."""

    patterns: Sequence[_Pattern]
    tries: Sequence[Try]

    def search(self, text: str, start: int, end: int) -> _Match | None:
        return next(self.every(text, [(start, end)]), None)

    def every(self, text: str, stretches: Sequence[tuple[int, int]]) -> Iterator[_Match]:
        """The matches in each of the stretches, which are in order and apart; no match overlaps another."""
        at, patterns = bisect_left(self.tries, stretches[0][:1]), self.patterns
        for start, end in stretches:
            free = start
            while at < len(self.tries) and self.tries[at][0] < end:
                place, numbers = self.tries[at]
                at += 1
                for number in numbers if place >= free else ():
                    if found := patterns[number].compiled.match(text, place, end):
                        free = found.end()
                        yield place, number, free, patterns[number]
                        break


@dataclass(frozen=True, slots=True)
class CueSet:
    """All cues of one file. Where two could begin at the same word, the first in the file is taken."""

    name: str
    cues: tuple[Cue, ...]
    patterns: tuple[_Pattern, ...]

    def find(self, text: str, start: int = 0, end: int | None = None) -> tuple[Hit, ...]:
        """Every hit between two places of the text, in order, none overlapping another."""
        return tuple(self._hits(text, start, len(text) if end is None else end))

    def find_in(self, text: str, stretches: Sequence[tuple[int, int]]) -> Iterator[Hit]:
        """What `find` gives for one stretch of the text after the other."""
        sights = _sights_of(text)
        if not stretches or sights.loose(self.name):
            return (hit for start, end in stretches for hit in self._hits(text, start, end))
        return map(_hit, _Tried(self.patterns, sights.tries(self.name)).every(text, stretches))

    def first(self, text: str, start: int = 0, end: int | None = None) -> Hit | None:
        return next(self._hits(text, start, len(text) if end is None else end), None)

    def has(self, text: str, start: int = 0, end: int | None = None) -> bool:
        return self.first(text, start, end) is not None

    def may_be_in(self, text: str, start: int, end: int) -> bool:
        """False only where no word between two places begins as a cue does: cheaper than to look for one."""
        sights = _sights_of(text)
        tries = sights.tries(self.name)
        at = bisect_left(tries, (start,))
        tried = at < len(tries) and tries[at][0] < end
        return tried or any(all_between(places, start, end) for _, places in sights.loose(self.name))

    def at(self, text: str, place: int, end: int | None = None) -> Hit | None:
        """The hit that begins exactly at a place, if there is one."""
        stop = len(text) if end is None else end
        sights = _sights_of(text)
        tries = sights.tries(self.name)
        known = bisect_left(tries, (place,))
        numbers = [number for number, _ in sights.loose(self.name)]
        if known < len(tries) and tries[known][0] == place:
            numbers += tries[known][1]
        for pattern in (self.patterns[number] for number in sorted(numbers)):
            found = pattern.compiled.match(text, place, stop)
            if found and found.end() > place:
                return Hit(pattern.cue, pattern.cue.value, place, found.end())
        return None

    def _hits(self, text: str, start: int, end: int) -> Iterator[Hit]:
        sights = _sights_of(text)
        loose = [self.patterns[n] for n, places in sights.loose(self.name) if all_between(places, start, end)]
        tried = _Tried(self.patterns, sights.tries(self.name))
        return map(_hit, _leftmost([*loose, tried], text, start, end) if loose else tried.every(text, [(start, end)]))


def _hit(match: _Match) -> Hit:
    start, _, end, pattern = match
    return Hit(pattern.cue, pattern.cue.value, start, end)


def _leftmost(searches: Sequence[_Pattern | _Tried], text: str, start: int, end: int) -> Iterator[_Match]:
    """The leftmost match of any, again and again; each is searched anew only when passed."""
    waiting = [(found, each) for each in searches if (found := each.search(text, start, end))]
    while waiting:
        first = min(waiting, key=itemgetter(0))[0]
        begun, _, stop, _ = first
        if stop > begun:
            yield first
        place = max(stop, begun + 1)
        again = ((f if f[0] >= place else each.search(text, place, end), each) for f, each in waiting)
        waiting = [(found, each) for found, each in again if found]


_SHORT = 420
_latest: dict[bool, Sights] = {}


def _sights_of(text: str) -> Sights:
    """Kept for the text read last, which is asked hundreds of times, and for the line last asked about beside it."""
    short = len(text) < _SHORT
    if short not in _latest or _latest[short].text is not text:
        _latest[short] = Sights(text, _vocabulary())
    return _latest[short]


@cache
def _vocabulary() -> Vocabulary:
    return Vocabulary({name: [each.letters for each in load_cues(name).patterns] for name in cue_files()})


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    try:
        return re.compile(f"{_EDGES['start']}(?:{expression}){_EDGES['end']}", re.IGNORECASE | re.MULTILINE)
    except re.error as problem:
        raise ValueError(f"the cue pattern {expression!r} cannot be read: {problem}") from problem


@cache
def load_cues(name: str) -> CueSet:
    """The cues of `data/<name>.yaml`, read once. Raises ValueError, naming file and cue, for a file that is broken."""
    content = _content(name)
    parts = {part: _pattern(f"{name}: part {part}", words, {}) for part, words in content.get("parts", {}).items()}
    cues = tuple(_cue(name, row) for row in content["cues"])
    if len({cue.id for cue in cues}) < len(cues):
        raise ValueError(f"{name}.yaml: two cues have the same id")
    written = [(cue, _pattern(f"{name}.yaml: cue {cue.id}", words, parts)) for cue in cues for words in cue.patterns]
    patterns = tuple(
        _Pattern(cue, number, expression, letters_of(expression)) for number, (cue, expression) in enumerate(written)
    )
    return CueSet(name, cues, patterns)


@cache
def load_words(name: str, *keys: str) -> frozenset[str]:
    """A plain list of words from `data/<name>.yaml`, under one key or a key inside a key."""
    content = _content(name)
    for key in keys:
        content = content[key]
    return frozenset(content)


@cache
def _content(name: str) -> Any:  # what a file holds is known only when its reader asks for it
    return yaml.load((_folder() / f"{name}.yaml").read_text("utf-8"), Loader=_LOADER)  # noqa: S506  (a safe loader)


def cue_files() -> tuple[str, ...]:
    """The names of every cue file of this room, for the test that tries each example."""
    files = (file for file in _folder().iterdir() if file.name.endswith(".yaml"))
    return tuple(sorted(file.name.removesuffix(".yaml") for file in files if "\ncues:" in file.read_text("utf-8")))


def _folder() -> Traversable:
    return resources.files("portico.reading") / "data"


def _cue(name: str, row: Mapping[str, object]) -> Cue:
    patterns = row.get("patterns")
    if not row.get("id") or not row.get("example") or not row.get("means") or not isinstance(patterns, list):
        raise ValueError(f"{name}.yaml: cue {row.get('id')!r} needs id, means, patterns and example")
    if not all(isinstance(pattern, str) for pattern in patterns):
        raise ValueError(
            f"{name}.yaml: cue {row['id']}: put single quotes around a pattern that has a colon and a blank"
        )
    return Cue(
        id=str(row["id"]),
        means=str(row["means"]),
        value=str(row.get("value", row["id"])),
        patterns=tuple(str(pattern) for pattern in patterns),
        example=str(row["example"]),
    )


def _pattern(where: str, written: str, parts: Mapping[str, str]) -> str:
    """A regular expression from the notation. Raises ValueError, saying where."""
    try:
        named = _PART.sub(lambda found: f"(?:{parts[found[1]]})", written)
        behind = _BEHIND.sub(lambda found: found[0].replace(" ", r"\s"), named)  # a look-behind has a fixed width
        expression = _EASED.sub(_ease, behind)
    except KeyError as unknown:
        raise ValueError(f"{where}: no part is called {unknown}") from None
    return expression


def _ease(found: re.Match[str]) -> str:
    """Blanks and apostrophes as the notation means them, in a class of characters too."""
    if found[0][0] == "[":
        return found[0].replace(" ", r"\s").replace("'", "'’")
    return r"\s+" if found[0] == " " else "['’]"
