"""Addresses of long work."""

from django.urls import path

from portico.web.worker import views

urlpatterns = [
    path("", views.listing, name="list"),
    path("rebuild/", views.rebuild, name="rebuild"),
    path("<int:number>/", views.job, name="job"),
    path("<int:number>/stop/", views.stop, name="stop"),
    path("<int:number>/again/", views.again, name="again"),
]
