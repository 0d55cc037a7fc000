"""Same event or not: check, decide through the record, choose a template."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portico.store import Record, StoredAccount
from portico.web.access.acts import Act
from portico.web.access.permissions import may
from portico.web.access.viewer import viewer_of
from portico.web.desk.records import best_record, record_of
from portico.web.inbox.undoing import last_act, remember
from portico.web.matching.pairs import pair_of
from portico.web.matching.queue import later, next_of, put_off


class Deciding(forms.Form):
    """Why. It is kept with the decision."""

    reason = forms.CharField(
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("Colleagues read it in the history. It may stay empty."),
        max_length=2000,
        required=False,
    )


def next_pair(request: HttpRequest) -> HttpResponse:
    """The next two accounts that may tell of one event; of one document first, if it is named."""
    source = request.GET.get("source", "")
    found = next_of(request, source=source)
    if found is not None:
        query = f"?{urlencode({'source': source})}" if source else ""
        return HttpResponseRedirect(reverse("matching:pair", args=found) + query)
    return render(request, "matching/none.html", {"last_act": last_act(request), "later": len(later(request))})


def pair(request: HttpRequest, one: str, other: str) -> HttpResponse:
    """Both side by side, with what speaks for one event and what against."""
    first, second = (_account(request, record_of(request), each) for each in (one, other))
    record = best_record(request, first.id, second.id)
    opened = [record.told_by(each.source)[each.id] for each in (first, second)]
    viewer = viewer_of(request)
    whole = viewer.unlocked and may(viewer, Act.OPEN_GUARDED)
    values = {
        "pair": (shown := pair_of(record, opened[0], opened[1], whole=whole)),
        "sides": (shown.one, shown.other),
        "linked": first.incident == second.incident,
        "apart": frozenset((one, other)) in record.apart([one]),
        "form": Deciding(auto_id="id_%s"),
        "source": request.GET.get("source", ""),
        "last_act": last_act(request),
    }
    return render(request, "matching/pair.html", values)


def decide(request: HttpRequest, one: str, other: str) -> HttpResponse:
    """Links them, keeps them apart, or leaves them for later."""
    record = record_of(request)
    first, second = (_account(request, record, each) for each in (one, other))
    form, decision = Deciding(request.POST), request.POST.get("decision", "")
    if not form.is_valid() or decision not in ("link", "apart", "later"):
        raise Http404
    reason = form.cleaned_data["reason"] or None
    if decision == "later":
        put_off(request, one, other)
    elif decision == "link" and first.incident != second.incident:
        record.link(one, other, actor=request.user.actor, reason=reason)
        remember(request, _("Linked: both tell of one event."), batch=_batch(record, one))
    elif decision == "apart" and first.incident != second.incident:
        record.keep_apart(one, other, actor=request.user.actor, reason=reason)
        remember(request, _("Kept apart. They are not proposed again."), batch=_batch(record, one))
    source = request.POST.get("source", "")
    return HttpResponseRedirect(reverse("matching:next") + (f"?{urlencode({'source': source})}" if source else ""))


def _account(request: HttpRequest, record: Record, name: str) -> StoredAccount:
    """An account that this viewer may decide about. Raises Http404."""
    found = record.account(name)
    if found is None:
        raise Http404
    state = record.incident(found.incident)
    if state is None or not may(viewer_of(request), Act.DECIDE, accounts=state.accounts):
        raise Http404
    return found


def _batch(record: Record, subject: str) -> str:
    """Of the decision that was just made about this account."""
    entry = record.latest(subject)
    return entry.batch if entry else ""
