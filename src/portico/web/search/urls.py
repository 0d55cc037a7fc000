"""Addresses of the search."""

from django.urls import path

from portico.web.search import views

urlpatterns = [path("", views.results, name="results")]
