"""What somebody says that a person allows, and the day that is looked at."""

from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portico.record import ANSWERS, NAMING, PURPOSES, Consent
from portico.web.consent.shown import ANSWER_WORDS, PURPOSE_WORDS

_DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def today() -> date:
    return timezone.now().date()


class Saying(forms.Form):
    """One purpose, what they said, on which day, and until when it holds."""

    purpose = forms.ChoiceField(
        label=gettext_lazy("For what"), choices=[(each, PURPOSE_WORDS[each]) for each in PURPOSES]
    )
    answer = forms.ChoiceField(
        label=gettext_lazy("They"),
        choices=[(each, ANSWER_WORDS[each]) for each in ANSWERS],
        widget=forms.RadioSelect,
    )
    on = forms.DateField(label=gettext_lazy("On which day"), widget=_DATE, initial=today)
    until = forms.DateField(
        label=gettext_lazy("Until"),
        help_text=gettext_lazy("The last day it holds. After it, who they are falls due for erasing."),
        widget=_DATE,
        required=False,
    )
    how = forms.CharField(
        label=gettext_lazy("How they said it"),
        help_text=gettext_lazy("On paper, on the phone, through whom. Kept encrypted."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto", "data-forget": ""}),
        required=False,
    )

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > today():
            raise forms.ValidationError(_("This day is not here yet. Give the day on which they said it."))
        return on

    def clean(self) -> None:
        told = self.cleaned_data
        given, on, until = told.get("answer") == "given", told.get("on"), told.get("until")
        if given and told.get("purpose") in NAMING and until is None and "until" not in self.errors:
            self.add_error("until", _("Say until when. Nobody’s name is kept without an end."))
        if until and not given:
            self.add_error("until", _("Only what is given has an end. Leave this empty."))
        elif until and on and until < on:
            self.add_error("until", _("The end is before the day they said it. Give a later day."))

    @property
    def consent(self) -> Consent:
        told = self.cleaned_data
        return Consent(purpose=told["purpose"], answer=told["answer"], on=told["on"], until=told["until"])


class OnDay(forms.Form):
    """A day to look ahead to."""

    on = forms.DateField(label=gettext_lazy("Due by"), widget=_DATE, required=False)
