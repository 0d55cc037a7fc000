"""Addresses of reading. A document is named by its sha256, a claim by its id."""

from django.urls import path

from portico.web.read import views

urlpatterns = [
    path("", views.next_document, name="next"),
    path("<str:source>/", views.document, name="document"),
    path("<str:source>/decide/", views.decide, name="decide"),
    path("<str:source>/agreed/", views.accept_agreed, name="agreed"),
    path("<str:source>/undo/", views.undo, name="undo"),
]
