"""Landmarks that wait for a person, with the command that answers each."""

import shlex
from collections.abc import Iterator

from portico.cli.prints.layout import paragraph
from portico.tables import UnclearLandmark


def unclear_lines(landmark: UnclearLandmark) -> Iterator[str]:
    where = ", ".join(filter(None, [landmark.county and f"{landmark.county} County", landmark.state]))
    under = f" ({landmark.aor})" if landmark.aor else ""
    yield f"{landmark.text}{under}: {landmark.rows:,} rows; {where or 'no county'}"
    yield from paragraph(landmark.reason)
    if landmark.candidates:
        yield from paragraph(f"May be {', '.join(landmark.candidates)}.")
    area = f" --aor {landmark.aor}" if landmark.aor else ""
    yield f"  portico place {shlex.quote(landmark.text)}{area} --answer LABEL-OR-COURTHOUSE"
