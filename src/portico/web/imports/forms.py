"""What somebody says about a sheet: the file, what each column tells, which codes its words have."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portico.facts import ATTRIBUTES, DataClass
from portico.web.arriving import MOST_OF_A_FILE, file_name
from portico.web.imports.cells import Corrections
from portico.web.imports.mapping import FORMS, KINDS, OFFERED, MappedColumn, SheetMapping
from portico.web.imports.report import UnknownWord, Wrong
from portico.web.wording import value_words

LARGEST_BYTES = MOST_OF_A_FILE
_LONGEST_CELL = 2000  # characters

_KIND_WORDS = {
    "": gettext_lazy("as usual"),
    "text": gettext_lazy("words"),
    "date": gettext_lazy("a day"),
    "time": gettext_lazy("a time of day"),
    "integer": gettext_lazy("a whole number"),
    "yes_no": gettext_lazy("yes or no"),
}
_FORM_WORDS = {
    "": gettext_lazy("several ways"),
    "month/day/year": "11/28/2017",
    "day/month/year": "28/11/2017",
    "year-month-day": "2017-11-28",
    "day-month name-year": "28 Nov 2017",
    "month name day, year": "November 28, 2017",
}


class SheetFile(forms.Form):
    """One file. After `is_valid`, `file` has it."""

    sheet = forms.Field(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV, also compressed as .gz, or XLSX, XLS, ODS; up to 100 MB"),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.gz,.xlsx,.xlsm,.xls,.xlsb,.ods"}),
        required=False,
    )
    like = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean_sheet(self) -> UploadedFile:
        sent = self.files.get("sheet")
        if sent is None:
            raise forms.ValidationError(_("Choose a file of at most 100 MB. A larger one comes in by the command."))
        if sent.size > LARGEST_BYTES:
            told = {"size": f"{sent.size:,}", "most": f"{LARGEST_BYTES:,}"}
            raise forms.ValidationError(
                _("The file has %(size)s bytes; at most %(most)s. Compress it as .gz, or split it.") % told
            )
        return sent

    @property
    def file_name(self) -> str:
        return file_name(self.cleaned_data["sheet"], "sheet")


class _ColumnForm(forms.Form):
    """One column. Its labels stand in the head of the table; each control says for itself which column it is of."""

    attribute = forms.ChoiceField(required=False)
    kind = forms.ChoiceField(required=False, choices=[(name, _KIND_WORDS[name]) for name in ("", *KINDS)])
    form = forms.ChoiceField(required=False, choices=[(name, _FORM_WORDS[name]) for name in ("", *FORMS)])

    def __init__(self, column: MappedColumn, data: Mapping[str, str] | None, prefix: str) -> None:
        said = {"attribute": column.attribute, "kind": column.kind, "form": column.form}
        super().__init__(data, prefix=prefix, initial=said)
        self.fields["attribute"].choices = _attribute_choices()
        labels = {"attribute": _("What it tells"), "kind": _("What it holds"), "form": _("How its days are written")}
        for name, label in labels.items():
            self.fields[name].widget.attrs["aria-label"] = f"{label}: {column.heading}"


def _attribute_choices() -> list[object]:
    def named(which: DataClass) -> list[tuple[str, str]]:
        return [(name, _(ATTRIBUTES[name].label)) for name in OFFERED if ATTRIBUTES[name].data_class is which]

    return [
        ("", _("left out")),
        (_("The event"), named(DataClass.CLEAR)),
        (_("Who people are: kept encrypted"), named(DataClass.GUARDED)),
    ]


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """One line of the page: the column, its controls, and its samples where they may be shown."""

    column: MappedColumn
    form: _ColumnForm
    samples: tuple[str, ...]


class Columns:
    """What every column tells."""

    def __init__(self, mapping: SheetMapping, data: Mapping[str, str] | None = None) -> None:
        self.mapping = mapping
        self.forms = [_ColumnForm(each, data, f"c{at}") for at, each in enumerate(mapping.columns)]
        self.is_bound = data is not None

    def said(self) -> SheetMapping:
        """The mapping as it was said. A choice that is none of those offered is as if nothing had been said."""
        columns = []
        for column, form in zip(self.mapping.columns, self.forms, strict=True):
            told = form.cleaned_data if form.is_valid() else {}
            values = column.values if told.get("attribute") == column.attribute else {}
            columns.append(
                replace(
                    column,
                    attribute=told.get("attribute", ""),
                    kind=told.get("kind", ""),
                    form=told.get("form", ""),
                    values=values,
                )
            )
        return replace(self.mapping, columns=tuple(columns))

    def problems(self) -> Iterator[str]:
        """What keeps it from being used, in words."""
        for what, about in self.said().wrong():
            label = _(ATTRIBUTES[about[0]].label)
            if what == "twice":
                told = {"label": label, "columns": _(" and ").join(about[1:])}
                yield _("%(label)s is told by %(columns)s: choose one, and leave the others out.") % told
            else:
                yield _("No column tells %(label)s. Say which one does.") % {"label": label}


class Words(forms.Form):
    """Codes for words that the mapping does not know. A word without one stays unread."""

    def __init__(
        self, mapping: SheetMapping, unknown: Sequence[UnknownWord], data: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(data, prefix="w")
        by_heading = {each.heading: each for each in mapping.columns}
        self.unknown = [each for each in unknown if each.heading in by_heading and by_heading[each.heading].codes]
        for at, each in enumerate(self.unknown):
            column = by_heading[each.heading]
            codes = [(code, value_words(column.attribute, code)) for code in column.codes]
            self.fields[str(at)] = forms.ChoiceField(
                label=f"{each.heading}: {each.word}",
                choices=[("", _("not known")), *codes],
                required=False,
            )

    def said(self) -> dict[tuple[str, str], str]:
        """(heading, word) → code."""
        return {
            (each.heading, each.word): code
            for at, each in enumerate(self.unknown)
            if (code := self.cleaned_data.get(str(at)))
        }


class Cells(forms.Form):
    """What should stand in cells that could not be read. One that is left empty stays as it is."""

    prefix = "cell"

    @classmethod
    def is_about(cls, wrong: Wrong, data: Mapping[str, str]) -> bool:
        """Whether somebody sent something for this cell."""
        return f"{cls.prefix}-{wrong.key}" in data

    def __init__(
        self,
        mapping: SheetMapping,
        wrong: Sequence[Wrong],
        corrected: Corrections,
        data: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(data, prefix=self.prefix)
        by_heading = {each.heading: each for each in mapping.columns}
        said = {each.key: each for each in corrected.cells}
        self.wrong = {each.key: each for each in wrong}
        for key, each in self.wrong.items():
            column = by_heading.get(each.column) or MappedColumn(heading=each.column)
            self.fields[key] = _cell_field(column)
            self.fields[key].widget.attrs |= {
                "aria-label": _("Row %(row)d, %(column)s should say") % {"row": each.row, "column": each.column},
                "autocomplete": "off",
            }
            if key in said and not column.is_guarded:
                self.fields[key].initial = said[key].says

    def said(self) -> dict[str, str]:
        """Key of a cell → what it should say."""
        return {key: str(says) for key in self.wrong if (says := self.cleaned_data.get(key))}


def _cell_field(column: MappedColumn) -> forms.Field:
    if column.codes:
        codes = [(code, value_words(column.attribute, code)) for code in column.codes]
        return forms.ChoiceField(choices=[("", _("as it is")), *codes], required=False)
    return forms.CharField(max_length=_LONGEST_CELL, required=False)


class Saving(forms.Form):
    """A name for a mapping."""

    name = forms.CharField(label=gettext_lazy("Keep this mapping for the next file of the form, as"), max_length=100)
