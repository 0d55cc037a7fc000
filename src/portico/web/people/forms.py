"""What an administrator types about people."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from portico.web.access.acts import Role
from portico.web.access.models import Team
from portico.web.people.reading import KINDS

ROLE_WORDS = {
    Role.READER: _("Reader: sees and exports the record, guarded words masked"),
    Role.DOCUMENTER: _("Documenter: adds documents and calls, decides claims, opens guarded words"),
    Role.REVIEWER: _("Reviewer: as a documenter; also verifies, restricts, undoes imports"),
    Role.COUNSEL: _("Counsel: adds, verifies, restricts, erases, opens guarded words"),
    Role.ADMINISTRATOR: _("Administrator: people and access; by that alone nothing of the record"),
}


def _roles() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("Roles"),
        choices=[(role.value, words) for role, words in ROLE_WORDS.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class Inviting(forms.Form):
    """A person to let in."""

    name = forms.CharField(label=_("Name"), help_text=_("As colleagues know them"), max_length=100)
    roles = _roles()
    team = forms.ModelChoiceField(Team.objects.order_by("name"), label=_("Team"), required=False)

    def clean_roles(self) -> list[str]:
        roles = list(self.cleaned_data["roles"])
        if not roles:
            raise forms.ValidationError(_("Choose at least one role: without one nothing opens."))
        return roles


class Placing(forms.Form):
    """Roles and teams of somebody who is here."""

    roles = _roles()
    teams = forms.ModelMultipleChoiceField(
        Team.objects.order_by("name"), label=_("Teams"), required=False, widget=forms.CheckboxSelectMultiple
    )


class NewTeam(forms.Form):
    """A team."""

    name = forms.CharField(label=_("Name of the team"), max_length=100)

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        if Team.objects.filter(name__iexact=name).exists():
            raise forms.ValidationError(_("There is a team of this name. Choose another."))
        return name


class Looking(forms.Form):
    """Which openings and changes to show. An empty field does not narrow."""

    actor = forms.ChoiceField(label=_("Who"), required=False)
    kind = forms.ChoiceField(label=_("Did"), choices=[("", _("anything")), *KINDS.items()], required=False)
    thing = forms.CharField(label=_("Of what"), help_text=_("The beginning of an id"), max_length=80, required=False)
    since = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}), required=False)
    until = forms.DateField(label=_("To"), widget=forms.DateInput(attrs={"type": "date"}), required=False)

    def __init__(self, data: Mapping[str, str], *, actors: Mapping[str, str]) -> None:
        super().__init__(data)
        named = sorted(actors.items(), key=lambda each: each[1].casefold())
        self.fields["actor"].choices = [("", _("anybody")), *named]
