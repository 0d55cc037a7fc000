"""What was found, without what a viewer may not know of; fetched a page at a time, for a paginator."""

from collections.abc import Collection, Sequence

from portico.store import Kind, Record, SearchHit
from portico.store.searching import KINDS
from portico.web.access.permissions import visible
from portico.web.access.viewer import Viewer

_MOST_TO_SIFT = 1000


class Hits:
    """The hits of one search, the best first."""

    def __init__(self, record: Record, viewer: Viewer, text: str, kinds: Collection[Kind]) -> None:
        self._record, self._text, self._kinds = record, text, kinds
        self._sifted = self._without_hidden(viewer) if viewer.hidden else None

    def __len__(self) -> int:
        return len(self._sifted) if self._sifted is not None else self._page(0, 1)[1]

    def __getitem__(self, part: slice) -> Sequence[SearchHit]:
        if self._sifted is not None:
            return self._sifted[part]
        return self._page(part.start, part.stop - part.start)[0]

    def _page(self, offset: int, limit: int) -> tuple[Sequence[SearchHit], int]:
        page = self._record.search(self._text, kinds=self._kinds or KINDS, offset=offset, limit=limit)
        return page.rows, page.total

    def _without_hidden(self, viewer: Viewer) -> Sequence[SearchHit]:
        """The first thousand, sifted: a count of more would tell of what is hidden."""
        known = {state.id for state in visible(viewer, self._record.incidents())}
        return [
            hit
            for hit in self._page(0, _MOST_TO_SIFT)[0]
            if (hit.incident is None or hit.incident in known) and hit.document not in viewer.hidden_sources
        ]
