"""The screen that reads one document. It is reached from the inbox."""

from django.utils.translation import gettext_lazy as _

from portico.web.access.acts import Act
from portico.web.desk.screens import Screen

SCREEN = Screen(
    name="read",
    path="read/",
    title=_("Read"),
    start="next",
    endpoints={
        "next": {"GET": Act.LOOK},
        "document": {"GET": Act.LOOK},
        "decide": {"POST": Act.DECIDE},
        "agreed": {"POST": Act.DECIDE},
        "undo": {"POST": Act.DECIDE},
    },
)
