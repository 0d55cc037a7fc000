"""Addresses of imports."""

from django.urls import path

from portico.web.imports import views

urlpatterns = [
    path("", views.listing, name="list"),
    path("new/", views.new, name="new"),
    path("<int:number>/", views.one, name="one"),
    path("<int:number>/columns/", views.columns, name="columns"),
    path("<int:number>/words/", views.words, name="words"),
    path("<int:number>/cells/", views.cells, name="cells"),
    path("<int:number>/save/", views.save, name="save"),
    path("<int:number>/take/", views.take, name="take"),
    path("<int:number>/undo/", views.undo, name="undo"),
    path("<int:number>/discard/", views.discard, name="discard"),
    path("<int:number>/incidents/", views.rows, name="rows"),
    path("<int:number>/report.csv", views.report, name="report"),
]
