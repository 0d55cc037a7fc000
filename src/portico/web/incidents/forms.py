"""What a person asks of the list, and what they say of an incident."""

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from portico.facts import ATTRIBUTES, Verification
from portico.web.access.models import Team
from portico.web.wording import VERIFICATION_WORDS, value_words


def _kinds() -> list[tuple[str, str]]:
    return _choices("kind")


def _zones() -> list[tuple[str, str]]:
    return _choices("zone")


def _choices(attribute: str) -> list[tuple[str, str]]:
    return [("", gettext("any")), *((code, value_words(attribute, code)) for code in ATTRIBUTES[attribute].values)]


def _states() -> list[tuple[str, str]]:
    return [(each.value, gettext(VERIFICATION_WORDS[each])) for each in Verification]


class Filters(forms.Form):
    """Which incidents to show. An empty field does not narrow."""

    kind = forms.ChoiceField(label=_("What happened"), choices=_kinds, required=False)
    zone = forms.ChoiceField(label=_("Where"), choices=_zones, required=False)
    verification = forms.ChoiceField(
        label=_("Confirmed"),
        choices=lambda: [("", gettext("any")), *_states()],
        required=False,
    )
    court = forms.CharField(label=_("Courthouse, county or state"), max_length=120, required=False)
    since = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}), required=False)
    until = forms.DateField(label=_("To"), widget=forms.DateInput(attrs={"type": "date"}), required=False)


class Marking(forms.Form):
    """How far an incident is confirmed, and who or what confirms it."""

    verification = forms.ChoiceField(label=pgettext_lazy("how far confirmed", "State"), choices=_states)
    was = forms.ChoiceField(
        choices=[(each.value, each.value) for each in Verification], widget=forms.HiddenInput, required=False
    )
    reason = forms.CharField(
        label=_("Who or what confirms it"),
        help_text=_("Kept in the log for good: a role or a document, no name"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class Closing(forms.Form):
    """The team that alone sees an incident from now on."""

    team = forms.ModelChoiceField(
        Team.objects.order_by("name"),
        label=_("Team"),
        help_text=_("Everybody else, you too if you are not in it, no longer finds the incident and its documents."),
    )
