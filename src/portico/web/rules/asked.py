"""What a person asks of the rules: a courthouse or place as they write it, a day, and perhaps a second day."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portico.facts import PartialDate
from portico.places import Courthouse, Resolution, load_gazetteer, resolve
from portico.policy import Place


class DayForm(forms.Form):
    """A courthouse and a day. Errors keep what was typed."""

    courthouse = forms.CharField(
        label=gettext_lazy("Courthouse"),
        help_text=gettext_lazy("A name or an address, as you would write it"),
        max_length=200,
    )
    state = forms.CharField(
        label=gettext_lazy("State"), max_length=2, min_length=2, required=False, help_text=gettext_lazy("As NY")
    )
    day = forms.DateField(
        label=gettext_lazy("Day"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": gettext_lazy("This is not a date. Give a day, as 2019-05-14.")},
    )
    compare = forms.DateField(
        label=gettext_lazy("Compare with"), widget=forms.DateInput(attrs={"type": "date"}), required=False
    )

    def clean_state(self) -> str:
        return str(self.cleaned_data["state"]).upper()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Where a question is about. place None: several courthouses fit, or none does; `found` says why."""

    found: Resolution
    place: Place | None
    courthouse: Courthouse | None
    name: str


def asked(words: str, state: str | None, on: date) -> Asked:
    """The place of a question: one courthouse, or the court of a county and state. Never one of several."""
    by_id = load_gazetteer().by_id(words)
    found = resolve(by_id.name if by_id else words, by_id.state if by_id else state, on=PartialDate.of(on))
    courthouse = by_id or found.courthouse
    if courthouse:
        return Asked(found=found, place=_place(courthouse, on), courthouse=courthouse, name=courthouse.name)
    if found.candidates or not found.state:
        return Asked(found=found, place=None, courthouse=None, name=words)
    place = Place(date=PartialDate.of(on), state=found.state, county=found.county)
    county = _("a court of {county}, {state}").format(county=found.county or _("a county not known"), state=found.state)
    return Asked(found=found, place=place, courthouse=None, name=county)


def _place(courthouse: Courthouse, on: date) -> Place:
    return Place(
        date=PartialDate.of(on),
        state=courthouse.state,
        county=courthouse.county,
        court_system=courthouse.court_system,
        building=courthouse.id,
    )
