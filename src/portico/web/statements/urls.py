"""Addresses of statements and actions."""

from django.urls import path

from portico.web.statements import views

urlpatterns = [
    path("", views.said, name="said"),
    path("actions/", views.actions, name="actions"),
    path("actions.ics", views.calendar, name="calendar"),
]
