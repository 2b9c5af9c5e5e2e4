"""A web process loads what answering needs: memory and start-up time of every worker rest on it."""

import json
import subprocess
import sys

from django.conf import settings

from tests.architecture.sources import ROOT

HEAVY = {
    "trafilatura",
    "lxml",
    "numpy",
    "pandas",
    "scipy",
    "sklearn",
    "torch",
    "htmldate",
    "dateparser",
    "jinja2",
}

LOADED = """
import json, sys
from project.wsgi import application
from django.urls import get_resolver
get_resolver().url_patterns
from django.core.handlers.wsgi import WSGIRequest
print(json.dumps(sorted({name.split(".")[0] for name in sys.modules})))
"""


def test_nothing_heavy_is_loaded(tmp_path):
    environment = {
        "ATODDS_DATA_DIR": str(tmp_path),
        "ATODDS_SECRET_KEY": settings.SECRET_KEY,
        "PATH": "/usr/bin:/bin",
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        [sys.executable, "-c", LOADED], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    loaded = set(json.loads(done.stdout.splitlines()[-1]))
    assert "django" in loaded
    assert not loaded & HEAVY, "Import it in the process that needs it, or inside the one function that does."
