"""A PostgreSQL that waits for the disk as in earnest, and whose processes are killed."""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg2

from project.machine import UNPRIVILEGED, find_postgres, free_port, run_as


class Cluster:
    """A scratch cluster with PostgreSQL's own settings: fsync, full pages and synchronous commits are on."""

    def __init__(self, binaries: Path, folder: Path):
        self.binaries, self.folder, self.port = binaries, folder, free_port()
        self.user = None if os.geteuid() else UNPRIVILEGED
        if self.user:
            shutil.chown(folder, self.user, pwd.getpwnam(self.user).pw_gid)
        create = [str(binaries / "initdb"), "--pgdata", str(folder / "data"), "--username", "postgres"]
        run_as(self.user, [*create, "--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8"], folder)
        self.address = f"postgres://postgres@127.0.0.1:{self.port}/postgres"
        self.start()

    def start(self):
        """Start, if need be again and again: what a killed server has left must have ended first."""
        command = [str(self.binaries / "postgres"), "-D", str(self.folder / "data"), "-p", str(self.port)]
        command += ["-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={self.folder}"]
        command += ["-c", "recovery_init_sync_method=syncfs"]  # as safe, and quick where disks are slow
        for _ in range(100):
            with (self.folder / "log").open("ab") as log:
                self.server = subprocess.Popen(
                    command,
                    user=self.user,
                    cwd=self.folder,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
            if self.is_up():
                return
        raise AssertionError((self.folder / "log").read_text())

    def is_up(self):
        """Wait until this very server says that it takes connections, or has ended; the one before left its word."""
        status = self.folder / "data" / "postmaster.pid"
        while self.server.poll() is None:
            said = status.read_text().split() if status.exists() else []
            if said[:1] == [str(self.server.pid)] and said[-1] == "ready":
                return True
            time.sleep(0.05)
        return False

    def kill_backend(self):
        """End one process that works for a client: the server ends all others and recovers from its log."""
        with contextlib.closing(psycopg2.connect(self.address)) as database:
            cursor = database.cursor()
            cursor.execute(
                "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'"
                " AND pid <> pg_backend_pid() ORDER BY state_change DESC LIMIT 1"
            )
            found = cursor.fetchone()
        if found:
            with contextlib.suppress(ProcessLookupError):
                os.kill(found[0], signal.SIGKILL)

    def kill_and_restart(self):
        self.server.kill()
        self.server.wait()
        self.start()

    def stop(self):
        self.server.send_signal(signal.SIGINT)
        self.server.wait()


@contextlib.contextmanager
def durable_cluster():
    """A cluster for the block, or None where no server can be run."""
    binaries = find_postgres()
    if binaries is None:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="atodds-durable-", ignore_cleanup_errors=True) as name:
        cluster = Cluster(binaries, Path(name))
        try:
            yield cluster
        finally:
            cluster.stop()
