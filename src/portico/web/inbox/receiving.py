"""The ways in: a text, a call, files. Each becomes a document with what was read in it, added as proposals."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from portico.facts import Account, Claim, PorticoError, Reading, Span, Value
from portico.places import Resolution, resolve
from portico.reading import Document, open_document, read
from portico.store import Added, Record
from portico.web.access.models import User
from portico.web.arriving import file_name
from portico.web.inbox.models import Sending, Upload
from portico.web.inbox.separate import Given, read_apart
from portico.web.wording import moment_words
from portico.web.worker.steps import Steps

Taken = tuple[Document, Reading]
_USES = {"statistics": "statistics only", "lawyer": "the lawyer only", "both": "statistics and the lawyer"}


def text_taken(
    words: str, *, publisher: str = "", published_on: str = "", url: str = "", private: bool = False
) -> Taken:
    """A pasted text. Raises DocumentError and DateError."""
    document = open_document(
        words.encode(),
        kind="text/plain",
        publisher=publisher or None,
        published_on=published_on or None,
        url=url or None,
        private=private,
    )
    return document, read(document)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call as somebody took it. when: EDTF; place: what the spelling resolves to; may_use: in words."""

    at: datetime
    words: str
    place_words: str = ""
    place: Resolution | None = None
    when: str = ""
    kind: str = ""
    may_use: str = ""


def call_of(told: Mapping[str, str], *, at: datetime) -> Call:
    """A call as the fields of `forms.Calling` tell it; to the minute."""
    place = told["place"].strip()
    return Call(
        at=at.replace(second=0, microsecond=0),
        words=told["words"],
        place_words=place,
        place=resolve(place) if place else None,
        when=told["when"],
        kind=told["kind"],
        may_use=_USES.get(told["may_use"], ""),
    )


def call_taken(call: Call, *, actor: str) -> Taken:
    """A call: private, its words as told, and what the person who took it coded as claims of that person.

    What the fields say goes before what is read in the words: the caller was asked.
    """
    lines = [f"Call taken {moment_words(call.at)}."]
    lines += [f"{label}: {words}" for label, words in _heads(call) if words]
    text = "\n".join(lines) + f"\n\n{call.words.strip()}\n"
    document = open_document(text.encode(), kind="text/plain", private=True)
    reading = read(document)
    typed = tuple(_typed_claims(call, document.text.content, actor))
    first, *rest = reading.accounts or (Account(claims=()),)
    coded = {claim.attribute for claim in typed}
    told = Account(claims=(*typed, *(claim for claim in first.claims if claim.attribute not in coded)))
    return document, replace(reading, accounts=(told, *rest) if told.claims else ())


def _heads(call: Call) -> tuple[tuple[str, str], ...]:
    return (
        ("Courthouse", call.place_words),
        ("When", call.when),
        ("What happened", call.kind.replace("_", " ")),
        ("May be used", call.may_use),
    )


def _typed_claims(call: Call, text: str, actor: str) -> Iterator[Claim]:
    """What was coded while the call was taken. It rests on the lines that say so."""
    heads = dict(_heads(call))
    values: list[tuple[str, Value | None, tuple[Value, ...], str]] = [
        ("kind", call.kind or None, (), "What happened"),
        ("date", call.when or None, (), "When"),
        *((name, value, several, "Courthouse") for name, value, several in _place_values(call)),
    ]
    for attribute, value, several, label in values:
        if value is None and not several:
            continue
        start = text.index(f"\n{label}: ") + len(f"\n{label}: ")
        span = Span(start, start + len(heads[label]))
        yield Claim(attribute=attribute, value=value, any_of=several, spans=(span,), origin=actor)


def _place_values(call: Call) -> Iterator[tuple[str, Value | None, tuple[Value, ...]]]:
    if not call.place_words:
        return
    yield "courthouse", call.place_words, ()
    found = call.place
    if found is None:
        return
    several = tuple(each.courthouse.id for each in found.candidates)
    if found.courthouse is not None:
        yield "courthouse_id", found.courthouse.id, ()
        yield "city", found.courthouse.city, ()
        yield "court_system", found.courthouse.court_system, ()
        yield "court_kind", found.courthouse.court_kind, ()
    elif len(several) > 1:
        yield "courthouse_id", None, several
    yield "county", found.county, ()
    yield "state", found.state, ()


def receive(files: Iterable[UploadedFile], *, private: bool, by: User, sending: Sending | None = None) -> list[Upload]:
    """Files as they came: hashed and sealed before anything looks into them."""
    return [Upload.seal(file_name(each), each.read(), private=private, by=by, sending=sending) for each in files]


def send(files: Collection[UploadedFile], *, private: bool, by: User) -> Sending:
    """The same for the worker, which reads them next."""
    with transaction.atomic():
        sending = Sending.objects.create(by=by, files=len(files))
        receive(files, private=private, by=by, sending=sending)
    return sending


def read_uploads(uploads: Sequence[Upload], record: Record, *, actor: str) -> Iterator[tuple[Upload, Added | None]]:
    """Reads them apart and adds them, one after the other; one that cannot be read stays, and says why."""
    given = (Given(name=each.file_name, content=each.content, private=each.private) for each in uploads)
    batch: str | None = None
    for upload, outcome in zip(uploads, read_apart(given), strict=True):
        if outcome.document is None or outcome.reading is None:
            upload.fail(outcome.problem)
            yield upload, None
            continue
        try:
            (added,) = record.add_all([(outcome.document, outcome.reading)], actor=actor, batch=batch)
        except PorticoError as problem:
            upload.fail(str(problem))
            yield upload, None
            continue
        batch = added.batch
        upload.delete()
        yield upload, added


def read_sending(steps: Steps) -> None:
    """Reads what was sent together: the worker's part. Taken up again after a kill it goes on with what is left."""
    sending = Sending.objects.get(pk=steps.job.subject)
    left = list(sending.uploads.filter(problem=b"").order_by("pk").defer("sealed"))
    done = sending.files - len(left)
    with steps.record() as record:
        steps.step("reading", done, sending.files)
        for number, (_upload, added) in enumerate(read_uploads(left, record, actor=steps.job.actor), done + 1):
            if added is not None:
                sending.note(new=added.new)
            steps.step("reading", number, sending.files)
