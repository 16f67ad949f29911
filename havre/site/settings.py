"""Every setting of an installation; what differs from place to place passes `env()`."""

from __future__ import annotations

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from havre.platform.crypto.provider import LocalKeys
from havre.platform.database.address import connection
from havre.platform.database.places import Places, data_home
from havre.site import mailing

BASE = Path(__file__).resolve().parents[1]


def env(name: str, default: str | None = None) -> str:
    """A deploy-time value; without a default its absence refuses to start."""
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(
            f"{name} is not set: `havre serve` sets it for the embedded server, else set it yourself."
        )
    return value


PLACES = Places(data_home())
HAVRE_KEYS = PLACES.keys
HAVRE_TEMPORARY = PLACES.temporary
HAVRE_STAGED = PLACES.staged
DEMO = env("HAVRE_DEMO", "") == "1"
# For tests and the demonstration: what is fetched may come over plain HTTP and from this machine.
HAVRE_FETCH_LOOPBACK = DEMO and env("HAVRE_FETCH_LOOPBACK", "") == "1"

SECRET_KEY = LocalKeys(HAVRE_KEYS / "roots.json").root("server:django").hex()
DEBUG = False
ALLOWED_HOSTS = env("HAVRE_HOSTS", "localhost 127.0.0.1").split()
ROOT_URLCONF = "havre.site.urls"
WSGI_APPLICATION = "havre.site.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.staticfiles",
    "django_cotton.apps.SimpleAppConfig",
    "csp",
    "procrastinate.contrib.django",
    "havre.platform.accounts",
    "havre.platform.crypto",
    "havre.platform.audit",
    "havre.platform.notices",
    "havre.platform.agreements",
    "havre.platform.keeping",
    "havre.platform.ui",
    "havre.directory",
    "havre.cases.people",
    "havre.cases.glass",
    "havre.cases.screening",
    "havre.cases.story",
    "havre.cases.assessment",
    "havre.cases.assistance",
    "havre.cases.health",
    "havre.cases.children",
    "havre.cases.returns",
    "havre.cases.reintegration",
    "havre.cases.followup",
    "havre.cases.intake",
    "havre.cases.sharing",
    "havre.cases.casefile",
    "havre.cases.handover",
    "havre.cases.papers",
    "havre.prevention.counting",
    "havre.prevention.rights",
    "havre.prevention.campaigns",
    "havre.prevention.surveys",
    "havre.prevention.training",
    "havre.prevention.law",
    "havre.prevention.events",
    "havre.prevention.hub",
    "havre.knowledge.library",
    "havre.knowledge.digest",
    "havre.knowledge.hub",
    "havre.exchange",
    "havre.site.countries",
    "django.contrib.humanize",  # after ours: of two catalogues with the same words the first one speaks
]

MIDDLEWARE = [
    "havre.platform.ui.middleware.SafeAnswers",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "havre.platform.accounts.middleware.RequestTransaction",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "havre.platform.accounts.leaving.Left",
]

# The application's role owns nothing. The owner is reached by `havre setup` alone, which sets HAVRE_OWNER.
_url = env("DATABASE_URL")
_passwords = HAVRE_KEYS / "roles.json"
ROLE = env("HAVRE_ROLE", "havre_app")
DATABASES = {
    "default": connection(_url, ROLE, _passwords),
    "refusals": connection(_url, ROLE, _passwords),  # what is refused is recorded though the request is rolled back
}
if env("HAVRE_OWNER", "") == "1":
    DATABASES["owner"] = connection(_url, None, _passwords, become="havre_owner")
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""
PROCRASTINATE_IMPORT_PATHS = [  # the modules that hold jobs
    "havre.exchange.jobs",
    "havre.exchange.outgoing_jobs",
    "havre.exchange.cards.jobs",
    "havre.platform.notices.jobs",
    "havre.directory.checking.jobs",
    "havre.knowledge.digest.jobs",
    "havre.knowledge.library.jobs",
    "havre.prevention.training.jobs",
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "context_processors": ["django.template.context_processors.request", "havre.site.context.page"],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "django.templatetags.i18n",
                "havre.platform.ui.templatetags.havre",
                "havre.platform.ui.templatetags.words",
            ],
            "loaders": [
                (
                    "havre.platform.ui.loader.ByLanguage",
                    ["havre.platform.ui.loader.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
        },
    }
]
FORM_RENDERER = "havre.platform.ui.forms.Renderer"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["havre.platform.accounts.backend.Accounts"]
PASSWORD_HASHERS = ["havre.platform.accounts.backend.Argon2", "django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "accounts:signin"

SESSION_ENGINE = "havre.platform.accounts.sessions"
SESSION_COOKIE_NAME = "__Host-havre"
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = "__Host-havre-csrf"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "havre.platform.ui.errors.csrf"
LANGUAGE_COOKIE_NAME = "havre-language"
SECURE_CONTENT_TYPE_NOSNIFF = True

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français")]
LOCALE_PATHS = [BASE / "platform" / "i18n" / "locale"]
FORMAT_MODULE_PATH = ["havre.platform.i18n.formats"]
USE_TZ = True
TIME_ZONE = env("HAVRE_TIME_ZONE", "Europe/Paris")

STATIC_URL = "/static/"
STATIC_ROOT = PLACES.home / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_HANDLERS = ["havre.exchange.uploads.InMemory"]  # never one that writes to a disk

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["default"],
    }
}

# Without HAVRE_MAIL_HOST nothing is mailed: notices stand on the first page all the same.
EMAIL_HOST = env("HAVRE_MAIL_HOST", "")
EMAIL_PORT = int(env("HAVRE_MAIL_PORT", "587"))
EMAIL_HOST_USER = env("HAVRE_MAIL_USER", "")
EMAIL_HOST_PASSWORD = mailing.password(env("HAVRE_MAIL_PASSWORD_FILE", ""))
EMAIL_USE_TLS, EMAIL_USE_SSL = mailing.encryption(env("HAVRE_MAIL_TLS", "starttls"), EMAIL_HOST)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = mailing.sender(env("HAVRE_MAIL_FROM", ""), EMAIL_HOST)

# Where a mail that asks a contact of the directory leads, such as https://havre.example. Without it none is asked.
HAVRE_URL = env("HAVRE_URL", "").rstrip("/")
# How many contacts whom nobody ever checked are asked for the first time each day, for each agency; 0 for none.
HAVRE_FIRST_CHECKS_A_DAY = int(env("HAVRE_FIRST_CHECKS_A_DAY", "5"))

# Logs carry what failed and where, never a value: SQL and request bodies stay out of them.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{levelname} {name} {message}", "style": "{"},
        "wordless": {"()": "havre.platform.ui.logs.Wordless"},
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line"},
        "wordless": {"class": "logging.StreamHandler", "formatter": "wordless"},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["wordless"], "level": "ERROR", "propagate": False},
        "django.request": {"handlers": [], "level": "CRITICAL", "propagate": False},
        "havre": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
    },
}
