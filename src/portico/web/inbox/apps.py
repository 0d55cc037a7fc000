"""The app of the inbox."""

from django.apps import AppConfig


class InboxConfig(AppConfig):
    name = "portico.web.inbox"
    label = "inbox"
    default_auto_field = "django.db.models.BigAutoField"
