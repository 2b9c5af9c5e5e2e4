"""Tables are as the models say, and migrations hold no leftovers."""

import re

import pytest
from django.core.management import call_command

from tests.architecture.sources import MIGRATIONS


@pytest.mark.django_db
def test_models_and_migrations_agree():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_history_is_one_line():
    numbers = sorted(int(path.name[:4]) for path in MIGRATIONS.glob("0*.py"))
    assert numbers == list(range(1, len(numbers) + 1))
    for path in MIGRATIONS.glob("0*.py"):
        assert re.fullmatch(r"\d{4}_[a-z0-9_]+\.py", path.name)
        assert "_auto_" not in path.name, "Give the migration a name that says what it does."
