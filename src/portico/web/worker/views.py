"""Long work: check, call, choose a template."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from portico.web.worker import queue
from portico.web.worker.models import UNDER_WAY, Job
from portico.web.worker.shown import shown

_ON_A_PAGE = 25


def listing(request: HttpRequest) -> HttpResponse:
    """What is under way, then what ended, the newest first."""
    page = Paginator(Job.objects.exclude(state__in=UNDER_WAY).order_by("-pk"), _ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    values = {
        "under_way": [shown(each) for each in Job.objects.filter(state__in=UNDER_WAY).order_by("pk")],
        "ended": [shown(each) for each in page],
        "page": page,
    }
    return render(request, "worker/list.html", values)


def job(request: HttpRequest, number: int) -> HttpResponse:
    """One job; for htmx how far it is now, and when it has ended the whole page again."""
    found = get_object_or_404(Job, pk=number)
    if not request.htmx:
        return render(request, "worker/job.html", {"each": shown(found)})
    answer = render(request, "worker/_job.html", {"each": shown(found)})
    if not found.is_under_way:
        answer.headers["HX-Refresh"] = "true"
    return answer


def stop(request: HttpRequest, number: int) -> HttpResponse:
    """Ends a job after its current step."""
    found = get_object_or_404(Job, pk=number)
    queue.ask_to_stop(found)
    messages.info(
        request, _("It stops after its current step. What was done before stays, and it can go on from there.")
    )
    return redirect("worker:job", number)


def again(request: HttpRequest, number: int) -> HttpResponse:
    """Takes up a job that failed or was stopped, from its last step."""
    found = get_object_or_404(Job, pk=number)
    queue.go_on(found)
    return redirect("worker:job", number)


def rebuild(request: HttpRequest) -> HttpResponse:
    """Asks for every projection to be made again from the log."""
    return redirect("worker:job", queue.put("worker.rebuild", 0, by=request.user).pk)
