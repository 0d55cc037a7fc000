"""What of the sign-in package is ours: nobody signs up, and second factors are sealed where they are kept."""

from base64 import b64decode, b64encode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest

from portico.custody import decrypt, encrypt

_PLACE = b"portico desk second factor"


class ByInvitationOnly(DefaultAccountAdapter):
    """People come by an administrator's invitation, or by the command line."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(self, *_: object, **__: object) -> None:
        """The pages say what happened; a second message would repeat it, with the name."""


class SealedFactors(DefaultMFAAdapter):
    """The secret of an authenticator app opens an account: a stolen database must not give it away."""

    def encrypt(self, text: str) -> str:
        return b64encode(encrypt(settings.PORTICO_SEALING, text.encode(), _PLACE)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(settings.PORTICO_SEALING, b64decode(encrypted_text), _PLACE).decode()

    def _get_site_name(self) -> str:
        return "Portico"
