"""What somebody types who corrects or rejects a claim."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portico.facts import ATTRIBUTES, DateError, PartialDate, Span, Value
from portico.places import resolve
from portico.web.read.claims import Row
from portico.web.read.finding import find_words
from portico.web.wording import apart, value_words

_NUMBERS = frozenset({"people_arrested", "age"})
_LONGEST = 2000


class _Codes(forms.RadioSelect):
    """Codes to choose from; the keyboard begins at the one that is chosen."""

    def create_option(self, *arguments: object, **named: object) -> dict[str, object]:
        option: dict[str, object] = super().create_option(*arguments, **named)
        attributes = option["attrs"]
        assert isinstance(attributes, dict)
        if option["selected"]:
            attributes["autofocus"] = True
        return option


class Rejecting(forms.Form):
    """Why a claim does not hold."""

    focused = True

    reason = forms.CharField(
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("Colleagues read it in the history. It may stay empty."),
        max_length=_LONGEST,
        required=False,
        widget=forms.TextInput(attrs={"autofocus": True}),
    )


class Correcting(forms.Form):
    """What holds instead, and the words that say so.

    After `is_valid`: `value`, `spans` (empty = as they were read) and `follows`, what the place leads to.
    """

    value = forms.CharField(max_length=_LONGEST)
    words = forms.CharField(
        label=gettext_lazy("Words it rests on"),
        help_text=gettext_lazy("Select them in the text, or write them exactly as they stand there."),
        max_length=_LONGEST,
        required=False,
    )
    near = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=_LONGEST, required=False)

    def __init__(self, row: Row, text: str | None, data: Mapping[str, str] | None = None) -> None:
        self.row, self.text = row, text
        self.spans: tuple[Span, ...] = ()
        self.follows: dict[str, Value | None] = {}
        super().__init__(data, initial=_initial(row, text), auto_id=f"id_{row.number}_%s")
        self.fields["value"] = _value_field(row)
        self.focused = not ATTRIBUTES[row.attribute].values or self.initial["value"] is not None
        if text is None:
            del self.fields["words"]

    def clean_value(self) -> Value:
        typed, attribute = str(self.cleaned_data["value"]).strip(), self.row.attribute
        if attribute == "date":
            return _date(typed)
        if attribute == "courthouse_id":
            return self._building(typed)
        if attribute == "courthouse":
            self._lead(typed)
        return typed

    def clean_words(self) -> str:
        typed = str(self.cleaned_data["words"])
        if self.text is None or not typed.strip() or typed == self.initial["words"]:
            return typed
        near = self.data.get("near", "")
        spans = (self.row.now or self.row.told.claim).spans
        start = int(near) if near.isdecimal() else min((each.start for each in spans), default=0)
        found = find_words(self.text, typed, near=start)
        if found is None:
            raise forms.ValidationError(
                _("These words are not in the document. Copy them exactly, or select them in the text.")
            )
        self.spans = (found,)
        return typed

    def _building(self, typed: str) -> str:
        found = resolve(typed).courthouse
        if found is None:
            raise forms.ValidationError(_among(typed))
        return found.id

    def _lead(self, typed: str) -> None:
        """What a courthouse leads to: its county and all that. Of a name that several have, the person chooses one."""
        found = resolve(typed)
        if found.courthouse is None and len(found.candidates) > 1:
            raise forms.ValidationError(_among(typed))
        place = found.courthouse
        self.follows = {
            "courthouse_id": place.id if place else None,
            "county": found.county,
            "city": place.city if place else None,
            "state": found.state,
            "court_system": place.court_system if place else None,
            "court_kind": place.court_kind if place else None,
        }


def _among(typed: str) -> str:
    names = [each.courthouse.name for each in resolve(typed).candidates]
    if not names:
        return _("No courthouse of the gazetteer is called so. Write its name or its street and number.")
    return _("This may be: %(names)s. Write the one that is meant.") % {"names": apart(names)}


def _date(typed: str) -> str:
    try:
        return PartialDate(typed).edtf
    except DateError:
        raise forms.ValidationError(
            _("%(typed)s is not a date. Write a day as 2017-11-28, a month as 2017-11 or a year as 2017.")
            % {"typed": typed}
        ) from None


def _value_field(row: Row) -> forms.Field:
    codes = ATTRIBUTES[row.attribute].values
    if codes:
        choices = [(code, value_words(row.attribute, code)) for code in codes]
        return forms.ChoiceField(label=_("What holds"), choices=choices, widget=_Codes)
    if row.attribute in _NUMBERS:
        number = forms.NumberInput(attrs={"autofocus": True})
        return forms.IntegerField(label=_("What holds"), min_value=0, max_value=100_000, widget=number)
    hints = {
        "date": _("A day as 2017-11-28, a month as 2017-11 or a year as 2017."),
        "time": _("Local time, as 09:41."),
        "courthouse": _("Any spelling, or street and number."),
    }
    words = forms.TextInput(attrs={"autofocus": True})
    return forms.CharField(
        label=_("What holds"), max_length=_LONGEST, help_text=hints.get(row.attribute, ""), widget=words
    )


def _initial(row: Row, text: str | None) -> dict[str, object]:
    claim = row.now or row.told.claim
    first = min(claim.spans, default=None)
    words = text[first.start : first.end] if text is not None and first is not None else ""
    value = claim.possible[0] if len(claim.possible) == 1 else None
    return {"value": value, "words": " ".join(words.split())}
