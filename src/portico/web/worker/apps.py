"""The app of long work."""

from django.apps import AppConfig


class WorkerConfig(AppConfig):
    name = "portico.web.worker"
    label = "worker"
    default_auto_field = "django.db.models.BigAutoField"
