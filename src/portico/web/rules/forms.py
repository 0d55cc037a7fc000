"""What somebody knows of the questions that are open: an answer to each, and how they know."""

from collections.abc import Mapping, Sequence

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portico.policy import load_rules
from portico.web.rules.answering import recordable
from portico.web.wording import capital, value_words

WHENCE = {
    "saw": gettext_lazy("I saw it"),
    "told": gettext_lazy("Somebody who saw it told me"),
    "paper": gettext_lazy("A paper says so"),
}


class Knowing(forms.Form):
    """facts: the legal facts that are asked, in order; each has a field of its name."""

    whence = forms.ChoiceField(
        label=gettext_lazy("How you know"), choices=list(WHENCE.items()), widget=forms.RadioSelect
    )
    how = forms.CharField(
        label=gettext_lazy("In your words"),
        help_text=gettext_lazy("What was seen or said, by whom, or which paper. Kept encrypted; names may stand here."),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "serif", "dir": "auto", "data-forget": ""}),
    )

    def __init__(self, data: Mapping[str, str] | None = None, *, facts: Sequence[str], **options: object) -> None:
        super().__init__(data, **options)
        vocabulary = load_rules().vocabulary.facts
        self.facts = tuple(facts)
        for fact in facts:
            values = recordable(fact)
            self.fields[fact] = forms.ChoiceField(
                label=capital(_(vocabulary[fact].asks or fact.replace("_", " "))),
                choices=[("", _("not known")), *((value, value_words(name, value)) for value, name in values.items())],
                required=False,
            )
        self.order_fields([*facts, "whence", "how"])

    def clean(self) -> None:
        if not self.answers and not any(fact in self.errors for fact in self.facts):
            raise forms.ValidationError(_("Answer at least one question; leave open what you do not know."))

    @property
    def answers(self) -> dict[str, str]:
        """The questions that were answered."""
        return {fact: self.cleaned_data[fact] for fact in self.facts if self.cleaned_data.get(fact)}
