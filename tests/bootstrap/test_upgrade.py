"""An installation of before is brought up to date: nothing is lost, nothing changes, and it serves what it held.

`upgrade/demo_at_0002.sql.gz` holds the rows of a populated installation at migration 0002, one INSERT for each, in
SQL that both databases read; `demo_at_0002.jsonl.gz` is its demo study as it was exported there.
"""

import gzip
import json
import re
import signal
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest

from project.environment import ROOT, Environment

HELD = Path(__file__).parent / "upgrade"
ROWS = gzip.decompress((HELD / "demo_at_0002.sql.gz").read_bytes()).decode().rstrip("\n").split("\n;\n")
EXPORTED = gzip.decompress((HELD / "demo_at_0002.jsonl.gz").read_bytes()).decode().splitlines()
TABLES = sorted({re.match(r'INSERT INTO "(\w+)"', row)[1] for row in ROWS})

LOAD = """
import sys
from django.core.management.color import no_style
from django.db import connection, transaction
from django.apps import apps

with transaction.atomic(), connection.cursor() as cursor:
    for model in apps.get_app_config("annotations").get_models(include_auto_created=True):
        if model._meta.db_table in sys.argv[2].split(","):
            cursor.execute(f'DELETE FROM "{model._meta.db_table}"')
    for row in open(sys.argv[1], encoding="utf-8").read().rstrip("\\n").split("\\n;\\n"):
        cursor.execute(row)
    tables = sys.argv[2].split(",")
    models = [m for m in apps.get_app_config("annotations").get_models() if m._meta.db_table in tables]
    for reset in connection.ops.sequence_reset_sql(no_style(), models):
        cursor.execute(reset)
"""
KILL = """
import os, signal, sys
from django.core.management import call_command
from django.db import connection

left = int(sys.argv[1])

def count(execute, sql, params, many, context):
    global left
    left -= sql.lstrip().upper().startswith(("ALTER", "CREATE", "DROP", "INSERT", "UPDATE"))
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return execute(sql, params, many, context)

with connection.execute_wrapper(count):
    call_command("migrate", interactive=False, verbosity=0)
"""
LOOK = """
from django.test import Client
from annotations.accounts.models import User

client = Client(SERVER_NAME="127.0.0.1")
client.force_login(User.objects.get(username="ana"))
for path in ("/", "/studies/demo/", "/studies/demo/statements/", "/studies/blind/"):
    assert client.get(path).status_code == 200, path
"""


@pytest.fixture
def python(variables, tmp_path):
    """Run a script inside the installation: `python(SCRIPT, "argument")`."""
    begin = "import os, sys\nsys.path.insert(0, os.environ['ATODDS_ROOT'])\nimport django\ndjango.setup()\n"
    more = {"DJANGO_SETTINGS_MODULE": "project.settings", "ATODDS_ROOT": str(ROOT)}

    def run(script, *arguments):
        path = tmp_path / "script.py"
        path.write_text(begin + script)
        command = [str(Environment().python), str(path), *arguments]
        return subprocess.run(command, env=variables | more, capture_output=True, text=True, check=False)

    return run


@pytest.fixture
def before(manage, python, variables, tmp_path):
    """The old installation, and all its rows."""
    data = Path(variables["ATODDS_DATA_DIR"])
    data.mkdir(mode=0o700)
    (data / "secret_key").write_text("a-key-of-tests-" + "0123456789abcdefghij" * 3)
    done(manage("migrate", "annotations", "0002", "--skip-checks"))
    rows = tmp_path / "rows.sql"
    rows.write_text("\n;\n".join(ROWS) + "\n", encoding="utf-8")
    done(python(LOAD, str(rows), ",".join(TABLES)))
    return rows_of(variables)


def test_a_command_before_the_upgrade_says_what_comes_first(manage, before):
    for command in (
        ("add_user", "kim"),
        ("create_token", "ana"),
        ("export_dataset", "--study", "demo", "--format", "jsonl"),
    ):
        refused = manage(*command)
        assert refused.returncode == 1
        assert "Traceback" not in refused.stderr
        assert "The database is older than this code: run `python3 manage.py up` first" in refused.stderr


def done(result):
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def connect(variables):
    url = variables["DATABASE_URL"]
    return psycopg2.connect(url) if url else sqlite3.connect(f"{variables['ATODDS_DATA_DIR']}/atodds.sqlite3")


def rows_of(variables, columns=None, connection=None):
    """The rows of each old table as (columns, sorted rows); with `columns` of these alone."""
    found = {}
    with closing(connection or connect(variables)) as database:
        cursor = database.cursor()
        for table in TABLES:
            wanted = ", ".join(f'"{name}"' for name in columns[table][0]) if columns else "*"
            cursor.execute(f'SELECT {wanted} FROM "{table}"')  # noqa: S608  (names of our own file)
            names = [column[0] for column in cursor.description]
            found[table] = (names, sorted(repr(row) for row in cursor.fetchall()))
    return found


def assert_as_before(before, after):
    for table, (_, rows) in before.items():
        assert rows == after[table][1], table


def exported(manage):
    return [
        json.loads(line)
        for line in done(manage("export_dataset", "--study", "demo", "--format", "jsonl")).splitlines()
    ]


def test_an_upgrade_loses_and_changes_nothing(before, manage, python, variables):
    assert len(before["annotations_statement"][1]) == 49
    said = done(manage("prepare_installation", "--no-demo"))
    assert "Brought the database up to date" in said
    assert_as_before(before, rows_of(variables, before))
    done(python(LOOK))
    assert "Brought" not in done(manage("prepare_installation", "--no-demo"))
    standing = {(line["type"], line.get("id")): line for line in exported(manage)}
    for line in map(json.loads, EXPORTED[:-1]):
        now = standing[line["type"], line.get("id")]
        assert {name: now.get(name) for name in line} == line


def test_the_backup_is_the_whole_database_of_before(before, manage, variables):
    said = done(manage("prepare_installation", "--no-demo"))
    if variables["DATABASE_URL"]:
        assert "backup" not in said  # PostgreSQL has its own tools
        return
    kept = Path(re.search(r"after a backup to (\S+)", said)[1])
    assert kept.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(kept)) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert_as_before(before, rows_of(variables, connection=sqlite3.connect(kept)))


@pytest.mark.parametrize("after", [1, 9])
def test_an_upgrade_that_is_killed_is_taken_up_again(before, manage, python, variables, after):
    killed = python(KILL, str(after))
    assert killed.returncode == -signal.SIGKILL, killed.stdout + killed.stderr
    assert_as_before(before, rows_of(variables, before))
    done(manage("prepare_installation", "--no-demo"))
    assert_as_before(before, rows_of(variables, before))
    done(python(LOOK))
