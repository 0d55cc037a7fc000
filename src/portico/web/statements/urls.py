"""Addresses of statements and actions."""

from django.urls import path

from portico.web.statements import views

urlpatterns = [
    path("", views.said, name="said"),
    path("actions/", views.actions, name="actions"),
    path("actions/<str:action>/", views.demand, name="demand"),
    path("actions/<str:action>/answer/", views.answer, name="answer"),
    path("actions/<str:action>/take-back/", views.take_back, name="take_back"),
    path("actions.ics", views.calendar, name="calendar"),
]
