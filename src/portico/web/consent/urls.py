"""Addresses of consent and retention."""

from django.urls import path

from portico.web.consent import views

urlpatterns = [
    path("", views.everybody, name="list"),
    path("due/", views.due, name="due"),
    path("<str:subject>/", views.one, name="subject"),
]
