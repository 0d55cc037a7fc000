"""The screen of erasing."""

from django.utils.translation import gettext_lazy as _

from portico.web.access.acts import Act
from portico.web.desk.screens import Screen

SCREEN = Screen(
    name="erasing",
    path="erasing/",
    title=_("Erasing"),
    start="find",
    says=_("Destroy the keys of a person who withdrew, or of a private document; counts and proofs stay"),
    endpoints={"find": {"GET": Act.ERASE}, "reach": {"GET": Act.ERASE, "POST": Act.ERASE}},
    examples={"reach": {"subject": "p-0"}},
)
