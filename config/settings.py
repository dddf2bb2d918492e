"""The one settings file: everything that differs between machines comes from the environment (or from `.env`)."""

from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
env.read_env(BASE_DIR / ".env")

# What has no safe default is required: a missing SECRET_KEY stops the process with its name.
SECRET_KEY = env.str("SECRET_KEY")
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# The address of the site in messages, the sitemap and canonical links; one host per language where these are set.
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
LANGUAGE_URLS = {
    "cy": env.str("SITE_URL_CY", default=SITE_URL).rstrip("/"),
    "en": env.str("SITE_URL_EN", default=SITE_URL).rstrip("/"),
}
CONTACT_EMAIL = env.str("CONTACT_EMAIL", default="editors@example.org")

INSTALLED_APPS = [
    "modeltranslation",
    "desk.site.DeskConfig",  # the admin site; before the apps that register with it
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django_fsm",
    "django_tasks",
    "django_tasks_db",
    "django_prose_editor",
    "reversion",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "foundation.bilingual",
    "foundation.people",
    "foundation.files",
    "foundation.clock",
    "foundation.record",
    "foundation.publishing",
    "foundation.correspondence",
    "foundation.signin",
    "foundation.problems",
    "pages",
    "references",
    "hallmarks",
    "casestudies",
    "desk",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "foundation.bilingual.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "foundation.people.middleware.StaffLanguageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "foundation.signin.middleware.SecondFactorMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "csp.context_processors.nonce",
                "foundation.bilingual.context_processors.switch",
                "pages.context_processors.standing_pages",
            ],
        },
    },
]

# --- Data -------------------------------------------------------------------------------------------------------------

VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'site.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"].setdefault("CONN_MAX_AGE", 60)
    DATABASES["default"].setdefault("CONN_HEALTH_CHECKS", True)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.User"
# "email must be unique": it is, without regard to case, by a constraint on Lower("email") that the check does not know.
SILENCED_SYSTEM_CHECKS = ["auth.E003"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# --- Signing in: docs/sign-in.md --------------------------------------------------------------------------------------

LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "foundation.signin.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # there is no page for it: people are invited
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105  (a class)
# Ours count in the database, which all processes share: foundation/people/limits.py.
ACCOUNT_RATE_LIMITS = False
MFA_RATE_LIMITS = False
MFA_ADAPTER = "foundation.signin.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "add_webauthn": "foundation.signin.passkey_forms.Add",
    "authenticate_webauthn": "foundation.signin.passkey_forms.Authenticate",
    "login_webauthn": "foundation.signin.passkey_forms.SignIn",
    "reauthenticate_webauthn": "foundation.signin.passkey_forms.Confirm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_TOLERANCE = 1
# Browsers offer passkeys to https:// and to localhost; the library itself would refuse http://localhost.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = SITE_URL.startswith("http://")
# Whether staff must set up a second factor before any page of the desk opens. Off on a machine where one only looks.
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", default=not DEBUG)
INVITATION_DAYS = env.int("INVITATION_DAYS", default=14)
OLD_INVITATION_DAYS = env.int("OLD_INVITATION_DAYS", default=90)

# Single sign-on by OpenID Connect, where these are set.
SOCIALACCOUNT_ADAPTER = "foundation.signin.adapters.SingleSignOnAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True  # our policy would stop a form that ends at another host
OIDC_SERVER_URL = env.str("OIDC_SERVER_URL", default="")
OIDC_CLIENT_ID = env.str("OIDC_CLIENT_ID", default="")
OIDC_CLIENT_SECRET = env.str("OIDC_CLIENT_SECRET", default="")
OIDC_NAME = env.str("OIDC_NAME", default="OpenID Connect")
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "oidc",
                "name": OIDC_NAME,
                "client_id": OIDC_CLIENT_ID,
                "secret": OIDC_CLIENT_SECRET,
                "settings": {"server_url": OIDC_SERVER_URL},
            }
        ]
        if OIDC_SERVER_URL
        else [],
    }
}

# --- Two languages ----------------------------------------------------------------------------------------------------

LANGUAGES = [("cy", _("Welsh")), ("en", _("English"))]
LANGUAGE_CODE = "en"
LOCALE_PATHS = [
    BASE_DIR / "locale",
    BASE_DIR / "locale" / "packages",
]  # ours; the Welsh that Django and the packages lack
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/London"
MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
MODELTRANSLATION_ENABLE_FALLBACKS = False

# --- Files ------------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(VAR_DIR / "files"), "base_url": None},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o640
# Text of ten megabytes gets an answer from the form that asks for it, not from the server that refuses it.
DATA_UPLOAD_MAX_MEMORY_SIZE = 24 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_MAX_BYTES = env.int("FILE_MAX_BYTES", default=12 * 1024 * 1024)
FILE_MAX_PIXELS = env.int("FILE_MAX_PIXELS", default=50_000_000)
# Documents are taken apart in a process of their own, which gets so much and no more.
DOCUMENT_MAX_PAGES = env.int("DOCUMENT_MAX_PAGES", default=200)
DOCUMENT_MAX_CHARACTERS = env.int("DOCUMENT_MAX_CHARACTERS", default=1_000_000)
DOCUMENT_SECONDS = env.int("DOCUMENT_SECONDS", default=20)
DOCUMENT_MEMORY = env.int("DOCUMENT_MEMORY", default=1024 * 1024 * 1024)

# --- Messages and background work -------------------------------------------------------------------------------------

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=CONTACT_EMAIL)
# Seconds to wait for each answer of the mail server. A message is leased for longer than all its answers may take together,
# so that no second worker begins to send what the first is still sending.
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=20)
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
MESSAGE_LEASE_SECONDS = env.int("MESSAGE_LEASE_SECONDS", default=240)

# How long things are kept, in days. What goes when is on the privacy page.
DRAFT_DAYS_WITHOUT_ADDRESS = env.int("DRAFT_DAYS_WITHOUT_ADDRESS", default=7)
DRAFT_DAYS = env.int("DRAFT_DAYS", default=60)
LINK_DAYS = env.int("LINK_DAYS", default=60)
# After they are over for so many days: stories declined or withdrawn, documents of what is published, links, messages,
# problems that are closed; and, longest, who agreed to what, as proof of it.
DECLINED_DAYS = env.int("DECLINED_DAYS", default=365)
WITHDRAWN_DAYS = env.int("WITHDRAWN_DAYS", default=365)
DOCUMENT_DAYS = env.int("DOCUMENT_DAYS", default=365)
OLD_LINK_DAYS = env.int("OLD_LINK_DAYS", default=90)
MESSAGE_DAYS = env.int("MESSAGE_DAYS", default=730)
PROBLEM_DAYS = env.int("PROBLEM_DAYS", default=365)
PERMISSION_DAYS = env.int("PERMISSION_DAYS", default=2190)
ANSWER_WORKING_DAYS = env.int("ANSWER_WORKING_DAYS", default=10)
# Working days within which a reader who says that something is wrong has an answer.
PROBLEM_WORKING_DAYS = {
    "error": env.int("PROBLEM_WORKING_DAYS_ERROR", default=10),
    "person": env.int("PROBLEM_WORKING_DAYS_PERSON", default=2),
    "complaint": env.int("PROBLEM_WORKING_DAYS_COMPLAINT", default=10),
}
# After so many days the contributor of a published story is asked whether it is still true.
STILL_TRUE_DAYS = env.int("STILL_TRUE_DAYS", default=365)
# A whole story sent in fewer seconds than this was not typed by a person: it is held for an editor to look at.
JOIN_IN_LEAST_SECONDS = env.int("JOIN_IN_LEAST_SECONDS", default=5)

# Whether the worker asks the addresses of published works if they are still there. Loopback is for tests only.
LINK_CHECKS = env.bool("LINK_CHECKS", default=True)
LINK_CHECKS_LOOPBACK = False

# --- Security ---------------------------------------------------------------------------------------------------------

SECURE = SITE_URL.startswith("https://")
SESSION_COOKIE_SECURE = SECURE
CSRF_COOKIE_SECURE = SECURE
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "config.views.csrf_failure"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
}
