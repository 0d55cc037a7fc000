"""The screen of long work."""

from django.db import DEFAULT_DB_ALIAS
from django.utils.translation import gettext_lazy as _

from portico.store import plain
from portico.web.access.acts import Act
from portico.web.desk.screens import Screen


def _under_way(_request: object) -> int:
    from portico.web.worker.models import UNDER_WAY, Job  # noqa: PLC0415  (screens are known before models may load)

    return len(plain.column(DEFAULT_DB_ALIAS, Job, "id", state__in=UNDER_WAY))


SCREEN = Screen(
    name="worker",
    path="work/",
    title=_("Work"),
    start="list",
    place=70,
    says=_("Imports and other long work: how far it is, what failed and why; stop it, go on with it"),
    endpoints={
        "list": {"GET": Act.PROPOSE},
        "job": {"GET": Act.PROPOSE},
        "stop": {"POST": Act.PROPOSE},
        "again": {"POST": Act.PROPOSE},
        "rebuild": {"POST": Act.UNDO_IMPORT},
    },
    waiting=_under_way,
)
