"""The ledger of statements: what each speaker said, in order of time, in their own words; nothing summed up."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from portico.facts import PartialDate, Statement

_Key = tuple[frozenset[str], frozenset[str]]

_WORD = re.compile(r"\w+")
_TITLES = frozenset({"mr", "mrs", "ms", "mx", "dr", "hon", "judge", "justice", "the"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcedStatement:
    """A statement in the record.

    id            permanent, from its content
    source        sha256 of the document that reports it
    published_on  EDTF local day of that document, None if not known
    """

    id: str
    source: str
    published_on: str | None
    statement: Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Positions:
    """Everything one speaker, or an organisation's unnamed speakers, is reported to have said.

    speaker     the fullest name given; None = unnamed
    statements  by day of publication, undated ones last, otherwise in order of arrival
    """

    speaker: str | None
    organisation: str | None
    statements: tuple[SourcedStatement, ...]


def ledger(statements: Iterable[SourcedStatement]) -> tuple[Positions, ...]:
    """The statements by who made them, in alphabetical order of organisation and speaker; the same one twice is once.

    Two are one speaker when their names agree (a surname alone with the one full name of that organisation that has it)
    and their organisations do not differ. A name that more than one person may have joins none of them: a person
    decides. Unnamed speakers of one organisation stand together.
    """
    said = tuple({each.id: each for each in statements}.values())
    groups: dict[_Key, list[SourcedStatement]] = defaultdict(list)
    keys = {_key(each) for each in said}
    for each in said:
        groups[_fullest(_key(each), keys)].append(each)
    return tuple(sorted(map(_positions, groups.values()), key=_alphabetical))


def said_since(whom: str, day: str | None, statements: Iterable[SourcedStatement]) -> tuple[SourcedStatement, ...]:
    """What somebody who was asked for something is reported to have said on that day or later, in the order given.

    It may answer what was asked, or not: a person decides. Whom: a speaker or organisation, as a text names them.
    Undated statements are among them; with day (EDTF) None all are.
    """
    return tuple(
        each
        for each in statements
        if may_be(whom, each.statement.organisation, each.statement.speaker)
        and (each.published_on or "X") >= (day or "")
    )


def may_be(whom: str, *names: str | None) -> bool:
    """Whether one of these names may mean whom a text names: one holds every word of the other.

    >>> may_be("Chief Judge Halloran", "Judge Halloran", None), may_be("the mayor", "Judge Halloran")
    (True, False)
    """
    asked = _words(whom)
    return bool(asked) and any(each and (each <= asked or asked <= each) for each in map(_words, names))


def is_office(whom: str, role: str | None) -> bool:
    """Whether a role is the office that a text names: it holds every word of it.

    >>> is_office("the chief administrative judge", "Chief Administrative Judge"), is_office("the mayor", "spokesman")
    (True, False)
    """
    asked = _words(whom)
    return bool(asked) and asked <= _words(role)


def _key(each: SourcedStatement) -> _Key:
    name, organisation = _words(each.statement.speaker), _words(each.statement.organisation)
    # Nobody in particular: two such statements need not be one speaker's.
    return (name, organisation) if name or organisation else (name, frozenset({each.id}))


def _fullest(key: _Key, keys: Iterable[_Key]) -> _Key:
    """The fullest key that can only mean the same speaker."""
    fuller = [other for other in keys if other != key and _may_be_short_for(key, other)]
    fullest = max(fuller, key=lambda other: (len(other[0]), len(other[1])), default=key)
    # Among several that fit, only a chain (Pierce, Marlon Pierce, Marlon T. Pierce) means one person.
    chain = all(other[0] <= fullest[0] and other[1] in (frozenset(), fullest[1]) for other in fuller)
    return fullest if chain else key


def _may_be_short_for(key: _Key, other: _Key) -> bool:
    (name, organisation), (other_name, other_organisation) = key, other
    # A surname alone says little: it joins only inside its own organisation.
    placed = organisation == other_organisation if len(name) < 2 else organisation in (frozenset(), other_organisation)
    return bool(name) and name <= other_name and placed


def _positions(statements: Sequence[SourcedStatement]) -> Positions:
    names = [each.statement.speaker for each in statements if each.statement.speaker]
    organisations = [each.statement.organisation for each in statements if each.statement.organisation]
    return Positions(
        speaker=min(names, key=lambda name: (-len(_words(name)), name), default=None),
        organisation=min(organisations, key=lambda name: (-len(name), name), default=None),
        statements=tuple(sorted(statements, key=_when)),
    )


def _when(statement: SourcedStatement) -> str:
    published = statement.published_on
    return PartialDate(published).first.isoformat() if published else "9999-12-31"


def _alphabetical(each: Positions) -> tuple[str, str]:
    return (each.organisation or "").casefold(), (each.speaker or "").casefold()


def _words(name: str | None) -> frozenset[str]:
    return frozenset(_WORD.findall((name or "").casefold())) - _TITLES
