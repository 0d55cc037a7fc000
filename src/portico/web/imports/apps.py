"""The app of imports."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "portico.web.imports"
    label = "imports"
    default_auto_field = "django.db.models.BigAutoField"
