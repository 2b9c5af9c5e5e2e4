"""Files of this folder, and what loads and empties an installation."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from annotations.codebook import vocabulary
from annotations.exchange.actions import import_gold
from annotations.exchange.dataset.actions import import_dataset
from annotations.exchange.exporter import export_jsonl
from annotations.exchange.formats.jsonl import TYPES, to_jsonl
from annotations.studies.models import Study
from tests.factories.accounts import make_user
from tests.factories.codebook import default_codebook

DEMO = settings.BASE_DIR / "annotations" / "demo"
GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture
def admin(db):
    return make_user("admin", is_superuser=True, is_staff=True)


@pytest.fixture(scope="session")
def demo_gold():
    return json.loads((DEMO / "demo_gold.json").read_text(encoding="utf-8"))


@pytest.fixture
def load_gold(admin, tmp_path):
    """Load a gold document: `load_gold(document)`."""

    def load(document, texts=DEMO, **options):
        raw = json.dumps(document).encode()
        return import_gold(raw=raw, texts=texts, slug=options.pop("slug", "demo"), by=admin, **options)

    return load


@pytest.fixture
def demo(load_gold, demo_gold):
    return load_gold(demo_gold, text_may_leave=True).study


def exported(study, reader=None):
    """The study's JSONL."""
    return b"".join(export_jsonl(study, reader))


def lines_of(raw):
    """The objects of a JSONL file by type, the trailer included."""
    found = {kind: [] for kind in (*TYPES, "end")}
    for line in raw.decode().removesuffix("\n").split("\n"):
        record = json.loads(line)
        found[record["type"]].append(record)
    return found


def file_of(lines):
    """A whole file again, with a right trailer, of objects by type."""
    pairs = ((kind, record) for kind in TYPES for record in lines.get(kind, ()))
    return b"".join(to_jsonl(pairs))


def read_in(raw, by, slug="copy", **options):
    return import_dataset(file=BytesIO(raw), slug=slug, by=by, **options)


def emptied():
    """Empty the installation, as it is before anybody has used it; return its first user."""
    call_command("flush", interactive=False, verbosity=0)
    vocabulary._published.cache_clear()
    default_codebook()
    return make_user("root", is_superuser=True)


def study_called(slug):
    return Study.objects.get(slug=slug)
