"""Documents and accounts: what came in, its words, what was read in it; and adding more, which is once for the same."""

from datetime import datetime
from typing import Annotated, Literal

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from ninja import File, Form, Path, Query, Router, UploadedFile
from ninja.responses import Status
from pydantic import Field

from portico.facts import ATTRIBUTES
from portico.store import Added
from portico.web.access.viewer import viewer_of
from portico.web.api.calls import Asked, Part, one_of
from portico.web.api.knowing import account_of, document_of, hidden_incidents, left_at, part
from portico.web.api.problems import checked, wrong
from portico.web.api.shapes import Kept, Page, ShownAccount, ShownDocument, ShownSource
from portico.web.api.words import shown_account, shown_source, words_of
from portico.web.desk.records import record_of
from portico.web.inbox.forms import Calling, Pasting, Uploading
from portico.web.inbox.receiving import Taken, call_of, call_taken, read_uploads, receive, text_taken

router = Router(tags=["documents"])
SourceId = Annotated[str, Path(description="Of a document: the SHA-256 of its bytes", max_length=64)]
AccountId = Annotated[str, Path(description="Of an account: a-…", max_length=200)]


class Listed(Part):
    """Which documents. waiting: true = with claims that nobody has decided; false = without."""

    waiting: bool | None = None


@router.get("/documents", url_name="documents", response=Page[ShownSource], operation_id="documents")
def documents(request: HttpRequest, asked: Query[Listed]) -> Page[ShownSource]:
    """The documents, those that came in last first."""
    record, hidden = record_of(request), viewer_of(request).hidden_sources
    older_than = left_at(record, asked.after, asked.after)
    found = record.arrivals(waiting=asked.waiting, without=hidden, older_than=older_than, limit=asked.limit + 1)
    page = part(found.rows, asked.limit, str)
    held = record.some_documents(page.rows)
    words = words_of(record, held, record.told_by(*page.rows).values())
    return Page(rows=tuple(shown_source(held[each], words) for each in page.rows), next=page.next)


@router.get("/documents/{source}", url_name="source", response=ShownDocument, operation_id="document")
def document(request: HttpRequest, source: SourceId) -> ShownDocument:
    """One document: its words, and every claim that was read in it, as it stands decided."""
    record, found = record_of(request), document_of(request, source)
    accounts = record.told_by(source)
    words, decisions = words_of(record, {source: found}, accounts.values()), record.decisions(accounts)
    hidden = hidden_incidents(record, viewer_of(request))
    return ShownDocument(
        source=words.source(found.source),
        received_at=found.received_at,
        locked=found.locked,
        erased=found.erased,
        batch=found.batch,
        text=words.texts.get(source),
        accounts=tuple(shown_account(each, words, decisions, hidden) for each in accounts.values()),
    )


@router.get("/accounts/{account}", url_name="account", response=ShownAccount, operation_id="account")
def account(request: HttpRequest, account: AccountId) -> ShownAccount:
    """One account: what one document tells of one event."""
    record, found = record_of(request), account_of(request, account)
    held = record.some_documents([found.source])
    words = words_of(record, held, record.told_by(found.source).values())
    return shown_account(found, words, record.decisions([found.id]))


class Text(Asked):
    """A text to add."""

    words: str = Field(min_length=1)
    publisher: str = ""
    published_on: str = Field("", description="A day as 2019-05-14, a month or a year")
    url: str = ""
    private: bool = Field(False, description="A note, a report or a message: kept encrypted")


@router.post("/documents", url_name="documents", response={200: Kept, 201: Kept}, operation_id="add_document")
def add_document(request: HttpRequest, asked: Text) -> object:
    """Adds a text and reads it; what is read is a proposal. The same bytes again are once (200)."""
    told = checked(Pasting(asked.model_dump()))
    return _added(request, text_taken(**{name: told[name] for name in Pasting.base_fields}))


class Report(Asked):
    """A call or a form that somebody filled in elsewhere.

    taken_at  when: with it, the same report sent twice is the same document, and kept once
    """

    taken_at: datetime = Field(description="An instant with its offset: 2026-11-24T15:04:00Z")
    words: str = Field(min_length=1)
    place: str = Field("", description="The courthouse in any spelling")
    when: str = Field("", description="A day as 2019-05-14, a month or a year")
    kind: Annotated[str, one_of(*ATTRIBUTES["kind"].values)] = ""
    may_use: Literal["", "statistics", "lawyer", "both"] = ""


@router.post("/reports", url_name="reports", response={200: Kept, 201: Kept}, operation_id="add_report")
def add_report(request: HttpRequest, asked: Report) -> object:
    """Adds a report: private, encrypted, with what its fields say as claims of the person of the token."""
    if asked.taken_at.tzinfo is None:
        raise wrong({"taken_at": ["Give the instant with its offset, as 2026-11-24T15:04:00Z."]})
    told = checked(Calling(asked.model_dump(exclude={"taken_at"})))
    return _added(request, call_taken(call_of(told, at=asked.taken_at), actor=request.user.actor))


class FileKept(Asked):
    """private: a note, a report or a message: kept encrypted."""

    private: bool = False


@router.post("/files", url_name="files", response={200: Kept, 201: Kept}, operation_id="add_file")
def add_file(request: HttpRequest, file: File[UploadedFile], asked: Form[FileKept]) -> object:
    """Adds one file: text, HTML, PDF or e-mail. It is sealed and hashed first, then read in a process of its own."""
    form = Uploading(asked.model_dump(), MultiValueDict({"files_field": [file]}))
    if not form.is_valid():
        raise wrong({"file": [str(each) for said in form.errors.values() for each in said]})
    uploads = receive(form.received, private=asked.private, by=request.user)
    ((upload, added),) = read_uploads(uploads, record_of(request), actor=request.user.actor)
    if added is None:
        why = upload.said
        upload.delete()
        raise wrong({"file": [why]})
    return _kept(request, added)


def _added(request: HttpRequest, taken: Taken) -> object:
    return _kept(request, record_of(request).add(*taken, actor=request.user.actor))


def _kept(request: HttpRequest, added: Added) -> object:
    """What was added; of a document that is closed to this person no more than of one that never was here."""
    if added.source in viewer_of(request).hidden_sources:
        return Status(201, Kept(source=added.source, accounts=(), new=True))
    kept = Kept(source=added.source, accounts=added.accounts, new=added.new)
    return Status(201 if added.new else 200, kept)
