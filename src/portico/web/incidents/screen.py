"""The screen of incidents."""

from django.utils.translation import gettext_lazy as _

from portico.web.access.acts import Act
from portico.web.desk.screens import Screen

SCREEN = Screen(
    name="incidents",
    path="incidents/",
    title=_("Incidents"),
    start="list",
    place=20,
    says=_("Every event of the record: what is agreed, disputed, told once or not said"),
    endpoints={
        "list": {"GET": Act.LOOK},
        "incident": {"GET": Act.LOOK},
        "history": {"GET": Act.LOOK},
        "save": {"GET": Act.EXPORT},
        "save_for": {"POST": Act.EXPORT},
        "original": {"GET": Act.OPEN_GUARDED},
        "mark": {"POST": Act.VERIFY},
        "close": {"POST": Act.RESTRICT},
        "open": {"POST": Act.RESTRICT},
    },
    examples={
        **{name: {"incident": "i-0"} for name in ("incident", "history", "save", "mark", "close", "open")},
        "save_for": {"incident": "i-0", "purpose": "story"},
        "original": {"incident": "i-0", "source": "0"},
    },
)
