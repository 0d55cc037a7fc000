"""Which names are those of the people taken or sought."""

import re

from portico.reading.joining import same_name
from portico.reading.mentions import BY_SIGNS
from portico.reading.scene import Line, Named, Scene
from portico.reading.telling import Telling

_AGE_AFTER = re.compile(r"\*?,? ?\(?(?:who is |aged? )?\d{1,2}[,.)]")
_INTRODUCED = re.compile(
    r"\b(?:client|defendant|man|woman|husband|wife|brother|sister|son|daughter|cousin|father|mother|immigrant|initials|named"
    r"|identified as),? $"
)
_BETWEEN_NAMES = re.compile(r",? (?:and )?$|, $")
_REACH = 8
_LEAST = 2


def named_persons(telling: Telling, *, several: bool) -> tuple[Named, ...]:
    """Those named with the words of taking; of a group, the whole list; else whom the story brings in as its person."""
    told = [p for p in telling.event.persons if p.name and not (_is_by_signs(telling) and _is_heard(telling, p.name))]
    if several or len({p.name for p in told}) > 1:
        listed = _list(telling)
        if listed:
            return listed
    if told:
        first = Named(told[0].start, told[0].end, told[0].name or "", told[0].gender)
        return (_fullest(telling, first),)
    likely = _likely(telling) if not several and telling.event.kind != "sighting" else None
    return (_fullest(telling, likely),) if likely else ()


def _is_by_signs(telling: Telling) -> bool:
    return telling.event.first.cue.value == BY_SIGNS


def _is_heard(telling: Telling, name: str) -> bool:
    """Who tells of an event that only signs show is seldom the one taken."""
    words = name.lower().split()
    return any(named.speaks for word in words for named in telling.scene.names_by_word.get(word, ()))


def _list(telling: Telling) -> tuple[Named, ...]:
    """Two or more names in a row, in the sentences of the event."""
    for line in telling.nearest(_REACH):
        row: list[Named] = []
        for named in telling.scene.names(line):
            if named.official:
                continue
            if row and not _BETWEEN_NAMES.fullmatch(telling.scene.text[row[-1].end : named.start].replace(".", "")):
                if len(row) > 1:
                    break
                row = []
            row.append(named)
        if len(row) > 1 and not any(named.speaks for named in row):
            return tuple(row)
    return ()


def _fullest(telling: Telling, name: Named) -> Named:
    """The longest spelling of the name in the text, as a surname alone says less."""
    words = name.name.lower().split()
    spelled = [n for word in words for n in telling.scene.names_by_word.get(word, ()) if same_name(n.name, name.name)]
    return max((name, *(n for n in spelled if not n.official)), key=lambda one: len(one.name.split()))


def _likely(telling: Telling) -> Named | None:
    """The name with most to show that it is the one: an age, an introduction, initials, being named again and again."""
    weighed: list[tuple[int, int, Named]] = []
    for line in telling.nearest(_REACH if not telling.alone else 99):
        if line.kind in ("caption", "title"):
            continue
        names = (named for named in telling.scene.names(line) if not named.official)
        weighed += [(_weight(telling, line, named), -named.start, named) for named in names]
    best = max(weighed, default=None, key=lambda one: one[:2])
    return best[2] if best and best[0] >= _LEAST else None


def _weight(telling: Telling, line: Line, named: Named) -> int:
    scene = telling.scene
    weight = 3 if _AGE_AFTER.match(scene.text, named.end, line.end) else 0
    weight += 3 if _INTRODUCED.search(scene.text, max(line.start, named.start - 30), named.start) else 0
    weight += 3 if "." in named.name[1:2] or " Doe " in named.name else 0
    weight += 1 if line in telling.mention_lines else 0
    weight += 1 if not named.listed else 0
    weight += min(2, _times(scene, named) - 1)
    weight += 1 if not named.speaks and _is_only_one(telling) else 0
    return weight - (2 if named.speaks else 0)


def _times(scene: Scene, named: Named) -> int:
    return scene.name_counts[named.name]


def _is_only_one(telling: Telling) -> bool:
    """Whether the text names one person only who neither holds an office nor speaks."""
    return telling.alone and len(telling.scene.plain_names) == 1
