"""The app of people and access."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "portico.web.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"
