"""The start page."""

from django.utils.translation import gettext_lazy as _

from portico.web.access.acts import Act
from portico.web.desk.screens import Screen

SCREEN = Screen(
    name="desk",
    path="",
    title=_("Start"),
    start="start",
    endpoints={"start": {"GET": Act.ACCOUNT}},
)
