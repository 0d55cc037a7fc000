"""The screen of statements and actions."""

from django.utils.translation import gettext_lazy as _

from portico.web.access.acts import Act
from portico.web.desk.screens import Screen

SCREEN = Screen(
    name="statements",
    path="statements/",
    title=_("Statements"),
    start="said",
    place=30,
    says=_("Who said what when, in their exact words; actions, demands, planned dates"),
    endpoints={
        "said": {"GET": Act.LOOK},
        "actions": {"GET": Act.LOOK},
        "calendar": {"GET": Act.EXPORT},
        "demand": {"GET": Act.LOOK},
        "answer": {"POST": Act.DECIDE},
        "take_back": {"POST": Act.DECIDE},
    },
)
