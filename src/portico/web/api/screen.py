"""The addresses of the API and what each asks one to be allowed to do: in the same table as those of the screens."""

from django.utils.translation import gettext_lazy as _

from portico.web.access.acts import Act
from portico.web.desk.screens import Screen

SCREEN = Screen(
    name="api",
    path="api/v1/",
    title=_("API"),
    start="document",
    endpoints={
        "document": {"GET": Act.ANYONE},
        "incidents": {"GET": Act.LOOK},
        "incident": {"GET": Act.LOOK},
        "findings": {"GET": Act.LOOK},
        "mark": {"POST": Act.VERIFY},
        "documents": {"GET": Act.LOOK, "POST": Act.PROPOSE},
        "source": {"GET": Act.LOOK},
        "files": {"POST": Act.PROPOSE},
        "reports": {"POST": Act.PROPOSE},
        "account": {"GET": Act.LOOK},
        "decide": {"POST": Act.DECIDE},
        "links": {"POST": Act.DECIDE},
        "unlink": {"POST": Act.DECIDE},
        "statements": {"GET": Act.LOOK},
        "actions": {"GET": Act.LOOK},
        "rules": {"GET": Act.LOOK},
        "rule": {"GET": Act.LOOK},
        "definitions": {"GET": Act.EXPORT},
        "figure": {"GET": Act.EXPORT},
        "search": {"GET": Act.LOOK},
    },
    examples={"rule": {"rule_id": "ny-oca-directive-1-2019"}, "figure": {"definition": "arrests-and-attempts"}},
)
