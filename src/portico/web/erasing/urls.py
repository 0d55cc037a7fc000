"""Addresses of erasing."""

from django.urls import path

from portico.web.erasing import views

urlpatterns = [
    path("", views.find, name="find"),
    path("<str:subject>/", views.reach, name="reach"),
]
