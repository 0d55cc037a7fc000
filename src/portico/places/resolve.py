"""Resolution: a spelling given by itself → a label, a courthouse or candidates, county and state, and why."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from portico.facts import PartialDate
from portico.places.context import Context, Told
from portico.places.courthouse import Courthouse
from portico.places.gazetteer import Gazetteer, load_gazetteer
from portico.places.landmark import Label, Named, label_of, signs_in, state_of_words, without_prefix, written_out
from portico.places.meaning import Meaning, common, meaning_of
from portico.places.mending import mended
from portico.places.names import names_of
from portico.places.phrase import Phrase
from portico.places.phrases import court_phrases
from portico.places.spelling import Word, spell, words
from portico.places.whereabouts import Whereabouts, stated, whereabouts

_EXACT, _INSIDE, _MENDED, _BY_AREA = 1.0, 0.9, 0.7, 0.5
# Connecticut numbers the areas of its Superior Court's lower criminal docket.
_COURT_AREA = re.compile(r"ga[0-9]{1,2}")
_COMPLEX_HEADS = ("justice", "judicial")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A courthouse that a spelling may mean.

    score  how the words lead to it, not how likely it is: 1 they are one of its names, 0.9 they hold one,
           0.7 they do once a slip is mended, 0.5 they only name its county or city and a kind of court heard there
    """

    courthouse: Courthouse
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """What a spelling means.

    courthouse     only when exactly one is certain
    county, state  what is sure of them, with a building or without; a county without "County"
    candidates     best score first
    reason         one plain sentence or two
    """

    text: str
    label: Label
    courthouse: Courthouse | None = None
    county: str | None = None
    state: str | None = None
    candidates: tuple[Candidate, ...] = ()
    reason: str = ""

    def to_json(self) -> Mapping[str, object]:
        """As `portico place --json` prints it."""
        return {
            "text": self.text,
            "label": self.label,
            "courthouse": self.courthouse.name if self.courthouse else None,
            "courthouse_id": self.courthouse.id if self.courthouse else None,
            "county": self.county,
            "state": self.state,
            "candidates": [
                {
                    "courthouse_id": each.courthouse.id,
                    "courthouse": each.courthouse.name,
                    "county": each.courthouse.county,
                    "state": each.courthouse.state,
                    "score": each.score,
                }
                for each in self.candidates
            ],
            "reason": self.reason,
        }


def resolve(
    text: str,
    state: str | None = None,
    aor: str | None = None,
    *,
    on: PartialDate | None = None,
    county: str | None = None,
    city: str | None = None,
    gazetteer: Gazetteer | None = None,
) -> Resolution:
    """The court that a spelling given by itself means: one that is certain, several candidates, or none.

    text   as the record writes it; case, spacing, abbreviations and small slips do not matter
    state  USPS code, where the source speaks of one; aor: code of ICE's area of responsibility (`data/areas.yaml`);
           county, city, on (local day): each only narrows. None, and an unknown code, narrow nothing; nor does an area
           of responsibility where the words name a state outside it.
    Raises nothing: words that name no court are "not_court".
    """
    rows = gazetteer or load_gazetteer()
    written = _as_name(text)
    told = Told.by(state, county, city, aor)
    if told.states is not None and state is None and (named := stated(written)) and named not in told.states:
        told = Told.by(None, county, city)  # the words name a state elsewhere: they say what they mean
    found = mended(written, told.states)
    if (told.states is None or len(told.states) > 1) and (named := state_of_words([word.norm for word in found])):
        told = Told.by(named, county, city)
    meaning, score = _meaning(text, found, rows)
    narrowed = meaning.narrowed(told, on) if meaning else None
    where = _where(narrowed, found, told)
    if meaning and narrowed and meaning.rows and not narrowed.states and state is None:
        where = Whereabouts()  # what the words name is outside the area of responsibility
    labelled = label_of(signs_in(found), _named(narrowed, found, where, exact=score == _EXACT))
    if found != written:
        read_as = " ".join(word.norm for word in found)
        labelled = labelled[0], f'{labelled[1]} Read as "{read_as}".'
        score = min(score, _MENDED)
    return _resolution(text, labelled, narrowed, score, where)


def _as_name(text: str) -> list[Word]:
    """The words of a spelling, each taken as part of a name however it is written, without codes before it."""
    found = words(written_out(" ".join(text.upper().replace("_", " ").split())))
    return [_county_word(word, found, at) for at, word in enumerate(found)]


def _county_word(word: Word, found: Sequence[Word], at: int) -> Word:
    """ "CO" is a county after a name and Colorado after a comma or at the end."""
    last = at + 1 == len(found)
    if word.norm == "co" and at and not last and "," not in word.gap:
        return word._replace(norm="county")
    return word


def _meaning(text: str, found: Sequence[Word], gazetteer: Gazetteer) -> tuple[Meaning | None, float]:
    """The best reading of the words: the whole as one name, else the phrase in them that says most."""
    names = names_of(gazetteer)
    whole = names.spellings.exactly(spell(text)) or names.spellings.exactly(tuple(word.norm for word in found))
    place = list(found[without_prefix([word.norm for word in found]) :])
    phrases = court_phrases(place, names)
    best = max(phrases, key=_says, default=None)
    context = Context(place, [(phrase.first, phrase.stop) for phrase in phrases])
    if whole:
        phrase = Phrase(first=0, stop=len(found), namings=whole)
        if best is not None:
            phrase = phrase._replace(head=best.head, kinds=best.kinds, formal=True, county=best.county, city=best.city)
        return meaning_of(phrase, text, gazetteer, context), _EXACT
    if best is None:
        return None, 0
    return meaning_of(best, text, gazetteer, context), _INSIDE if best.namings else _BY_AREA


def _says(phrase: Phrase) -> tuple[bool, bool, bool, int]:
    return bool(phrase.namings), not phrase.generic, not phrase.mixed, phrase.stop - phrase.first


def _where(meaning: Meaning | None, found: Sequence[Word], told: Told) -> Whereabouts:
    """County and state: of the court, else of the areas the words name, else what the caller tells."""
    around = whereabouts(found, told.states)
    if meaning is None:
        return around
    if meaning.state or meaning.settled:
        state = meaning.state or common(row.state for row in meaning.rows)
        return Whereabouts(meaning.county or (around.county if around.state == state else None), state)
    if meaning.phrase.generic or not meaning.states:
        return around
    state = around.state if around.state in meaning.states else None
    return Whereabouts(meaning.county or (around.county if state else None), state)


def _named(meaning: Meaning | None, found: Sequence[Word], where: Whereabouts, *, exact: bool) -> Named:
    county = f"{where.county}, {where.state}" if where.county and where.state else None
    court_area = where.state == "CT" and any(_COURT_AREA.fullmatch(word.norm) for word in found)
    if meaning is None:
        return Named(county=county, court_area=court_area)
    phrase = meaning.phrase
    norms = {word.norm for word in found}
    court = bool(norms & {"court", "courthouse", "courts"}) and not phrase.mixed
    hows = {naming.how for naming in phrase.namings if naming.courthouse in meaning.rows}
    return Named(
        court=court,
        courthouse="courthouse" in norms,
        complex=not court and phrase.head.startswith(_COMPLEX_HEADS),
        address="address" in hows,
        bare="bare" in hows or (phrase.mixed and bool(meaning.rows)),
        known="name" in hows,
        exact=exact and bool(meaning.rows),
        court_area=court_area and not court,
        system=meaning.court_system,
        county=county,
    )


def _resolution(
    text: str, labelled: tuple[Label, str], meaning: Meaning | None, score: float, where: Whereabouts
) -> Resolution:
    label, reason = labelled
    if meaning is None or label == "not_court":
        return Resolution(text=text, label=label, county=where.county, state=where.state, reason=reason)
    certain = meaning.rows[0] if meaning.settled and len(meaning.rows) == 1 and label != "ambiguous" else None
    return Resolution(
        text=text,
        label=label,
        courthouse=certain,
        county=where.county,
        state=where.state,
        candidates=_candidates(meaning, score),
        reason=f"{reason} {_why(meaning, certain)}",
    )


def _candidates(meaning: Meaning, score: float) -> tuple[Candidate, ...]:
    """Rows whose name is there first; the others are there for their county or city alone."""
    spelled = {naming.courthouse for naming in meaning.phrase.namings}
    scored = (Candidate(row, score if row in spelled or not spelled else min(score, _BY_AREA)) for row in meaning.rows)
    return tuple(sorted(scored, key=lambda each: -each.score))


def _why(meaning: Meaning, certain: Courthouse | None) -> str:
    if certain:
        return "Only one building fits."
    if not meaning.rows:
        return "No building of the gazetteer fits; what is known of county and state is given."
    if len(meaning.rows) > 1:
        return f"{len(meaning.rows)} buildings fit; a day, a state or more words may decide."
    return "A building fits, but the words may mean another place of that name."
