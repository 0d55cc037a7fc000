"""The start page: the screens of this user, and what waits in them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def start(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/start.html")
