"""Every address of the desk: signing in, and the screens, each under its path."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import include, path
from django.views.i18n import set_language

from portico.web.access.views import activate_totp, sign_in, sign_out
from portico.web.desk.screens import screens

# Of the packages' addresses only these: no sign-up, no mail, no password reset by mail.
_SIGNING_IN = [
    path("sign-in/", sign_in, name="account_login"),
    path("sign-out/", sign_out, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("second/", mfa.authenticate, name="mfa_authenticate"),
    path("second/confirm/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("second/factors/", mfa.index, name="mfa_index"),
    path("second/app/add/", activate_totp, name="mfa_activate_totp"),
    path("second/app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("second/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("second/codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("second/codes/file/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("passkeys/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("passkeys/add/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("passkeys/confirm/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("passkeys/sign-in/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("passkeys/<int:pk>/remove/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
    path("passkeys/<int:pk>/edit/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
]

urlpatterns = [
    path("account/", include(_SIGNING_IN)),
    path("account/", include("portico.web.access.urls")),
    path("language/", set_language, name="set_language"),
    *(path(screen.path, include((f"{screen.package}.urls", screen.name))) for screen in screens()),
]

handler400 = "portico.web.site.errors.wrong_call"
handler403 = "portico.web.site.errors.refused"
handler404 = "portico.web.site.errors.not_found"
handler500 = "portico.web.site.errors.broken"
