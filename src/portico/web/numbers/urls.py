"""Addresses of the numbers."""

from django.urls import path

from portico.web.numbers import views

urlpatterns = [
    path("", views.counted, name="count"),
    path("table.csv", views.table, name="table"),
    path("moved.csv", views.difference, name="moved"),
    path("table.xlsx", views.sheets, name="sheets"),
    path("table.pdf", views.print_out, name="paper"),
]
