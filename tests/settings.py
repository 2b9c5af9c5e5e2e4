"""The project's settings for the suite: a database by `TEST_DATABASE_URL`, nothing of the installation.

Not a second set of settings: the environment is laid out first, then the project's own file reads it.
"""

import os
import secrets
import tempfile
from pathlib import Path

# made and removed by conftest.py: mypy reads these settings too, and ends without tidying up
SCRATCH = Path(tempfile.gettempdir()) / f"atodds-tests-{secrets.token_hex(8)}"

# these speak of the suite itself: tests/journeys/pictures.py, tests/extraction/test_figures.py
KEPT = ("ATODDS_SCREENSHOTS", "ATODDS_EVAL")
for name in [name for name in os.environ if name.startswith("ATODDS_") and name not in KEPT]:
    del os.environ[name]
os.environ["ATODDS_DATA_DIR"] = str(SCRATCH)
os.environ["ATODDS_SECRET_KEY"] = "only-for-tests-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2
os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL", "")

from project.settings import *  # noqa: E402, F403
from project.settings import CACHES, DATABASES, STORAGES  # noqa: E402

if not os.environ["DATABASE_URL"]:
    # a file, as in earnest: an in-memory database would be shared between the live server's threads
    DATABASES["default"]["TEST"] = {"NAME": SCRATCH / "test.sqlite3"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick; no password here is worth more
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# factories write rows without events, by which kept figures would know that they are old
CACHES["figures"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
