"""The app of the pages: their templates, stylesheets, scripts, tags and translations."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "portico.web"
    label = "web"
