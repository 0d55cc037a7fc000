"""Addresses of the incidents."""

from django.urls import path

from portico.web.incidents import views

urlpatterns = [
    path("", views.incidents, name="list"),
    path("<str:incident>/", views.incident_page, name="incident"),
    path("<str:incident>/history/", views.history, name="history"),
    path("<str:incident>/save/", views.save, name="save"),
    path("<str:incident>/save/<str:purpose>/", views.save_for, name="save_for"),
    path("<str:incident>/original/<str:source>/", views.original, name="original"),
    path("<str:incident>/mark/", views.mark, name="mark"),
    path("<str:incident>/close/", views.close_to, name="close"),
    path("<str:incident>/open/", views.open_again, name="open"),
]
