"""Django's settings for a desk, as a function of where it stands."""

from importlib.util import find_spec
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from django.utils.translation import gettext_lazy as _

from portico.web.desk.screens import apps_of_screens
from portico.web.site.place import Place, SiteError
from portico.web.site.secrets import Secrets

IDLE_SECONDS = 30 * 60
LONGEST_SECONDS = 12 * 60 * 60
UNLOCKED_SECONDS = 15 * 60
_YEAR = 366 * 24 * 60 * 60
_WEB = Path(__file__).parents[1]

# As of the record, see `store.databases`: an acknowledged commit is on the disk, and what is deleted is overwritten.
PRAGMAS = ";".join(
    (
        "PRAGMA journal_mode=WAL",
        "PRAGMA synchronous=FULL",
        "PRAGMA secure_delete=ON",
        "PRAGMA trusted_schema=OFF",
        "PRAGMA temp_store=MEMORY",
        "PRAGMA cache_size=-65536",
        "PRAGMA cell_size_check=ON",
    )
)


def site_settings(place: Place, secrets: Secrets, *, static: Path) -> dict[str, object]:
    """Every setting of a desk. static: the folder in which stylesheets and scripts are put together."""
    return {
        **_people(place),
        **_pages(place, static),
        **_cookies(place),
        "DEBUG": False,
        "SECRET_KEY": secrets.signing,
        "PORTICO_SEALING": secrets.sealing,
        "PORTICO_PLACE": place,
        "ALLOWED_HOSTS": [place.host] if place.host else ["127.0.0.1", "localhost", "[::1]"],
        "DATABASES": {"default": _database(place)},
        "DATABASE_ROUTERS": ["portico.store.databases.RecordRouter"],
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        # Counters of failed attempts must be one for all workers.
        "CACHES": {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "desk_cache"}},
        "LOGGING": _logging(),
        "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
        "DATA_UPLOAD_MAX_MEMORY_SIZE": 5 * 1024 * 1024,
        "DATA_UPLOAD_MAX_NUMBER_FIELDS": 5000,
        # Sealed while they arrive: neither whole in memory, nor as plain words in a file.
        "FILE_UPLOAD_HANDLERS": ["portico.web.arriving.SealingHandler"],
    }


def _database(place: Place) -> dict[str, object]:
    if place.database_url is None:
        options = {"timeout": 20.0, "transaction_mode": "IMMEDIATE", "init_command": PRAGMAS}
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(place.desk_file),
            "OPTIONS": options,
            "CONN_MAX_AGE": None,
        }
    parts = urlsplit(place.database_url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise SiteError("PORTICO_DATABASE_URL is not PostgreSQL's", "Write it as postgresql://user:password@host/name.")
    if find_spec("psycopg") is None:
        raise SiteError("the library for PostgreSQL is missing", "Install it: pip install 'psycopg[binary]'.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        # A socket is named behind the question mark, as libpq has it: postgresql:///name?host=/run/postgresql.
        "HOST": unquote(parts.hostname or "") or parse_qs(parts.query).get("host", [""])[0],
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }


def _people(place: Place) -> dict[str, object]:
    """Who may sign in, and how. The packages' own words for it."""
    return {
        "AUTH_USER_MODEL": "access.User",
        "AUTHENTICATION_BACKENDS": [
            "axes.backends.AxesStandaloneBackend",
            "allauth.account.auth_backends.AuthenticationBackend",
        ],
        # scrypt asks for memory as well as time, and needs no further library.
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.ScryptPasswordHasher"],
        "AUTH_PASSWORD_VALIDATORS": [
            {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
            for name, options in (
                ("UserAttributeSimilarityValidator", {"user_attributes": ("username", "name")}),
                ("MinimumLengthValidator", {"min_length": 12}),
                ("CommonPasswordValidator", {}),
                ("NumericPasswordValidator", {}),
            )
        ],
        "LOGIN_URL": "account_login",
        "LOGIN_REDIRECT_URL": "desk:start",
        "ACCOUNT_ADAPTER": "portico.web.access.adapters.ByInvitationOnly",
        "ACCOUNT_LOGIN_METHODS": {"username"},
        "ACCOUNT_SIGNUP_FIELDS": ["username*", "password1*"],
        "ACCOUNT_USER_MODEL_EMAIL_FIELD": None,
        "ACCOUNT_EMAIL_VERIFICATION": "none",
        "ACCOUNT_EMAIL_NOTIFICATIONS": False,
        "ACCOUNT_SESSION_REMEMBER": False,
        "ACCOUNT_PREVENT_ENUMERATION": True,
        "ACCOUNT_LOGOUT_REDIRECT_URL": "account_login",
        "ACCOUNT_REAUTHENTICATION_TIMEOUT": UNLOCKED_SECONDS,
        # By name only. Wrong passwords are counted below; this counts wrong codes, whose names axes does not know.
        "ACCOUNT_RATE_LIMITS": {"login": None, "login_failed": "12/15m/key"},
        "MFA_RATE_LIMITS": {"webauthn_login": None},
        "MFA_ADAPTER": "portico.web.access.adapters.SealedFactors",
        "MFA_SUPPORTED_TYPES": ["recovery_codes", "totp", "webauthn"],
        "MFA_PASSKEY_LOGIN_ENABLED": True,
        "MFA_WEBAUTHN_USER_VERIFICATION": "required",
        # Browsers allow passkeys over http on this machine's own address only.
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": not place.is_public,
        "MFA_TOTP_ISSUER": "Portico",
        "MFA_TOTP_TOLERANCE": 1,
        "MFA_RECOVERY_CODES_SHOW_ONCE": False,
        "AXES_FAILURE_LIMIT": 10,
        "AXES_COOLOFF_TIME": 0.25,  # hours
        "AXES_LOCKOUT_PARAMETERS": ["username"],
        "AXES_USERNAME_FORM_FIELD": "login",
        "AXES_USERNAME_CALLABLE": "portico.web.access.throttle.tried_name",
        "AXES_HANDLER": "portico.web.access.throttle.WithoutTraces",
        "AXES_SENSITIVE_PARAMETERS": ["login", "username", "ip_address", "csrfmiddlewaretoken"],
        "AXES_RESET_ON_SUCCESS": True,
        "AXES_LOCKOUT_CALLABLE": "portico.web.access.views.locked_out",
        # An address is not kept: it tells where somebody works from, and can be asked for.
        "AXES_CLIENT_IP_CALLABLE": "portico.web.access.throttle.no_address",
        "AXES_DISABLE_ACCESS_LOG": True,
        "AXES_VERBOSE": False,
        "SILENCED_SYSTEM_CHECKS": ["axes.W006"],  # asks to count by address, see above
    }


def _pages(place: Place, static: Path) -> dict[str, object]:
    return {
        "INSTALLED_APPS": [
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.messages",
            "django.contrib.staticfiles",
            "django.forms",
            "portico.web",
            "portico.web.access",
            "portico.store",
            *apps_of_screens(),
            "allauth",
            "allauth.account",
            "allauth.mfa",
            "axes",
            "django_htmx",
        ],
        "MIDDLEWARE": [
            "portico.web.site.headers.HeadersMiddleware",
            "django.middleware.security.SecurityMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
            "whitenoise.middleware.WhiteNoiseMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.locale.LocaleMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "allauth.account.middleware.AccountMiddleware",
            "django_htmx.middleware.HtmxMiddleware",
            "portico.web.api.middleware.ProgramMiddleware",
            *(["portico.web.access.demonstration.DemonstrationMiddleware"] if place.demonstration else []),
            "portico.web.access.sessions.SessionRulesMiddleware",
            "portico.web.access.middleware.AccessMiddleware",
            "axes.middleware.AxesMiddleware",
        ],
        "ROOT_URLCONF": "portico.web.site.urls",
        "APPEND_SLASH": True,
        "TEMPLATES": [
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "DIRS": [_WEB / "templates"],  # before the packages' own
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.template.context_processors.i18n",
                        "django.contrib.messages.context_processors.messages",
                        "portico.web.desk.context.desk",
                    ],
                    "builtins": [
                        "django.templatetags.i18n",
                        "django.templatetags.l10n",
                        "django.templatetags.static",
                        "portico.web.templatetags.desk",
                        "portico.web.templatetags.words",
                    ],
                },
            }
        ],
        "FORM_RENDERER": "portico.web.desk.forms.DeskForms",
        "MESSAGE_STORAGE": "django.contrib.messages.storage.session.SessionStorage",
        "USE_I18N": True,
        "LANGUAGE_CODE": "en",
        "LANGUAGES": [("en", _("English")), ("es", _("Spanish")), ("ar", _("Arabic"))],
        "LOCALE_PATHS": [_WEB / "locale"],
        "USE_TZ": True,
        "TIME_ZONE": "UTC",
        "STATIC_URL": "/static/",
        "STATIC_ROOT": str(static),
        "STATICFILES_FINDERS": ["portico.web.site.static.ServedFiles"],
        "STORAGES": {
            "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
            "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
        },
        "WHITENOISE_MAX_AGE": 60,
    }


def _cookies(place: Place) -> dict[str, object]:
    """Over HTTPS every cookie is `__Host-`. Browsers refuse that name over http, so a desk on the loopback address,
    which only this machine reaches, has plain names; everything else is the same.
    """
    secure = place.is_public
    prefix = "__Host-" if secure else ""
    named: dict[str, object] = {}
    for cookie, name in (("SESSION", "portico"), ("CSRF", "portico-form"), ("LANGUAGE", "portico-language")):
        named |= {
            f"{cookie}_COOKIE_NAME": prefix + name,
            f"{cookie}_COOKIE_SECURE": secure,
            f"{cookie}_COOKIE_HTTPONLY": True,
            f"{cookie}_COOKIE_SAMESITE": "Lax",
            f"{cookie}_COOKIE_PATH": "/",
        }
    return {
        **named,
        "SESSION_ENGINE": "portico.web.access.sessions",
        "SESSION_COOKIE_AGE": LONGEST_SECONDS,
        "SESSION_EXPIRE_AT_BROWSER_CLOSE": True,
        "CSRF_COOKIE_AGE": None,
        "LANGUAGE_COOKIE_AGE": _YEAR,
        "CSRF_FAILURE_VIEW": "portico.web.site.errors.forged",
        "CSRF_TRUSTED_ORIGINS": [place.address] if place.address else [],
        "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https") if secure else None,
        "SECURE_SSL_REDIRECT": secure,
        "SECURE_HSTS_SECONDS": _YEAR if secure else 0,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": secure,
        "SECURE_HSTS_PRELOAD": secure,
        "SECURE_CONTENT_TYPE_NOSNIFF": True,
        "SECURE_REFERRER_POLICY": "same-origin",
        "SECURE_CROSS_ORIGIN_OPENER_POLICY": "same-origin",
        "X_FRAME_OPTIONS": "DENY",
    }


def _logging() -> dict[str, object]:
    """What goes wrong, to standard error. Neither who asked nor what was typed: a path or a form may name somebody."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"nameless": {"()": "portico.web.site.errors.Nameless"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "filters": ["nameless"]}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "django.request": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
            "django.security.DisallowedHost": {"handlers": [], "propagate": False},
            "axes": {"handlers": [], "propagate": False},
        },
    }
