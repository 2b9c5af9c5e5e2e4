"""A database that could lose an acknowledged save is named: by the check, and at each start."""

import pytest
from django.core.management import call_command
from django.db import connection

from annotations.checks import durable

pytestmark = pytest.mark.django_db(transaction=True)  # SQLite changes this outside transactions only
WAITS = {"sqlite": "PRAGMA synchronous = FULL", "postgresql": "SET synchronous_commit = on"}
HURRIES = {"sqlite": "PRAGMA synchronous = OFF", "postgresql": "SET synchronous_commit = off"}
OF_THE_CLUSTER = {"fsync", "full_page_writes"}
"""What a PostgreSQL that serves tests alone leaves out, and no session can change."""


@pytest.fixture
def database():
    """Set how this connection commits: `database(WAITS)`."""

    def set_to(statements):
        with connection.cursor() as cursor:
            cursor.execute(statements[connection.vendor])

    yield set_to
    connection.close()  # the next one is set up as usual


def named():
    return {fault.msg.split()[0] for fault in durable(["default"])} - OF_THE_CLUSTER


def test_a_database_that_waits_for_the_disk_is_durable(database):
    database(WAITS)
    assert named() == set()


def test_our_own_settings_make_sqlite_wait():
    if connection.vendor == "sqlite":
        assert named() == set()


def test_one_that_hurries_is_named(database):
    database(HURRIES)
    assert named() in ({"synchronous"}, {"synchronous_commit"})
    assert all(fault.is_serious() for fault in durable(["default"]))


def test_a_start_on_it_warns(database, capsys):
    database(HURRIES)
    call_command("prepare_installation", "--no-demo")
    assert "synchronous" in capsys.readouterr().out
