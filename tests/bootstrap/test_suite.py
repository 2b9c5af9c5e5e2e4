"""The suite's own footing: each database starts a test as the migrations left it."""

import os

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import is_psycopg3

from annotations.codebook.models import CodebookVersion


@pytest.mark.parametrize("run", [1, 2])
@pytest.mark.django_db(transaction=True)
def test_rows_of_migrations_survive_tests_that_commit(run):
    assert CodebookVersion.objects.filter(number="1.0.0", state="published").count() == 1


@pytest.mark.django_db
def test_database_is_the_one_asked_for():
    asked = "postgresql" if os.environ.get("TEST_DATABASE_URL") else "sqlite"
    assert connection.vendor == asked
    assert is_psycopg3 is False
