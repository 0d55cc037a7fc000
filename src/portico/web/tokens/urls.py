"""Addresses of one's own access tokens."""

from django.urls import path

from portico.web.tokens import views

urlpatterns = [
    path("", views.listing, name="list"),
    path("reference/", views.reference, name="reference"),
    path("new/", views.new, name="new"),
    path("<int:number>/revoke/", views.revoke, name="revoke"),
]
