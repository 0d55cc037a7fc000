"""What somebody types at the inbox: a text, files, a call. Errors say what to do, beside the field."""

from collections.abc import Mapping

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portico.facts import ATTRIBUTES, DateError, PartialDate
from portico.places import Resolution, resolve
from portico.web.arriving import file_name
from portico.web.wording import value_words

LARGEST_BYTES = 10_000_000
MOST_FILES = 20
LONGEST_TEXT = 1_000_000  # characters

MAY_USE = {
    "": gettext_lazy("Caller has not said"),
    "statistics": gettext_lazy("For statistics only"),
    "lawyer": gettext_lazy("For the lawyer only"),
    "both": gettext_lazy("For statistics and for the lawyer"),
}


def _day(typed: str) -> str:
    """An EDTF day, month or year; empty if nothing was typed."""
    if not typed.strip():
        return ""
    try:
        return PartialDate(typed.strip()).edtf
    except DateError:
        raise forms.ValidationError(
            _("%(typed)s is not a date. Give a day as 2019-05-14, a month as 2019-05, or leave it empty.")
            % {"typed": typed}
        ) from None


class Pasting(forms.Form):
    """A text."""

    words = forms.CharField(
        label=gettext_lazy("Text"),
        widget=forms.Textarea(attrs={"rows": 10, "class": "serif", "dir": "auto"}),
        max_length=LONGEST_TEXT,
    )
    publisher = forms.CharField(label=gettext_lazy("Published by"), max_length=200, required=False)
    published_on = forms.CharField(
        label=gettext_lazy("Day of publication"), help_text="2019-05-14", max_length=20, required=False
    )
    url = forms.URLField(label=gettext_lazy("Address"), assume_scheme="https", required=False)
    private = forms.BooleanField(label=gettext_lazy("A note, a report or a message: keep it encrypted"), required=False)

    def clean_published_on(self) -> str:
        return _day(self.cleaned_data["published_on"])


class Calling(forms.Form):
    """A call. Everything but the words may stay empty."""

    place = forms.CharField(
        label=gettext_lazy("Courthouse"),
        help_text=gettext_lazy("Any spelling, street or nickname"),
        max_length=200,
        required=False,
    )
    when = forms.CharField(label=gettext_lazy("When"), help_text="2019-05-14", max_length=20, required=False)
    kind = forms.ChoiceField(label=gettext_lazy("What happened"), required=False)
    words = forms.CharField(
        label=gettext_lazy("In the caller’s words"),
        widget=forms.Textarea(attrs={"rows": 5, "class": "serif", "dir": "auto"}),
        max_length=LONGEST_TEXT,
    )
    may_use = forms.ChoiceField(label=gettext_lazy("May we use it?"), choices=MAY_USE.items(), required=False)

    def __init__(self, data: Mapping[str, str] | None = None, **options: object) -> None:
        super().__init__(data, **options)
        codes = ATTRIBUTES["kind"].values
        self.fields["kind"].choices = [("", _("not said")), *((code, value_words("kind", code)) for code in codes)]

    def clean_when(self) -> str:
        return _day(self.cleaned_data["when"])

    @property
    def resolved(self) -> Resolution | None:
        """What the courthouse that was typed may be."""
        typed = str(self.data.get("place", "")).strip()
        return resolve(typed) if typed else None


class _SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class Uploading(forms.Form):
    """Files. After `is_valid`, `received` has them."""

    private = forms.BooleanField(label=gettext_lazy("Notes, reports or messages: keep them encrypted"), required=False)

    files_field = forms.Field(
        label=gettext_lazy("Files"),
        help_text=gettext_lazy("Text, HTML, PDF or e-mail; up to 20 files of 10 MB"),
        widget=_SeveralFiles(attrs={"multiple": True}),
        required=False,
    )
    field_order = ("files_field", "private")

    def clean(self) -> dict[str, object]:
        sent = self.files.getlist("files_field") if hasattr(self.files, "getlist") else []
        if not sent:
            self.add_error("files_field", _("Choose at least one file."))
        if len(sent) > MOST_FILES:
            told = {"n": len(sent), "most": MOST_FILES}
            self.add_error("files_field", _("%(n)d files at once; at most %(most)d. Send them in parts.") % told)
        for each in sent[:MOST_FILES]:
            self._check(each)
        self.received: list[UploadedFile] = sent
        return super().clean() or {}

    def _check(self, each: UploadedFile) -> None:
        if each.size > LARGEST_BYTES:
            told = {"name": file_name(each), "size": f"{each.size:,}", "most": f"{LARGEST_BYTES:,}"}
            self.add_error(
                "files_field",
                _(
                    "%(name)s has %(size)s bytes; at most %(most)s. No file was taken. Split it, or save only its "
                    "text, and choose the files again."
                )
                % told,
            )
