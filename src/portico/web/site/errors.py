"""Pages for what went wrong, with the frame of the desk; and a log of it that names nobody."""

import logging
import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "desk/404.html", status=404)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "desk/403.html", status=403)


def wrong_call(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "desk/400.html", status=400)


def broken(request: HttpRequest) -> HttpResponse:
    """A mistake of ours. The frame is not asked for: it may be what broke."""
    return render(request, "desk/500.html", status=500, using=None)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that did not come from a page of this desk, or from one that was open too long."""
    return render(request, "desk/forged.html", status=403)


class Nameless(logging.Filter):
    """Takes out of a line what may name a person: the query of an address, quoted words, line breaks."""

    def filter(self, record: logging.LogRecord) -> bool:
        told = re.sub(r"\?\S*", "", record.getMessage())
        record.msg, record.args = re.sub(r"[\r\n]+", " ", told), ()
        record.request = None
        if record.exc_info and record.exc_info[1] is not None:
            # The message of an exception may quote what was typed; where it happened does not.
            record.msg += f" [{type(record.exc_info[1]).__name__} at {_where(record)}]"
            record.exc_info = None
        return True


def _where(record: logging.LogRecord) -> str:
    trace = record.exc_info[2] if record.exc_info else None
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
