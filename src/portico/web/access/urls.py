"""Addresses of one's own account that are not the sign-in package's."""

from django.urls import path

from portico.web.access import views

app_name = "access"
urlpatterns = [
    path("", views.own, name="own"),
    path("enrol/", views.enrol, name="enrol"),
    path("password/", views.password, name="password"),
    path("unlock/", views.unlock_session, name="unlock"),
    path("lock/", views.lock_session, name="lock"),
    path("sessions/end/", views.end_own, name="end_own"),
    path("invited/<str:secret>/", views.invited, name="invited"),
]
