"""The command `verify`: test tools, every check, the whole suite on both databases. Standard library only.

A failing step does not stop the later ones. The suites of the two databases run side by side. What the
machine does not allow is left out and listed; where CI is set, leaving out is failing.
"""

import contextlib
import os
import queue
import re
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from project.bootstrap import stop
from project.environment import DEVELOPMENT_LOCK, ROOT, RUNTIME_LOCK, Environment, child, say
from project.machine import find_browser, find_postgres, scratch_postgres

USAGE = """usage: manage.py verify [pytest arguments]

Install the test tools, run every check and the whole suite on SQLite and PostgreSQL. Arguments go to
pytest, as in `verify -k spans` or `verify tests/corpus`."""
CLOSING_LINE = re.compile(r"(?:=+ )?(?:\d+ \w+|no tests ran)\b.* in [\d.]+s(?: \([\d:]+\))?(?: =+)?")
COLOUR = re.compile(r"\x1b\[[\d;]*m")


@dataclass
class Report:
    """What the steps came to."""

    seconds: dict[str, float] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    closing_lines: dict[str, str] = field(default_factory=dict)


def verify(arguments: list[str]) -> int:
    """Run every step and return the exit status: 0 if none failed."""
    if set(arguments) & {"-h", "--help"}:
        say(USAGE)
        return 0
    signal.signal(signal.SIGTERM, stop)
    environment = Environment()
    environment.ensure(DEVELOPMENT_LOCK, RUNTIME_LOCK)
    report = Report()
    with tempfile.TemporaryDirectory(prefix="atodds-verify-") as data:
        variables = clean_variables(data)
        for name, command, extra in checks(environment):
            run_step(report, name, command, variables | extra)
        run_suites(report, str(environment.python), arguments, variables)
    if find_browser() is None:
        leave_out(report, "browser tests: no Chromium found (set CHROMIUM to its path)")
    summarise(report)
    return 1 if report.failed else 0


def clean_variables(data: str) -> dict[str, str]:
    """Return an environment in which nothing of this installation is read or written."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("ATODDS_", "DATABASE_URL"))
    }
    key = os.environ.get("ATODDS_SECRET_KEY", "") or secrets.token_urlsafe(64)
    return kept | {"ATODDS_DATA_DIR": data, "ATODDS_SECRET_KEY": key, "PYTHONUNBUFFERED": "1"}


def checks(environment: Environment) -> Iterator[tuple[str, list[str], dict[str, str]]]:
    """Yield name, command and extra variables of each check."""
    server = {"ATODDS_PROFILE": "server", "ATODDS_ALLOWED_HOSTS": "atodds.example"}
    python = str(environment.python)
    manage = [python, str(ROOT / "manage.py")]
    tool = [python, "-m"]
    yield "installed packages agree", [*tool, "pip", "check"], {}
    yield "ruff format", [*tool, "ruff", "format", "--check", "."], {}
    yield "ruff check", [*tool, "ruff", "check", "."], {}
    yield "mypy", [*tool, "mypy"], {}
    yield "import contract", [str(environment.venv / "bin" / "lint-imports")], {}
    yield "djlint format", [*tool, "djlint", "templates", "--check"], {}
    yield "djlint lint", [*tool, "djlint", "templates", "--lint"], {}
    yield "deployment check", [*manage, "check", "--deploy", "--fail-level", "WARNING"], server
    yield "no missing migration", [*manage, "makemigrations", "--check", "--dry-run"], {}


def run_suites(report: Report, python: str, arguments: list[str], variables: dict[str, str]) -> None:
    """Run the suite on SQLite and, if there is one, on PostgreSQL at the same time."""
    pytest = [python, "-m", "pytest", *(["--color=yes"] if sys.stdout.isatty() else [])]
    measured = [] if arguments else ["--cov", "--cov-report=term:skip-covered"]  # a part covers nothing
    address = os.environ.get("TEST_DATABASE_URL", "")
    binaries = find_postgres()
    with contextlib.ExitStack() as running:
        if not address and binaries is not None:
            address = running.enter_context(scratch_postgres(binaries))
        command, own = [*pytest, *measured, *arguments], variables | {"TEST_DATABASE_URL": ""}
        steps = [running.enter_context(begun("pytest on SQLite", command, own))]
        if address:
            command, own = [*pytest, *arguments], variables | {"TEST_DATABASE_URL": address}
            steps.append(running.enter_context(begun("pytest on PostgreSQL", command, own)))
        else:
            leave_out(
                report, "the suite on PostgreSQL: no server found (install it or set TEST_DATABASE_URL)"
            )
        for step in steps:
            follow(report, step)


def leave_out(report: Report, what: str) -> None:
    report.left_out.append(what)
    if os.environ.get("CI"):
        report.failed.append(what)


def run_step(report: Report, name: str, command: list[str], variables: dict[str, str]) -> None:
    """Run one check with its output shown as it comes, and note how it went."""
    with begun(name, command, variables) as step:
        follow(report, step)


@dataclass
class Step:
    """A check under way; what it prints waits in `lines`, None after the last."""

    name: str
    process: subprocess.Popen[str]
    lines: queue.SimpleQueue[str | None] = field(default_factory=queue.SimpleQueue)
    started: float = field(default_factory=time.monotonic)
    seconds: float = 0.0

    def listen(self) -> None:
        for line in self.process.stdout or ():
            self.lines.put(line)
        self.process.wait()
        self.seconds = time.monotonic() - self.started
        self.lines.put(None)


@contextlib.contextmanager
def begun(name: str, command: list[str], variables: dict[str, str]) -> Iterator[Step]:
    """Start a check; it is ended with this block."""
    with child(
        command,
        stop_with=signal.SIGINT,  # pytest then tears down what its fixtures have started
        cwd=ROOT,
        env=variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        step = Step(name, process)
        threading.Thread(target=step.listen, daemon=True).start()
        yield step


def follow(report: Report, step: Step) -> None:
    """Show what a check has printed and prints until it ends, and note how it went."""
    say(f"\n== {step.name}")
    while (line := step.lines.get()) is not None:
        print(line, end="", flush=True)
        plain = COLOUR.sub("", line).strip()
        if "pytest" in step.name and CLOSING_LINE.fullmatch(plain):
            report.closing_lines[step.name] = plain
    report.seconds[step.name] = step.seconds
    if step.process.returncode:
        report.failed.append(step.name)
    say(f"-- {step.name}: {'FAILED' if step.process.returncode else 'ok'} in {step.seconds:.1f} s")


def summarise(report: Report) -> None:
    """Print what was run, what was left out, the verdict, and the closing lines of the suites."""
    say("\n== summary")
    for name, seconds in report.seconds.items():
        say(f"{'FAILED' if name in report.failed else 'ok':>6} {seconds:7.1f} s  {name}")
    for what in report.left_out:
        say(f"Left out on this machine: {what}")
    n_failed = len(report.failed)
    say(f"verify: {n_failed} failed: {'; '.join(report.failed)}" if n_failed else "verify: all checks passed")
    for name, line in report.closing_lines.items():
        say(f"{name}:\n{line}")
