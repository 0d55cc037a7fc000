"""What somebody chooses who makes a token."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portico.web.tokens.models import Token
from portico.web.tokens.scopes import Scope

SCOPE_WORDS = {
    Scope.READ: _("Read: incidents, documents, statements, rules, search; guarded words are left out"),
    Scope.NUMBERS: _("Numbers: figures alone, no incident"),
    Scope.ADD: _("Add: send in documents and reports; sees nothing of the record"),
    Scope.DECIDE: _("Decide: reads; accepts, corrects and rejects claims, links accounts, says what is confirmed"),
}
DAYS = {7: _("a week"), 30: _("30 days"), 90: _("90 days"), 365: _("a year")}
MOST = 20
"""Open tokens of one person."""


def words_of(token: Token) -> list[str]:
    """What it may do, each in a word or two."""
    return [str(SCOPE_WORDS[Scope(each)]).partition(":")[0] for each in token.scopes if each in set(Scope)]


class Making(forms.Form):
    """A token. allowed: the scopes of which its person may do anything at all."""

    name = forms.CharField(
        label=_("What it is for"), help_text=_("As “nightly figures” or “intake form of the hotline”"), max_length=100
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"), help_text=_("The least that it needs"), widget=forms.CheckboxSelectMultiple
    )
    days = forms.TypedChoiceField(label=_("Good for"), coerce=int, choices=list(DAYS.items()), initial=30)

    def __init__(self, *args: object, allowed: list[Scope], open_now: int = 0, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scopes"].choices = [(each.value, SCOPE_WORDS[each]) for each in allowed]
        self._open_now = open_now

    def clean(self) -> None:
        if self._open_now >= MOST:
            said = _("You have %(n)d open tokens, the most there can be. Revoke one that nobody needs.")
            self.add_error(None, said % {"n": MOST})
