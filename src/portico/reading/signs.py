"""Signs: what speaks for an event where no word of arrest stands, weighed together.

"By second call there was a hat on the bench" tells of an arrest in no word that a list could hold. What shows it is how
much stands together: officers, a court, a hall, somebody in particular, a day, something left behind. Each cue file's
value that stands in a setting is a sign; `data/event_weights.yaml` says what each weighs.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from portico.reading.cues import Cue, Hit
from portico.reading.mentions import BY_SIGNS, ELSEWHERE, NEGATED, TALK, Kind, Mention, explained
from portico.reading.persons import PersonPhrase
from portico.reading.scene import Line, Scene
from portico.reading.settings import Setting, settings_of
from portico.reading.weights import Weights, load_weights

_HERE = (
    *("arrest", "attempt", "sighting", "officers", "closing_in", "vanished", "left_alone", "agency", "zone"),
    *(
        "plain_clothes",
        "staff",
        "role",
        "proceeding",
        "not_an_incident",
        "another",
        "doubt",
        "other_officers",
        "actions",
    ),
)
_ANYWHERE = ("agency", "not_an_incident", "doubt", "other_officers")
_APART = frozenset({"caption", "furniture", "dateline"})
_TELLING = ("vanished", "closing_in", "left_alone", "attempt", "sighting", "arrest", "officers")

_NO_CUE = Cue(id="signs", means="Several signs together.", value=BY_SIGNS, patterns=(), example="")
LEAST, LEAST_BESIDE = 0.0, 1.2
_MOST, _FEW = 6, 3
_COUNTED, _CHARGED = "not_an_incident.total", "not_an_incident.charge"

Signs = frozenset[str]
Matter = tuple[Setting, ...]


def signs_in(scene: Scene, setting: Setting) -> Signs:
    """The signs of one setting: "file.value" for each cue in it, and what it names; "text.…" for those anywhere."""
    return frozenset(_signs_here(scene, setting)) | scene.kept("signs of the text", _of_text)


def by_signs(scene: Scene, matters: Sequence[Matter], told: Sequence[Mention]) -> tuple[Mention, ...]:
    """The events of settings in which no mention stands and whose signs weigh enough."""
    return tuple(_proposals(scene, matters, told, load_weights("event_weights")))


def _proposals(scene: Scene, matters: Sequence[Matter], told: Sequence[Mention], weights: Weights) -> Iterator[Mention]:
    taken = {mention.line.number for mention in told if not mention.weak and mention.kind != "nobody"}
    may_tell = [(matter, setting) for matter in matters for setting in _open(matter, taken)]
    if not may_tell or not _may_be_told(scene):
        return
    # Where all that is told closely is told of another place, the rest of the text most likely goes on with that.
    least = LEAST_BESIDE if not taken and explained(scene, ELSEWHERE) else LEAST
    away, denied = explained(scene, ELSEWHERE | TALK), explained(scene, NEGATED)
    for matter, setting in may_tell:
        if _holds(setting, away) or (_holds(setting, denied) and not _is_told_beside(scene, setting, denied)):
            continue
        signs = signs_in(scene, setting)
        if _COUNTED in signs or (taken and not _is_another(signs)):
            continue
        if weights.of(signs) > least:
            yield _mention(scene, setting, _range(matter))


def _is_told_beside(scene: Scene, setting: Setting, denied: Collection[int]) -> bool:
    """Whether other sentences than those that deny it tell of something."""
    return any(line.number not in denied for line, _ in _told(scene, setting))


def _may_be_told(scene: Scene) -> bool:
    """A court, and an agency or police, somewhere in the text: without them no event would stand. Cheap to ask."""
    courts = [court for line in scene.lines for court in scene.courts(line)]
    if not courts and not scene.shows_court:
        return False
    return any(court.court_system == "eoir" for court in courts) or any(
        scene.hits("agency", line) or scene.hits("other_officers", line) for line in scene.lines
    )


def _is_another(signs: Signs) -> bool:
    """Beside another event, one told by signs needs a place or day, and no old charge: else it is more of the same."""
    return _CHARGED not in signs and any(sign.startswith(("zone.", "court.", "day.")) for sign in signs)


def _open(matter: Matter, taken: Collection[int]) -> Sequence[Setting]:
    """The settings of a matter that may tell of an event: all, if no mention stands in it, else its first at most."""
    if not any(_holds(setting, taken) for setting in matter):
        return matter
    return [setting for setting in matter[:1] if setting.apart and not _holds(setting, taken)]


def _holds(setting: Setting, numbers: Collection[int]) -> bool:
    return any(line.number in numbers for line in setting.lines)


def matters_of(scene: Scene) -> tuple[Matter, ...]:
    """The settings that go on with one matter together: each begins with one that is set apart, the first with any."""
    matters: list[list[Setting]] = []
    for setting in settings_of(scene):
        if setting.apart or not matters:
            matters.append([])
        matters[-1].append(setting)
    return tuple(map(tuple, matters))


def with_matters(matters: Sequence[Matter], told: Sequence[Mention]) -> tuple[Mention, ...]:
    """The mentions, each with its matter and that matter's day; if it is apart, the day sets the event apart too."""
    held = {line.number: matter for matter in matters for setting in matter for line in setting.lines}
    return tuple(_in_matter(one, held.get(one.line.number)) for one in told)


def _in_matter(mention: Mention, matter: Matter | None) -> Mention:
    if matter is None:
        return mention
    days = [setting.day for setting in matter if setting.day and setting.day.start <= mention.cue.end]
    day = days[-1] if days else None
    return replace(mention, day=day if matter[0].apart else None, setting_day=day, matter=_range(matter))


def _range(matter: Matter) -> range:
    return range(matter[0].lines[0].number, matter[-1].lines[-1].number + 1)


def _mention(scene: Scene, setting: Setting, matter: range) -> Mention:
    line, hit = next(_told(scene, setting), (setting.lines[0], None))
    cue = replace(hit, value=BY_SIGNS) if hit else Hit(_NO_CUE, BY_SIGNS, line.start, line.end)
    kind = _kind(scene, setting)
    person = next(_told_of(scene, setting), None)
    return Mention(
        kind=kind,
        line=line,
        cue=cue,
        person=person if kind != "sighting" else None,
        apart=setting.apart,
        day=setting.day,
        setting_day=setting.day,
        matter=matter,
        rests_on=_rests_on(scene, setting, cue),
    )


def _told_of(scene: Scene, setting: Setting) -> Iterator[PersonPhrase]:
    """Who may have been taken: one by one before several, those who are heard in the same sentences last."""
    lines = _bearing(scene, setting)
    found = [p for line in lines for p in scene.persons(line) if p.form != "pronoun" and not _takes(scene, line, p)]
    speak = {named.name for line in lines for named in scene.names(line) if named.speaks}
    yield from sorted(found, key=lambda p: (p.count != 1, p.name in speak))


def _takes(scene: Scene, line: Line, person: PersonPhrase) -> bool:
    """Several who are told of by what they wear, or by whom something was done; and whoever is an "ex-" of somebody."""
    if person.count == 1:
        return "ex-" in scene.text[max(line.start, person.start - 3) : person.end]
    dressed = any(hit.start - 2 <= person.end and person.start < hit.end for hit in scene.hits("officers", line))
    return dressed or scene.text[max(line.start, person.start - 3) : person.start] == "by "


def _rests_on(scene: Scene, setting: Setting, cue: Hit) -> tuple[tuple[int, int], ...]:
    """The first sign of each sentence that has one: without them there would be no event."""
    first = (next((hit for file in _HERE for hit in scene.hits(file, line)), None) for line in _bearing(scene, setting))
    return ((cue.start, cue.end), *((hit.start, hit.end) for hit in first if hit))


def _told(scene: Scene, setting: Setting) -> Iterator[tuple[Line, Hit]]:
    for file in _TELLING:
        for line in _bearing(scene, setting):
            yield from ((line, hit) for hit in scene.hits(file, line))


def _kind(scene: Scene, setting: Setting) -> Kind:
    values = {hit.value for line in _bearing(scene, setting) for file in _TELLING for hit in scene.hits(file, line)}
    nobody = bool({"nobody", "let_go"} & values)
    if not nobody:
        return "arrest"
    return "attempted_arrest" if {"let_go", "attempted_arrest", "name"} & values else "sighting"


def _signs_here(scene: Scene, setting: Setting) -> Iterator[str]:
    for line in _bearing(scene, setting):
        yield from (f"{file}.{value}" for file in _HERE for value in scene.values(file, line))
        yield from _named_in(scene, line)
    yield from _day_of(setting)
    if len(setting.lines) <= _FEW:
        yield "setting.short"
    if setting.lines[0].kind == "note":
        yield "setting.note"


def _day_of(setting: Setting) -> Iterator[str]:
    if setting.day:
        yield f"day.{setting.day.value.precision if setting.day.value else 'weekday'}"


def _bearing(scene: Scene, setting: Setting) -> tuple[Line, ...]:
    """Six sentences from the first that has a sign: what stands before it, such as a roll of those present, is none."""
    bare = takewhile(lambda line: not any(scene.hits(file, line) for file in _HERE), setting.lines)
    first = sum(1 for _ in bare)
    return setting.lines[first : first + _MOST]


def _named_in(scene: Scene, line: Line) -> Iterator[str]:
    yield from ("court.generic" if court.generic else "court.named" for court in scene.courts(line))
    for person in scene.persons(line):
        yield f"person.{person.form}"
        if person.form == "noun" and person.indefinite and person.count == 1:
            yield "person.new"
    if any(not named.official and not named.speaks for named in scene.names(line)):
        yield "person.plain-name"
    if scene.heard(line):
        yield "speech"


def _of_text(scene: Scene) -> Signs:
    story = [line for line in scene.lines if line.kind not in _APART]
    cues = (f"text.{file}.{value}" for line in story for file in _ANYWHERE for value in scene.values(file, line))
    courts = (f"text.court.{'generic' if c.generic else 'named'}" for line in story for c in scene.courts(line))
    case = any("immigration" in scene.values("proceeding", line) for line in story)
    return frozenset((*cues, *courts, *(["text.immigration-case"] if case else [])))
