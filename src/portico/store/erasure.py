"""Erasing a person: which keys, words and files hold them, and making those go.

The log keeps its entries; what they say of the person is ciphertext whose key is destroyed. Words in clear (a published
page that quotes the person) are taken out of the payload; the entry of the erasure then holds the hash of what is left.
"""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import msgspec

from portico.facts import MASKED, to_json
from portico.store import keyring, log, originals
from portico.store.databases import Databases
from portico.store.errors import RecordRefused, in_plain_words
from portico.store.keyring import binding, new_id
from portico.store.log import Draft, Logged
from portico.store.models import Entry, Received, Salt, Told
from portico.store.opened import Opened
from portico.store.payloads import (
    AccountProposed,
    AccountsKeptApart,
    AccountsLinked,
    AccountUnlinked,
    Box,
    ClaimDecided,
    ConsentRecorded,
    DocumentReceived,
    IncidentVerified,
    Payload,
    PersonErased,
)
from portico.store.sealing import without_words
from portico.store.values import Erasure, StoredAccount
from portico.store.view import View

_NAMES = ("name", "alias")
_GROUP = ";"  # names of a group taken together, see reading.md
_WORD = re.compile(r"[^\W_]+")
_SHORTEST = 3  # letters; a shorter name by itself would be found in any text


@dataclass(slots=True)
class Reach:
    """What an erasure reaches."""

    persons: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    subjects: set[str] = field(default_factory=set)
    keys: set[str] = field(default_factory=set)
    printing: set[str] = field(default_factory=set)
    replaced: dict[int, bytes] = field(default_factory=dict)


def spelled(words: str) -> str:
    """Words as they are compared: without case, accents and punctuation. So an address finds the name that it spells.

    >>> spelled("José  O’Hara-Paz"), spelled("/2019/jose-o-hara-paz.html")
    (' jose o hara paz ', ' 2019 jose o hara paz html ')
    """
    plain = words.casefold()
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return f" {' '.join(_WORD.findall(plain))} "


def names_in(told: Iterable[str]) -> frozenset[str]:
    """The names to look for: each of a group by itself."""
    each = (spelled(name) for words in told for name in words.split(_GROUP))
    return frozenset(name for name in each if len(name.strip()) >= _SHORTEST)


def prints(words: str, names: Iterable[str]) -> bool:
    """Whether the words hold one of the names as whole words."""
    text = spelled(words)
    return any(name in text for name in names)


def reach_of_person(view: View, databases: Databases, person: str) -> Reach:
    """Everything that holds the person or prints the name: their account, others that name them alike, documents."""
    accounts = view.accounts().values()
    named = {each.person: _names_of(each) for each in accounts}
    names = named.get(person, frozenset())
    persons = {person, *(other for other, theirs in named.items() if names & theirs)}
    reach = Reach(persons=persons, subjects=set(persons))
    told_in = {each.source for each in accounts if each.person in persons}
    _reach_documents(view, databases, reach, names, told_in)
    _reach_entries(view, databases, reach, names)
    return reach


def _names_of(account: StoredAccount) -> frozenset[str]:
    """The person's names, as proposed and as corrected."""
    claims = (*account.proposed.claims, *account.account.claims)
    told = (str(value) for claim in claims if claim.attribute in _NAMES for value in claim.possible if value != MASKED)
    return names_in(told)


def reach_of_document(databases: Databases, source: str, *, with_words: bool) -> Reach:
    """A document and the persons of its accounts. Needs no key: no name is looked for.

    with_words  of a public document also the words that the log quotes from it
    """
    rows = list(Received.objects.using(databases.record).filter(source=source))
    told = Told.objects.using(databases.record).filter(source=source, kind="account")
    persons = set(told.values_list("person", flat=True))
    keys = {row.key for row in rows if row.key}
    reach = Reach(persons=persons, subjects=persons | keys)
    (reach.documents if keys else reach.printing).add(source)
    if with_words and not keys:
        entries = {row.entry for row in rows} | set(told.values_list("entry", flat=True))
        for number, entry in log.some(databases.record, entries).items():
            reach.replaced[number] = to_json(without_words(entry.payload))
    return reach


def _reach_documents(view: View, databases: Databases, reach: Reach, names: frozenset[str], told_in: set[str]) -> None:
    """Private documents that tell of the person or print the name lose their keys; public ones are listed."""
    for row in Received.objects.using(databases.record).order_by("id"):
        if row.key and (row.source in told_in or _document_prints(view, databases, row, names)):
            reach.documents.add(row.source)
            reach.subjects.add(row.key)
        elif not row.key and not row.original_removed and _document_prints(view, databases, row, names):
            reach.printing.add(row.source)


def _document_prints(view: View, databases: Databases, row: Received, names: frozenset[str]) -> bool:
    private = bool(row.key)
    for name in (row.source, row.source + originals.TEXT):
        kept = originals.read(databases.folder, name, view.opener, private=private)
        if kept is not None and prints(kept.decode("utf-8", "replace"), names):
            return True
    return False


def _reach_entries(view: View, databases: Databases, reach: Reach, names: frozenset[str]) -> None:
    """Boxes of the log that print the name lose their keys; clear words that do are taken out."""
    keyed_documents = {row.key: row.source for row in Received.objects.using(databases.record).exclude(key="")}
    for entry in log.entries(databases.record):
        for box, place in boxes_with_places(entry):
            opened = view.opener.open(box, place)
            if opened is not None and prints(opened.decode("utf-8", "replace"), names):
                reach.keys.update(box.keys)
        if isinstance(entry.payload, DocumentReceived) and set(reach.keys) & set(_keys(entry)) and entry.payload.key:
            reach.documents.add(keyed_documents.get(entry.payload.key, entry.subject))
            reach.subjects.add(entry.payload.key)
        left = without_names(entry.payload, names)
        if left is not None:
            reach.replaced[entry.sequence] = left


def _keys(entry: Logged) -> Iterator[str]:
    for box, _ in boxes_with_places(entry):
        yield from box.keys


def boxes_with_places(entry: Logged) -> Iterator[tuple[Box, bytes]]:
    """Every box of an entry, with what it is bound to."""
    match entry.payload:
        case DocumentReceived(box=Box() as box):
            yield box, binding("document", entry.subject)
        case AccountProposed(person_box=person, words_box=words):
            yield from ((box, binding(t, entry.subject)) for box, t in ((person, "person"), (words, "account")) if box)
        case (
            ClaimDecided(box=Box() as box)
            | AccountsLinked(box=Box() as box)
            | AccountUnlinked(box=Box() as box)
            | AccountsKeptApart(box=Box() as box)
        ):
            yield box, binding("given", entry.subject)
        case IncidentVerified(box=Box() as box) | ConsentRecorded(box=Box() as box):
            yield box, binding("given", entry.subject)


def without_names(payload: Payload, names: frozenset[str]) -> bytes | None:
    """The payload with clear words that print a name masked, in canonical form; None if none does."""
    left = to_json(_masked(msgspec.to_builtins(payload), lambda words: prints(words, names)))
    return None if left == to_json(payload) else left


def _masked(plain: object, prints_name: Callable[[str], bool]) -> object:
    match plain:
        case str():
            return MASKED if prints_name(plain) else plain
        case dict():
            return {key: value if key == "sealed" else _masked(value, prints_name) for key, value in plain.items()}
        case list() | tuple():
            return [_masked(value, prints_name) for value in plain]
        case _:
            return plain


def entry_of(reach: Reach, *, batch: str, originals_removed: Collection[str]) -> PersonErased:
    """What the log says of the erasure."""
    return PersonErased(
        batch=batch,
        persons=tuple(sorted(reach.persons)),
        documents=tuple(sorted(reach.documents)),
        subjects=tuple(sorted(reach.subjects)),
        keys=tuple(sorted(reach.keys)),
        originals=tuple(sorted(originals_removed)),
        replaced={str(n): hashlib.sha256(left).hexdigest() for n, left in sorted(reach.replaced.items())},
        printing=tuple(sorted(reach.printing.difference(originals_removed))),
    )


def take_out(alias: str, replaced: Mapping[int, bytes]) -> None:
    """Puts the payloads that are left in place, inside the transaction of the erasure's entry."""
    for sequence, left in replaced.items():
        Entry.objects.using(alias).filter(sequence=sequence).update(payload=left)


def carry_out(databases: Databases, erased: PersonErased) -> int:
    """Destroys keys, salts and files of an erasure that the log holds. Can be repeated: a crash may come between.

    How many data keys were destroyed.
    """
    destroyed = keyring.destroy(databases.keyring, erased.subjects, erased.keys)
    Salt.objects.using(databases.keyring).filter(sequence__in=[int(n) for n in erased.replaced]).delete()
    originals.remove(databases.folder, {*erased.documents, *erased.originals})
    return destroyed


def finish_all(databases: Databases) -> None:
    """Carries out what a crash left undone of earlier erasures."""
    rows = list(Entry.objects.using(databases.record).filter(type="person_erased"))
    unfinished = 0
    for row in rows:
        payload = log.read(row).payload
        assert isinstance(payload, PersonErased)
        unfinished += carry_out(databases, payload)
    if unfinished:
        databases.forget_deleted()


def replaced_payloads(entries: Iterable[Logged]) -> dict[int, str]:
    """Entry → sha256 of the payload that erasures left of it."""
    found: dict[int, str] = {}
    for entry in entries:
        if isinstance(entry.payload, PersonErased):
            found.update((int(number), digest) for number, digest in entry.payload.replaced.items())
    return found


def erase(opened: Opened, named: str, *, actor: str, with_originals: bool, dry_run: bool) -> Erasure:
    """Erases a person or a document; see `Record.erase`. The log's entry is committed first, then the keys go."""
    with opened.writing():
        reach = _reach(opened, named, with_originals=with_originals)
        removed = sorted(reach.printing) if with_originals else []
        entry = entry_of(reach, batch=new_id("b", opened.random), originals_removed=removed)
        destroyed = keyring.count(opened.databases.keyring, entry.subjects, entry.keys)
        if not dry_run:
            take_out(opened.databases.record, reach.replaced)
            opened.append([Draft("person_erased", named, entry)], actor)
    if not dry_run:
        with in_plain_words(opened.folder):
            carry_out(opened.databases, entry)
    return Erasure(
        persons=entry.persons,
        documents=entry.documents,
        keys=destroyed,
        still_printing=() if with_originals else tuple(sorted(reach.printing)),
        removed=tuple(removed),
        entries=tuple(sorted(reach.replaced)),
        dry_run=dry_run,
        pending=False if dry_run else not opened.databases.forget_deleted(),
    )


def _reach(opened: Opened, named: str, *, with_originals: bool) -> Reach:
    alias = opened.databases.record
    if Received.objects.using(alias).filter(source=named).exists():
        return reach_of_document(opened.databases, named, with_words=with_originals)
    if not Told.objects.using(alias).filter(person=named).exclude(person="").exists():
        raise RecordRefused(
            opened.folder, f"there is no person or document {named}", "`portico list people` lists them."
        )
    if opened.key is None:
        raise RecordRefused(
            opened.folder,
            "erasing a person needs the key: without it nobody knows which name to look for",
            "Set PORTICO_KEY_FILE to the record's key file; or erase the document.",
        )
    return reach_of_person(opened.view(), opened.databases, named)
