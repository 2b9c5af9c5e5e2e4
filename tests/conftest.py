"""Database, browser and network of the suite. The cast of users is in tests/cast.py."""

import atexit
import ipaddress
import os
import shutil
import socket

import pytest
from django.conf import settings

from project.machine import find_browser

pytest_plugins = ["tests.cast"]

# Playwright's sync interface runs an event loop in the thread that also uses the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

NO_BROWSER = "no Chromium found: install one, or set CHROMIUM to its path"


def pytest_addoption(parser):
    parser.addoption("--long", action="store_true", help="run the checks of docs/trust.md at full size")


def pytest_configure():
    settings.SCRATCH.mkdir(mode=0o700)
    atexit.register(shutil.rmtree, settings.SCRATCH, ignore_errors=True)


def pytest_collection_modifyitems(items):
    """Mark every test that drives a page, and skip it where there is no browser; where CI is set it fails."""
    for item in items:
        if "page" in item.fixturenames or "browser" in item.fixturenames:
            item.add_marker("browser")
        if item.get_closest_marker("browser") and find_browser() is None and not os.environ.get("CI"):
            item.add_marker(pytest.mark.skip(reason=NO_BROWSER))
        restore_rows_of_migrations(item)


def restore_rows_of_migrations(item):
    """Tests that commit end by emptying every table; what migrations brought, the codebook, must come back."""
    mark = item.get_closest_marker("django_db")
    commits = {"live_server", "transactional_db"} & set(item.fixturenames)
    if commits or (mark and mark.kwargs.get("transaction")):
        item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True), append=False)


def pytest_terminal_summary(terminalreporter):
    """Say loudly that browser tests did not run."""
    skipped = [
        report for report in terminalreporter.stats.get("skipped", ()) if NO_BROWSER in str(report.longrepr)
    ]
    if skipped:
        terminalreporter.section(f"{len(skipped)} browser tests did not run: {NO_BROWSER}", sep="!")


@pytest.fixture(scope="session")
def size(pytestconfig):
    """Choose between the size for each change and that of the long run: `size(10, 300)`."""
    return lambda here, long: long if pytestconfig.getoption("--long") else here


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    executable = find_browser()
    if executable is None:
        pytest.fail(NO_BROWSER)
    quiet = ["background-networking", "component-update", "sync", "dev-shm-usage"]
    arguments = [*(f"--disable-{name}" for name in quiet), "--no-first-run"]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")  # Chromium's sandbox refuses to start as root
    return {**browser_type_launch_args, "executable_path": executable, "args": arguments}


@pytest.fixture(autouse=True, scope="session")
def _loopback_only():
    """Let no test reach another machine."""
    connect = socket.socket.connect

    def guarded(self, address):
        if self.family in {socket.AF_INET, socket.AF_INET6} and not is_local(address[0]):
            raise AssertionError(f"A test tried to reach {address[0]}; tests stay on this machine.")
        return connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


def is_local(host):
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host in {"localhost", ""}
