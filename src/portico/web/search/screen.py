"""The screen of the search."""

from django.utils.translation import gettext_lazy as _

from portico.web.access.acts import Act
from portico.web.desk.screens import Screen

SCREEN = Screen(
    name="search",
    path="search/",
    title=_("Search"),
    start="results",
    endpoints={"results": {"GET": Act.LOOK}},
)
