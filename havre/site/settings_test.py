"""The tests run as the application's role, with a quick password hash and files served from where they stand."""

from havre.platform.database.address import connection
from havre.site.settings import *  # noqa: F403
from havre.site.settings import DATABASES, HAVRE_KEYS, STORAGES

for _alias in ("default", "refusals"):
    DATABASES[_alias] = connection(env("DATABASE_URL"), "havre_test", HAVRE_KEYS / "roles.json", become="havre_app")  # noqa: F405
    DATABASES[_alias]["CONN_MAX_AGE"] = None
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
ALLOWED_HOSTS = ["testserver", "localhost"]
WHITENOISE_AUTOREFRESH = True
