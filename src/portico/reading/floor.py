"""The floor: who is in view while a text is read, so that "she" and "the agency" find whom they stand for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from portico.reading.names import Person
from portico.reading.voices import Party, Voice

_OFFICES = frozenset(("sheriff", "mayor", "governor", "prosecutors", "police"))
_HELPERS = frozenset(
    ("attorney", "lawyer", "counsel", "wife", "husband", "mother", "father", "sister", "brother", "son", "daughter")
)
_OWN_WORDS = frozenset(
    ("statement", "release", "email", "e-mail", "letter", "memo", "post", "message", "lawsuit", "complaint", "report")
)
_ANSWERS = frozenset(("answer", "reply", "response"))
_OF_GOVERNMENT = frozenset(("agency", "department", "office"))
_GOVERNMENT = (
    "Enforcement",
    "Homeland",
    "Department",
    "Office",
    "Patrol",
    "Protection",
    "Agency",
    "Bureau",
    "Administration",
    "Police",
)


@dataclass(slots=True)
class Floor:
    """The person, the nameless speaker and the bodies last in view, the voice last heard, the last woman and man."""

    person: Person | None = None
    nameless: Voice | None = None
    voice: Voice | None = None
    bodies: list[str] = field(default_factory=list)
    women_and_men: dict[str, Person] = field(default_factory=dict)

    def see(self, parties: Sequence[Party]) -> None:
        """A sentence passes: its first person and its bodies come into view. Courts are places rather than speakers."""
        first = next((party for party in parties if party.kind == "person"), None)
        if first and not self._spoke_in(parties):
            self.person, self.nameless = first.person, None
        for party in parties:
            if party.person and party.person.gender:
                self.women_and_men[party.person.gender] = party.person
        self.bodies += [party.body for party in parties if party.body and "Court" not in party.body]

    def _spoke_in(self, parties: Sequence[Party]) -> bool:
        return any(party.kind == "pronoun" for party in parties[:1])

    def hear(self, voice: Voice) -> None:
        self.voice = voice
        if voice.person:
            self.person, self.nameless = voice.person, None
            if voice.person.gender:
                self.women_and_men[voice.person.gender] = voice.person
        elif voice.role:
            self.person, self.nameless = None, voice
        if voice.body:
            self.bodies.append(voice.body)

    def resolve(self, voice: Voice, parties: Sequence[Party], by_role: Mapping[str, Sequence[Person]]) -> Voice | None:
        """The voice with what stands for a name traced to the name; None when it stays nameless.

        parties  those of the same sentence, which come before what was in view
        by_role  the people of the text by each word of their roles
        """
        here = [party for party in parties if party.end <= voice.start]
        if voice.pronoun:
            return self._by_pronoun(voice, here)
        if voice.named:
            return voice
        if voice.same:
            return self._same(voice, here)
        return self._by_role(voice, here, by_role)

    def _by_pronoun(self, voice: Voice, here: Sequence[Party]) -> Voice | None:
        word = (voice.pronoun or "").lower()
        if word in ("he", "she"):
            return self._person(voice, "male" if word == "he" else "female", here)
        return replace(voice, body=self.bodies[-1]) if word == "it" and self.bodies and self._body_spoke() else None

    def _body_spoke(self) -> bool:
        return self.voice is not None and self.voice.person is None and self.voice.body == self.bodies[-1]

    def _person(self, voice: Voice, gender: str, here: Sequence[Party]) -> Voice | None:
        named = [party.person for party in here if party.person and party.person.gender in (None, gender)]
        heard = self.voice.person if self.voice else None
        if heard and heard in named:
            return replace(voice, person=heard)
        if named:
            return replace(voice, person=named[0])
        if self.person and self.person.gender in (None, gender):
            return replace(voice, person=self.person)
        if self.nameless and self.nameless.body:
            return replace(voice, body=self.nameless.body, role=self.nameless.role)
        return replace(voice, person=self.women_and_men[gender]) if gender in self.women_and_men else None

    def _same(self, voice: Voice, here: Sequence[Party]) -> Voice | None:
        """ "The statement" is whose it was; "the union" the last body with that word; "the agency" the last in view."""
        word = (voice.same or "").split()[-1]
        if word in _ANSWERS:
            return replace(voice, body=self.bodies[-1]) if self.bodies else None
        if word in _OWN_WORDS:
            return replace(self.voice, start=voice.start, end=voice.end) if self.voice else None
        body = self._last_body(here, lambda body: word in body.lower())
        if body is None and word in _OF_GOVERNMENT:
            body = self._last_body(here, _is_of_government)
        if body is None and word in ("group", "organization", "organisation", "nonprofit", "coalition"):
            body = self._last_body(here, lambda body: not _is_of_government(body))
        return replace(voice, body=body) if body is not None else None

    def _last_body(self, here: Sequence[Party], fits: Callable[[str], bool]) -> str | None:
        """The body last named that fits: in the sentence, else before it."""
        bodies = chain((party.body for party in reversed(here)), reversed(self.bodies))
        return next((body for body in bodies if body and fits(body)), None)

    def _by_role(self, voice: Voice, here: Sequence[Party], by_role: Mapping[str, Sequence[Person]]) -> Voice | None:
        """A nameless role: the person introduced with it; a spokesperson speaks for the body last in view."""
        role = voice.role or ""
        known = [p for p in by_role.get(role, ()) if role in _HELPERS or p.mentions[0][0] < voice.start]
        if len(known) == 1 and not role.endswith("s"):
            return replace(voice, person=known[0])
        bodies = [*self.bodies, *(party.body for party in here if party.body and "Court" not in party.body)]
        if bodies and (voice.theirs or role.startswith("spokes")):
            return replace(voice, body=bodies[-1])
        if role == "agent" and any("Enforcement" in body for body in bodies):
            return replace(voice, body=next(body for body in bodies if "Enforcement" in body))
        return replace(voice, body=role) if role in _OFFICES else None


def _is_of_government(body: str) -> bool:
    return any(sign in body for sign in _GOVERNMENT)
