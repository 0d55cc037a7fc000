"""Addresses of people and access."""

from django.urls import path

from portico.web.people import views

urlpatterns = [
    path("", views.everybody, name="list"),
    path("invite/", views.invite, name="invite"),
    path("invitations/<int:number>/take-back/", views.take_back, name="take_back"),
    path("tokens/", views.tokens, name="tokens"),
    path("tokens/<int:number>/revoke/", views.revoke_token, name="revoke_token"),
    path("teams/", views.teams, name="teams"),
    path("reads/", views.reads, name="reads"),
    path("<int:number>/", views.person, name="person"),
    path("<int:number>/close/", views.close, name="close"),
    path("<int:number>/reopen/", views.reopen, name="reopen"),
    path("<int:number>/sessions/end/", views.end_sessions, name="end_sessions"),
    path("<int:number>/new-password/", views.new_password, name="new_password"),
]
