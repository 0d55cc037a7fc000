"""Addresses of the numbers."""

from django.urls import path

from portico.web.numbers import views

urlpatterns = [
    path("", views.counted, name="count"),
    path("table.csv", views.table, name="table"),
]
