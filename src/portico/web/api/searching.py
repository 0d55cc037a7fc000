"""Search, as the box of the desk searches: ranked, stemmed; guarded words are not in the index."""

from typing import Literal

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from portico.store.searching import KINDS
from portico.web.access.viewer import viewer_of
from portico.web.api.calls import MOST_ROWS, Asked
from portico.web.api.shapes import Hit, Hits
from portico.web.desk.records import record_of

router = Router(tags=["search"])


class Sought(Asked):
    q: str = Field(min_length=1, max_length=300, description='words, "words beside each other", begin*, -without')
    kind: list[Literal["incident", "account", "statement", "document", "place"]] = Field([], max_length=5)
    page: int = Field(1, ge=1)
    limit: int = Field(20, ge=1, le=MOST_ROWS)


@router.get("", url_name="search", response=Hits, operation_id="search")
def search(request: HttpRequest, asked: Query[Sought]) -> Hits:
    """What holds the words. Nothing that is typed is wrong; a page behind the last is empty."""
    found = record_of(request).search(
        asked.q,
        kinds=asked.kind or KINDS,
        without=viewer_of(request).hidden,
        offset=(asked.page - 1) * asked.limit,
        limit=asked.limit,
    )
    shown = tuple(
        Hit(
            kind=each.kind,
            id=each.id,
            title=each.title,
            snippet=each.snippet,
            incident=each.incident,
            document=each.document,
        )
        for each in found.rows
    )
    return Hits(rows=shown, total=found.total, page=asked.page)
