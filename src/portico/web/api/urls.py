"""Addresses of the API, and of the document that describes them."""

from django.urls import path

from portico.web.api.document import program_api, sent_document

urlpatterns = [
    path("openapi.json", sent_document, name="document"),
    *(each for each in program_api().urls[0] if each.name != "api-root"),
]
