"""The Django app of the record, so that the desk can use the same models and migrations."""

from django.apps import AppConfig


class StoreConfig(AppConfig):  # type: ignore[misc]  # Django has no types
    name = "portico.store"
    label = "store"
    verbose_name = "The record"
    default_auto_field = "django.db.models.BigAutoField"
