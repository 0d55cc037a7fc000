"""Addresses of matching. Accounts are named by their ids."""

from django.urls import path

from portico.web.matching import views

urlpatterns = [
    path("", views.next_pair, name="next"),
    path("<str:one>/<str:other>/", views.pair, name="pair"),
    path("<str:one>/<str:other>/decide/", views.decide, name="decide"),
]
