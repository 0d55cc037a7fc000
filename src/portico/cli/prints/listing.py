"""The lists of the record: one or two lines for each thing."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from portico.cli.prints.layout import paragraph
from portico.cli.prints.reading import action_lines
from portico.facts import IncidentState
from portico.store import (
    StoredAccount,
    StoredAction,
    StoredDocument,
    StoredPerson,
    StoredStatement,
    StoredStatistic,
)
from portico.web.wording import VERIFICATION_WORDS, value_words


def as_json(row: object) -> object:
    """A row for `--json`: what identifies it and what it holds, without the text of the document."""
    if isinstance(row, StoredDocument):
        return {
            "source": row.source.sha256,
            "id": row.reading,
            "received_at": row.received_at.isoformat(),
            "published_on": row.source.published_on,
            "publisher": row.source.publisher,
            "title": row.source.title,
            "url": row.source.url,
            "private": row.source.private,
            "locked": row.locked,
            "erased": row.erased,
            "batch": row.batch,
        }
    return row


def _incident(state: IncidentState) -> Iterator[str]:
    what = " or ".join(value_words("kind", v) for v in state.values("kind")) or "event"
    where = " or ".join(str(v) for v in state.values("courthouse")) or "courthouse not said"
    when = " or ".join(str(v) for v in state.values("date")) or "day not said"
    held = f"{len(state.sources)} source(s), {VERIFICATION_WORDS[state.verification]}"
    yield f"{state.id}  {when}  {what}, {where}; {held}"


def _account(each: StoredAccount) -> Iterator[str]:
    account = each.account
    told = ", ".join(str(account.value(a) or "–") for a in ("kind", "date", "courthouse"))
    yield f"{each.id}  {told}; of {each.source[:12]}, in {each.incident}{', person erased' if each.erased else ''}"


def _statement(each: StoredStatement) -> Iterator[str]:
    said = each.statement
    who = ", ".join(filter(None, [said.speaker, said.role, said.organisation])) or "not named"
    yield f"{each.id}  {said.kind}: {who}; in {each.source[:12]}"


def _action(each: StoredAction) -> Iterator[str]:
    yield f"{each.id}  in {each.source[:12]}"
    yield from action_lines([each.action])


def _statistic(each: StoredStatistic) -> Iterator[str]:
    number = each.statistic
    yield from paragraph(f"{each.id}  {number.value:g} {number.what or ''}; in {each.source[:12]}", indent="")


def _document(each: StoredDocument) -> Iterator[str]:
    state = "erased" if each.erased else "locked" if each.locked else "private" if each.source.private else "published"
    name = each.source.publisher or each.source.title or each.reading or "(guarded)"
    yield f"{each.source.sha256[:16]}  {name}, {each.source.published_on or 'day not known'}; {state}; {each.batch}"


def _person(each: StoredPerson) -> Iterator[str]:
    yield f"{each.id}  {each.name or 'name not said'}; in {each.incident}, of {each.source[:12]}"


lines_of: Mapping[str, Callable[[Any], Iterator[str]]] = {
    "incidents": _incident,
    "accounts": _account,
    "statements": _statement,
    "actions": _action,
    "statistics": _statistic,
    "documents": _document,
    "people": _person,
}
