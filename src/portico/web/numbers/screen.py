"""The screen of the numbers."""

from django.utils.translation import gettext_lazy as _

from portico.web.access.acts import Act
from portico.web.desk.screens import Screen

SCREEN = Screen(
    name="numbers",
    path="numbers/",
    title=_("Numbers"),
    start="count",
    place=50,
    says=_("A figure with its definition, from … to …, and the events behind it"),
    endpoints={
        "count": {"GET": Act.LOOK},
        "table": {"GET": Act.EXPORT},
        "moved": {"GET": Act.EXPORT},
        "sheets": {"GET": Act.EXPORT},
        "paper": {"GET": Act.EXPORT},
    },
)
