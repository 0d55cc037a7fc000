"""The app of the access tokens."""

from django.apps import AppConfig


class TokensConfig(AppConfig):
    name = "portico.web.tokens"
    label = "tokens"
    default_auto_field = "django.db.models.BigAutoField"
