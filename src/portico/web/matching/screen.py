"""The screen that asks whether two accounts tell of one event. It is reached from the inbox and from reading."""

from django.utils.translation import gettext_lazy as _

from portico.web.access.acts import Act
from portico.web.desk.screens import Screen

SCREEN = Screen(
    name="matching",
    path="match/",
    title=_("Match"),
    start="next",
    endpoints={
        "next": {"GET": Act.DECIDE},
        "pair": {"GET": Act.DECIDE},
        "decide": {"POST": Act.DECIDE},
    },
)
