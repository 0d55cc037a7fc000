"""The screen of imports."""

from django.utils.translation import gettext_lazy as _

from portico.web.access.acts import Act
from portico.web.desk.screens import Screen

_LOOK = {"GET": Act.PROPOSE}
_CHANGE = {"POST": Act.PROPOSE}

SCREEN = Screen(
    name="imports",
    path="imports/",
    title=_("Imports"),
    start="list",
    place=60,
    says=_("Sheets of reports: say what the columns tell, look first, then bring them in; take one back whole"),
    endpoints={
        "list": _LOOK,
        "new": {**_LOOK, **_CHANGE},
        "one": _LOOK,
        "columns": {**_LOOK, **_CHANGE},
        "words": _CHANGE,
        "cells": _CHANGE,
        "save": _CHANGE,
        "take": _CHANGE,
        "undo": {"POST": Act.UNDO_IMPORT},
        "discard": _CHANGE,
        "rows": _LOOK,
        "report": _LOOK,
    },
)
