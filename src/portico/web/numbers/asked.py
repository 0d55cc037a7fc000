"""What a person asks to be counted."""

from datetime import UTC, date, datetime, time, timedelta

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portico.counting import DIMENSIONS, definitions
from portico.web.wording import spaced

DEFAULT = "arrests-and-attempts"


def _dimensions() -> list[tuple[str, str]]:
    return [("", gettext("nothing")), *((name, spaced(name)) for name in DIMENSIONS)]


class Counting(forms.Form):
    """A definition, a dimension, a day of knowledge, and another to compare with."""

    definition = forms.ChoiceField(
        label=_("Definition"), choices=lambda: [(each.id, gettext(each.name)) for each in definitions().values()]
    )
    by = forms.ChoiceField(
        label=_("Count by"),
        choices=_dimensions,
        required=False,
    )
    and_by = forms.ChoiceField(
        label=_("and by"),
        choices=_dimensions,
        required=False,
    )
    state = forms.CharField(label=_("State"), max_length=2, required=False)
    county = forms.CharField(label=_("County"), max_length=60, required=False)
    as_of = forms.DateField(label=_("As of"), widget=forms.DateInput(attrs={"type": "date"}), required=False)
    before = forms.DateField(label=_("Compare with"), widget=forms.DateInput(attrs={"type": "date"}), required=False)

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The dimensions of the rows, each once."""
        told = (self.cleaned_data["by"], self.cleaned_data["and_by"])
        return tuple(dict.fromkeys(filter(None, told)))

    @property
    def cells(self) -> tuple[str, ...]:
        """The row whose events are asked for; none, and those of the whole figure are."""
        cells = self.data.getlist("cell") if hasattr(self.data, "getlist") else []
        return tuple(cells) if len(cells) == len(self.dimensions) else ()

    @property
    def where(self) -> dict[str, str]:
        """The cells asked for."""
        state, county = self.cleaned_data["state"].upper(), self.cleaned_data["county"]
        return {name: value for name, value in (("state", state), ("county", county)) if value}

    @property
    def command(self) -> str:
        """The command that gives the same figure."""
        told = self.cleaned_data
        where = "".join(f' --where "{name}={value}"' for name, value in self.where.items())
        by = "".join(f" --by {name}" for name in self.dimensions)
        as_of = f" --as-of {told['as_of']}" if told["as_of"] else ""
        return f"portico count {told['definition']}{by}{where}{as_of}"


def end_of(day: date | None) -> datetime | None:
    """The instant at the end of a day (UTC); None = now."""
    return datetime.combine(day + timedelta(days=1), time(), UTC) if day else None
