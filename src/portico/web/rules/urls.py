"""Addresses of the rules."""

from django.urls import path

from portico.web.rules import views

urlpatterns = [
    path("", views.day, name="day"),
    path("rule/<str:rule_id>/", views.rule_page, name="rule"),
    path("incident/<str:incident>/", views.incident_page, name="incident"),
    path("incident/<str:incident>/record/", views.record_known, name="record"),
]
