"""An installation of its own that real server processes serve, and that is killed without warning."""

import contextlib
import http.client
import json
import os
import random
import secrets
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import psycopg2

from project.environment import ROOT
from project.machine import free_port

SOUND = "project.wsgi:application"
"""What `manage.py up` serves."""

FAULTY = "tests.trust.faulty:served('{}')".format
"""The same with one line broken, by the name of the fault."""

BROKEN = (OSError, http.client.HTTPException)
PATIENCE = 60
"""Seconds after which something that should have happened counts as never happening."""


class Installation:
    """Data, a study with one article, and the server over it; all in a folder and a database of its own."""

    def __init__(self, folder: Path, database_url: str):
        self.folder, self.database_url = folder, database_url
        kept = {n: v for n, v in os.environ.items() if not n.startswith(("ATODDS_", "DJANGO_"))}
        self.port = free_port()
        self.variables = kept | {
            "DJANGO_SETTINGS_MODULE": "project.settings",
            "ATODDS_DATA_DIR": str(folder),
            "ATODDS_SECRET_KEY": secrets.token_urlsafe(60),
            "ATODDS_API_RATE": "100000/s",
            "ATODDS_BIND": f"127.0.0.1:{self.port}",
            "DATABASE_URL": database_url,
        }
        seeded = json.loads(self._run("-m", "tests.trust.seed").splitlines()[-1])
        self.key, self.article = seeded["key"], seeded["article"]
        self.server = None

    def _run(self, *arguments):
        command = [sys.executable, *arguments]
        done = subprocess.run(
            command, env=self.variables, cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    # The server --------------------------------------------------------------------------------

    @contextlib.contextmanager
    def served(self, app=SOUND):
        """Serve until the end of the block: the application, or one that was broken on purpose (faulty.py)."""
        self.start(app)
        try:
            yield self
        finally:
            self.kill_server()

    def start(self, app=SOUND):
        command = [sys.executable, "-m", "gunicorn", "--config", "python:project.server", app]
        self.app = app
        with (self.folder / "server.log").open("ab") as log:
            self.server = subprocess.Popen(
                command,
                env=self.variables,
                cwd=ROOT,
                stdout=subprocess.DEVNULL,
                stderr=log,
                start_new_session=True,
            )
        self.wait_until_it_answers()

    def wait_until_it_answers(self):
        """Wait until the server reads from its database; return the seconds that it took."""
        began = time.monotonic()
        while time.monotonic() < began + PATIENCE:
            with contextlib.suppress(*BROKEN):
                if self.ask("GET", f"/articles/{self.article}/")[0] == 200:
                    return time.monotonic() - began
            time.sleep(0.05)
        raise AssertionError(f"The server does not answer:\n{(self.folder / 'server.log').read_text()}")

    def kill_server(self):
        """End the master and its workers at once."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.server.pid, signal.SIGKILL)
        self.server.wait()

    def kill_and_restart(self):
        self.kill_server()
        self.start(self.app)

    def kill_worker(self):
        """End one of the processes that answer; the master starts another by itself."""
        master = self.server.pid
        workers = Path(f"/proc/{master}/task/{master}/children").read_text().split()
        with contextlib.suppress(ProcessLookupError):
            os.kill(int(random.choice(workers)), signal.SIGKILL)  # noqa: S311  (which one does not matter)

    # What clients and the checks ask ------------------------------------------------------------

    def ask(self, method, path, body=None, **headers):
        """Ask the API over a new connection; return status and answer. Raises one of `BROKEN` if none came."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        sent = {"Authorization": f"Token {self.key}", "Content-Type": "application/json"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        with contextlib.closing(connection):
            connection.request(method, f"/api/v1{path}", json.dumps(body) if body is not None else None, sent)
            response = connection.getresponse()
            raw = response.read()
        return response.status, json.loads(raw) if raw[:1] in {b"{", b"["} else None

    def rows(self, sql):
        """What the database itself holds, past the application."""
        if self.database_url:
            with contextlib.closing(psycopg2.connect(self.database_url)) as database:
                cursor = database.cursor()
                cursor.execute(sql)
                return cursor.fetchall()
        with contextlib.closing(sqlite3.connect(self.folder / "atodds.sqlite3")) as database:
            return database.execute(sql).fetchall()

    def damage(self):
        """What the database says against itself."""
        if not self.database_url:
            said = [row[0] for row in self.rows("PRAGMA integrity_check")]
            return [
                *(line for line in said if line != "ok"),
                *map(str, self.rows("PRAGMA foreign_key_check")),
            ]
        with contextlib.closing(psycopg2.connect(self.database_url)) as database:
            cursor = database.cursor()
            cursor.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'amcheck'")
            if not cursor.fetchall():
                return []
            cursor.execute("CREATE EXTENSION IF NOT EXISTS amcheck")
            try:
                cursor.execute(
                    "SELECT bt_index_check(i.indexrelid, true) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
                    " JOIN pg_am a ON a.oid = c.relam WHERE a.amname = 'btree' AND c.relpersistence = 'p'"
                )
            except psycopg2.Error as error:
                return [str(error)]
            return []


class Ledger:
    """What the clients of a crash loop were told, kept by themselves."""

    def __init__(self):
        self.run = secrets.token_hex(4)  # stands in every note, so that each reckoning counts its own rows
        self.created, self.updated, self.faults = {}, {}, []
        self.stop = threading.Event()
        self.calm = True  # nothing was killed yet, so that a server error is one of ours
        self._told = threading.Condition()

    def __len__(self):
        return len(self.created) + len(self.updated)

    def note(self, book, token, statement):
        with self._told:
            book[token] = statement
            self._told.notify_all()

    def fault(self, words):
        with self._told:
            self.faults.append(words)
            self._told.notify_all()

    def wait_for_more(self, n):
        """Wait for n more acknowledgements; go on at the very moment in which the last one came in."""
        with self._told:
            wanted = len(self) + n
            if not self._told.wait_for(lambda: len(self) >= wanted or self.faults, PATIENCE):
                self.faults.append(f"{n} more saves were not acknowledged within {PATIENCE} s")
