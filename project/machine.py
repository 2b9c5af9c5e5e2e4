"""What this machine offers to the tests: a Chromium, a PostgreSQL server. Standard library only."""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
UNPRIVILEGED = "postgres"  # the server refuses to run as root


def find_browser() -> str | None:
    """Return the path of the browser that `CHROMIUM` names, else of the first known one."""
    names = [os.environ["CHROMIUM"]] if os.environ.get("CHROMIUM") else BROWSERS
    return next((path for path in map(shutil.which, names) if path), None)


def find_postgres() -> Path | None:
    """Return the folder of `initdb` and `postgres`, the newest first, if the server can be run at all."""
    folders = [Path(path).resolve().parent for path in [shutil.which("initdb")] if path]
    pg_config = shutil.which("pg_config")
    if pg_config:
        answer = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True, check=False)
        folders.append(Path(answer.stdout.strip()))
    folders += sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True
    )
    found = next(
        (folder for folder in folders if (folder / "initdb").exists() and (folder / "postgres").exists()),
        None,
    )
    return found if os.geteuid() or user_exists(UNPRIVILEGED) else None


def user_exists(name: str) -> bool:
    return any(entry.pw_name == name for entry in pwd.getpwall())


@contextlib.contextmanager
def scratch_postgres(binaries: Path) -> Iterator[str]:
    """Run a throw-away cluster on a free loopback port and give its address; nothing of it stays behind."""
    user = None if os.geteuid() else UNPRIVILEGED
    with tempfile.TemporaryDirectory(prefix="atodds-postgres-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if user:
            shutil.chown(folder, user, pwd.getpwnam(user).pw_gid)
        data = folder / "data"
        create = [
            str(binaries / "initdb"),
            "--pgdata",
            str(data),
            "--username",
            "postgres",
            "--auth",
            "trust",
        ]
        run_as(user, [*create, "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"], folder)
        port = free_port()
        server = start_server(binaries, data, port, user)
        try:
            wait_until_ready(data, server)
            yield f"postgres://postgres@127.0.0.1:{port}/postgres"
        finally:
            server.send_signal(signal.SIGINT)  # fast shutdown: sessions are cut, the process ends
            server.wait()


def run_as(user: str | None, command: list[str], folder: Path) -> None:
    done = subprocess.run(command, user=user, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed: {done.stderr.strip()}")


def start_server(binaries: Path, data: Path, port: int, user: str | None) -> subprocess.Popen[bytes]:
    """Start the server without its guards against power failure: the cluster does not outlive the tests."""
    settings = [
        "listen_addresses=127.0.0.1",
        f"unix_socket_directories={data.parent}",
        "fsync=off",
        "synchronous_commit=off",
        "full_page_writes=off",
    ]
    command = [str(binaries / "postgres"), "-D", str(data), "-p", str(port)]
    for setting in settings:
        command += ["-c", setting]
    with (data.parent / "log").open("wb") as log:
        # a session of its own: Ctrl-C reaches the tests first, and they stop it in order
        return subprocess.Popen(
            command, user=user, cwd=data.parent, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )


def wait_until_ready(data: Path, server: subprocess.Popen[bytes]) -> None:
    """Wait up to a minute until the server's own status line says that it takes connections."""
    status = data / "postmaster.pid"
    for _ in range(600):
        if server.poll() is not None:
            raise RuntimeError(
                f"The scratch PostgreSQL ended at once: {(data.parent / 'log').read_text().strip()}"
            )
        if status.exists() and status.read_text().rstrip().endswith("ready"):
            return
        time.sleep(0.1)
    raise RuntimeError("The scratch PostgreSQL did not answer within a minute.")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
