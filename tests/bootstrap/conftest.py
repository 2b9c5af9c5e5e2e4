"""The two commands, started for real: own data directory, own port, the environment that is there already."""

import os
import secrets
import subprocess
import sys
from urllib.parse import urlsplit

import psycopg2
import pytest

from project.environment import ROOT, RUNTIME_LOCK, Environment


@pytest.fixture(scope="session")
def plain_python():
    """A Python without Django, as a newcomer has it."""
    return os.path.realpath(sys.executable)


@pytest.fixture
def database_url(tmp_path):
    """An empty database of the kind that this run of the suite is about."""
    server = os.environ.get("TEST_DATABASE_URL")
    if not server:
        yield ""
        return
    name = f"atodds_up_{secrets.token_hex(4)}"
    administer(server, f"CREATE DATABASE {name}")
    yield urlsplit(server)._replace(path=f"/{name}").geturl()
    administer(server, f"DROP DATABASE {name} WITH (FORCE)")


def administer(server, statement):
    connection = psycopg2.connect(server)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(statement)
    connection.close()


@pytest.fixture
def variables(tmp_path, database_url):
    """The environment of an installation of its own."""
    if not Environment().holds(RUNTIME_LOCK):
        pytest.fail("The environment in .venv is not that of the lock: run `python3 manage.py verify` once.")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ATODDS_", "DJANGO_"))}
    return kept | {"ATODDS_DATA_DIR": str(tmp_path / "data"), "DATABASE_URL": database_url}


@pytest.fixture
def manage(plain_python, variables):
    """Run `python3 manage.py ...` to its end, with Python before its arguments: `manage("check", ATODDS_X="1")`."""

    def run(*arguments, python=plain_python, **more):
        command = [python, str(ROOT / "manage.py"), *arguments]
        return subprocess.run(
            command, env=variables | more, capture_output=True, text=True, check=False, cwd="/"
        )

    return run
