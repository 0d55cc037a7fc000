"""What people type to come in."""

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portico.web.access.models import Invitation, User


class Accepting(forms.Form):
    """A name to sign in with, and a password, twice."""

    username = forms.RegexField(
        r"^[\w.-]{3,64}$",
        label=_("Name to sign in with"),
        help_text=_("Letters, digits, dot, hyphen, at least 3. Nobody outside sees it."),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=_("At least 12 characters. A few words in a row are good."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("The same password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: object, invitation: Invitation, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.invitation = invitation
        if invitation.user is not None:
            del self.fields["username"]

    def clean_username(self) -> str:
        name = str(self.cleaned_data["username"])
        if User.objects.filter(username__iexact=name).exists():
            raise ValidationError(_("Somebody here has this name. Choose another."))
        return name

    def clean(self) -> None:
        password, again = self.cleaned_data.get("password"), self.cleaned_data.get("again")
        if password and again and password != again:
            self.add_error("again", _("The two passwords differ. Type the same one twice."))
        elif password:
            try:
                validate_password(
                    password, self.invitation.user or User(username=self.cleaned_data.get("username", ""))
                )
            except ValidationError as problem:
                self.add_error("password", problem)
