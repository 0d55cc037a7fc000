"""Addresses of the start page."""

from django.urls import path

from portico.web.desk import views

urlpatterns = [path("", views.start, name="start")]
