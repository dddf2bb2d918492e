"""The settings of the tests: the site's own, in an environment that does not depend on the machine.

`DATABASE_URL` in the environment is honoured, so that the same tests run on SQLite and on PostgreSQL; nothing else is taken
from the machine, and `.env` least of all.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_var = Path(tempfile.mkdtemp(prefix="lpl-tests-"))
atexit.register(shutil.rmtree, _var, ignore_errors=True)

os.environ |= {
    "SECRET_KEY": "not-a-secret-the-tests-run-on-this-machine-only",
    "DEBUG": "off",
    "VAR_DIR": str(_var),
    "ALLOWED_HOSTS": "testserver,127.0.0.1,localhost",
    "SITE_URL": "http://testserver",
    "SITE_URL_CY": "http://testserver",
    "SITE_URL_EN": "http://testserver",
    "CONTACT_EMAIL": "editors@example.org",
    "DEFAULT_FROM_EMAIL": "editors@example.org",
    "EMAIL_URL": "memorymail://",
    "LOG_LEVEL": "ERROR",
    "BEHIND_PROXY": "off",
    "JOIN_IN_LEAST_SECONDS": "0",
    "LINK_CHECKS": "off",
    "SECOND_FACTOR_REQUIRED": "off",
    "OIDC_SERVER_URL": "",
    # Playwright's synchronous interface runs an event loop in the thread that also uses the database.
    "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
}
os.environ.setdefault("DATABASE_URL", f"sqlite:///{_var / 'site.sqlite3'}")

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, LOCALE_PATHS, STATIC_ROOT, STORAGES  # noqa: E402
from foundation.bilingual.compiling import compile_catalogues  # noqa: E402

compile_catalogues(LOCALE_PATHS)
STATIC_ROOT.mkdir()

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, as on a real site: several threads and processes may use it, which a database in memory does not allow.
    DATABASES["default"]["TEST"] = {"NAME": str(_var / "tests.sqlite3")}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick; no real password is hashed here
