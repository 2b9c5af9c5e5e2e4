"""`manage.py up`: what it refuses, what it makes, how it ends."""

import contextlib
import os
import re
import signal
import socket
import sqlite3
import stat
import subprocess
import urllib.request
from pathlib import Path

import pytest

from project.environment import ROOT, RUNTIME_LOCK, Environment
from project.machine import free_port


def assert_one_sentence(done):
    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert "Traceback" not in done.stderr


def data_directory(variables):
    return Path(variables["ATODDS_DATA_DIR"])


def test_taken_port_is_named_before_any_work(manage, variables):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = manage("up", "--port", str(port))
    assert_one_sentence(done)
    assert f"Port {port} " in done.stderr
    assert "--port" in done.stderr
    assert not data_directory(variables).exists()


def test_other_machines_are_refused_without_host_names(manage, variables):
    done = manage("up", "--host", "0.0.0.0")
    assert_one_sentence(done)
    assert "ATODDS_ALLOWED_HOSTS" in done.stderr
    assert not data_directory(variables).exists()


def test_other_machines_bring_a_warning_about_plain_http(manage):
    with socket.create_server(("", 0)) as other:
        port = other.getsockname()[1]
        done = manage("up", "--host", "0.0.0.0", "--port", str(port), ATODDS_ALLOWED_HOSTS="news.example")
    assert "plain http" in done.stdout
    assert f"Port {port} " in done.stderr


def test_unknown_host_is_named(manage):
    done = manage("up", "--host", "no-such-host.invalid", ATODDS_ALLOWED_HOSTS="news.example")
    assert done.returncode == 1
    assert "no-such-host.invalid is no address" in done.stderr


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1"])
def test_port_must_be_one(manage, port):
    done = manage("up", "--port", port)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_unwritable_data_directory_is_named(manage, tmp_path):
    (tmp_path / "file").write_text("")
    done = manage("up", "--setup-only", ATODDS_DATA_DIR=str(tmp_path / "file" / "data"))
    assert_one_sentence(done)
    assert "ATODDS_DATA_DIR" in done.stderr


def test_weak_first_password_is_told_here_and_refused_on_a_server(manage):
    server = {"ATODDS_PROFILE": "server", "ATODDS_ALLOWED_HOSTS": "news.example"}
    done = manage("up", "--setup-only", "--no-demo", ATODDS_ADMIN_PASSWORD="12345", **server)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "ATODDS_ADMIN_PASSWORD is too weak" in done.stderr
    done = manage("up", "--setup-only", "--no-demo", ATODDS_ADMIN_PASSWORD="12345")
    assert done.returncode == 0, done.stderr
    assert "Warning: This password is too short" in done.stdout


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("ATODDS_PROFILE", "cloud", "ATODDS_PROFILE is 'cloud'; set it to local or server."),
        ("ATODDS_SECRET_KEY", "rain", "The secret key is too weak; use at least 50 random characters."),
        ("DATABASE_URL", "mysql://x/y", "DATABASE_URL must read postgres://USER:PASSWORD@HOST:PORT/NAME"),
    ],
)
def test_a_variable_that_cannot_be_is_told_in_a_sentence(manage, name, value, said):
    for command in (("up", "--setup-only"), ("create_token", "ana")):
        done = manage(*command, **{name: value})
        assert done.returncode == 1
        assert done.stderr.startswith(said)
        assert len(done.stderr.splitlines()) == 1


def test_database_that_does_not_answer_is_said(manage):
    done = manage("up", "--setup-only", DATABASE_URL=f"postgres://u:p@127.0.0.1:{free_port()}/atodds")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "DATABASE_URL" in done.stderr
    assert ":p@" not in done.stderr


def test_second_start_changes_nothing(manage, variables):
    installed = Environment()._stamp(RUNTIME_LOCK).stat().st_mtime_ns
    first = manage("up", "--setup-only", "--no-demo")
    assert first.returncode == 0, first.stderr
    password = re.search(r"password (\S+) \(printed only this once\)", first.stdout)
    assert password

    data = data_directory(variables)
    key = data / "secret_key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    before = key.read_text(), (data / "static" / "staticfiles.json").stat().st_mtime_ns

    second = manage("up", "--setup-only", "--no-demo")
    assert second.returncode == 0, second.stderr
    assert "Installing" not in second.stdout
    assert password[1] not in second.stdout
    assert "reset_password admin" in second.stdout
    # a scratch PostgreSQL does not sync, and is warned of at each start
    said = [line for line in second.stdout.splitlines() if not line.startswith("Warning: of the database")]
    assert len(said) == 1
    assert (key.read_text(), (data / "static" / "staticfiles.json").stat().st_mtime_ns) == before
    assert Environment()._stamp(RUNTIME_LOCK).stat().st_mtime_ns == installed


def test_two_first_starts_at_once_set_up_once(plain_python, variables):
    command = [plain_python, str(ROOT / "manage.py"), "up", "--setup-only", "--no-demo"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with (
        subprocess.Popen(command, env=variables, **pipes) as one,
        subprocess.Popen(command, env=variables, **pipes) as other,
    ):
        told = [process.communicate() for process in (one, other)]
    assert [one.returncode, other.returncode] == [0, 0], told
    assert sum("printed only this once" in out for out, _ in told) == 1


def test_first_user_is_as_asked(manage):
    done = manage(
        "up", "--setup-only", "--no-demo", ATODDS_ADMIN_USER="mira", ATODDS_ADMIN_PASSWORD="rain-in-menovar"
    )
    assert done.returncode == 0, done.stderr
    assert "Sign in as mira" in done.stdout
    assert "rain-in-menovar" not in done.stdout


def test_upgrade_keeps_a_copy_of_the_file(manage, variables, database_url):
    if database_url:
        pytest.skip("PostgreSQL has its own tools for backups")
    manage("up", "--setup-only", "--no-demo")
    assert not (data_directory(variables) / "backups").exists()
    with contextlib.closing(sqlite3.connect(data_directory(variables) / "atodds.sqlite3")) as live, live:
        live.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
        live.execute("DROP TABLE django_session")

    done = manage("up", "--setup-only", "--no-demo")
    assert done.returncode == 0, done.stderr
    assert "after a backup to" in done.stdout
    [kept] = (data_directory(variables) / "backups").iterdir()
    with contextlib.closing(sqlite3.connect(kept)) as copy:
        assert copy.execute("SELECT username FROM annotations_user").fetchall() == [("admin",)]
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("stop", "whole_group"), [(signal.SIGINT, True), (signal.SIGTERM, False)], ids=["ctrl-c", "terminate"]
)
def test_serves_until_stopped_and_leaves_no_process(plain_python, variables, stop, whole_group):
    port = free_port()
    command = [plain_python, str(ROOT / "manage.py"), "up", "--no-demo", "--port", str(port)]
    with subprocess.Popen(
        command,
        env=variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as server:
        try:
            address = f"http://127.0.0.1:{port}/"
            assert address in read_until(server.stdout, "AtOdds serves at")[-1]
            with urllib.request.urlopen(address) as answer:
                assert answer.status == 200
        finally:
            os.killpg(server.pid, stop) if whole_group else server.send_signal(stop)
        assert server.stdout.read() == "AtOdds has stopped\n"
        assert server.wait() == 0
    assert_no_process_left(server.pid)


def read_until(stream, beginning):
    """Read lines up to the one that starts so; the stream's end is a failure that shows all of them."""
    lines = []
    for line in stream:
        lines.append(line)
        if line.startswith(beginning):
            return lines
    pytest.fail("".join(lines))


def assert_no_process_left(group):
    with pytest.raises(ProcessLookupError):
        os.killpg(group, 0)


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "terminate"])
def test_stopping_during_set_up_is_one_sentence(plain_python, variables, stop, tmp_path):
    """The database stands behind a port that accepts and never answers, so the set-up hangs there."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"postgres://u:p@127.0.0.1:{silent.getsockname()[1]}/atodds"
        command = [plain_python, str(ROOT / "manage.py"), "up", "--setup-only"]
        with subprocess.Popen(
            command,
            env=variables | {"DATABASE_URL": url},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        ) as starting:
            connection, _ = silent.accept()
            starting.send_signal(stop)
            assert starting.stderr.read() == "Stopped during up; run it again to go on.\n"
            assert starting.wait() == 1
            connection.close()
    assert_no_process_left(starting.pid)
