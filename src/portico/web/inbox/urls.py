"""Addresses of the inbox."""

from django.urls import path

from portico.web.inbox import views

urlpatterns = [
    path("", views.listing, name="list"),
    path("near/", views.near, name="near"),
    path("text/", views.text, name="text"),
    path("call/", views.call, name="call"),
    path("files/", views.files, name="files"),
    path("sent/", views.sent, name="sent"),
    path("alike/<str:kind>/", views.alike, name="alike"),
    path("accept/", views.accept, name="accept"),
    path("aside/", views.aside, name="aside"),
    path("undo/", views.undo, name="undo"),
    path("uploads/<int:number>/again/", views.again, name="again"),
    path("uploads/<int:number>/remove/", views.remove, name="remove"),
]
