"""The virtual environment `.venv`: made, kept and known by the hash of its lock. Standard library only.

Beside the packages it holds a stamp for each lock that was installed whole, and, while it is being
changed, a mark that it is unfinished. Whoever finds the mark starts over.
"""

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RUNTIME_LOCK = "requirements.lock"
DEVELOPMENT_LOCK = "requirements-dev.lock"


class SetupError(Exception):
    """One sentence: what stands in the way, and the way out."""


def say(text: str) -> None:
    """Print one line of progress at once, whatever stdout is."""
    print(text, flush=True)


@dataclass(frozen=True)
class Environment:
    """The environment below `root`, where the locks lie too."""

    root: Path = ROOT

    @property
    def venv(self) -> Path:
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        return self.venv / "bin" / "python"

    @property
    def unfinished(self) -> Path:
        return self.venv / ".unfinished"

    def is_running(self) -> bool:
        """Tell whether this very process runs in the environment."""
        return Path(sys.prefix).resolve() == self.venv.resolve()

    def is_whole(self) -> bool:
        """Tell whether the environment can run anything at all."""
        return self.python.exists() and not self.unfinished.exists()

    def holds(self, *locks: str) -> bool:
        """Tell whether each of `locks` was installed as it reads now, by the Python that is still there."""
        return self.is_whole() and all(
            self._stamp(lock).is_file() and self._stamp(lock).read_text() == self._fingerprint(lock)
            for lock in locks
        )

    def ensure(self, lock: str, *covered: str) -> None:
        """Install `lock`, which contains the packages of the `covered` locks, unless that has been done."""
        with self._alone():
            if self.holds(lock, *covered):
                return
            try:
                self._make()
                self._install(lock)
                for name in (lock, *covered):
                    self._stamp(name).write_text(self._fingerprint(name))
                self.unfinished.unlink()
            except OSError as error:
                raise SetupError(f"The environment {self.venv} cannot be written: {error}.") from error

    def _stamp(self, lock: str) -> Path:
        return self.venv / f".installed-{lock}"

    def _fingerprint(self, lock: str) -> str:
        digest = hashlib.sha256((self.root / lock).read_bytes()).hexdigest()
        return f"{digest} {os.path.realpath(self.python)}\n"

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep a second start from changing the environment at the same time."""
        with (self.root / RUNTIME_LOCK).open("rb") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say("Another start is setting up the environment; waiting for it")
                fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    def _make(self) -> None:
        """Leave an environment with pip, marked as unfinished."""
        if self._is_usable():
            self.unfinished.touch()
            return
        if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
            raise SetupError(
                "This Python cannot make virtual environments: its venv or ensurepip module is missing; "
                "on Debian and Ubuntu, `apt install python3-venv` brings both."
            )
        if self.venv.exists():
            say("The environment in .venv is unfinished or does not run; starting over")
            shutil.rmtree(self.venv)
        say("Making a virtual environment in .venv")
        self.venv.mkdir()
        self.unfinished.touch()
        # the base interpreter: this process may run in the very environment that is made anew
        base = getattr(sys, "_base_executable", sys.executable)
        made = run_quietly([base, "-m", "venv", str(self.venv)])
        if made.returncode:
            raise SetupError(f"The virtual environment could not be made: {last_words(made.stdout)}")

    def _is_usable(self) -> bool:
        if not self.is_whole():
            return False
        probe = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
        return run_quietly([str(self.python), "-c", probe]).returncode == 0

    def _install(self, lock: str) -> None:
        n_packages = sum(line[:1].isalnum() for line in (self.root / lock).read_text().splitlines())
        say(f"Installing {n_packages} packages from {lock}, checked by hash; this can take a minute or two")
        started = time.monotonic()
        upgrading = any(self.venv.glob(".installed-*"))
        pip = [str(self.python), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
        whole = [
            "--no-deps",
            "--only-binary",
            ":all:",
            "--require-hashes",
        ]  # the lock is complete: nothing to resolve
        done = run_quietly([*pip, *whole, "-r", str(self.root / lock)])
        if done.returncode:
            if upgrading:
                self.unfinished.unlink()  # pip takes its own failures back: what was there still runs
            raise SetupError(why_pip_failed(done.stdout))
        say(f"Installed in {time.monotonic() - started:.0f} s")


def run_quietly(command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run `command` and keep what it prints."""
    with child(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        output = process.communicate()[0]
    return subprocess.CompletedProcess(command, process.returncode, output, "")


@contextlib.contextmanager
def child(
    command: list[str], *, stop_with: signal.Signals = signal.SIGTERM, **options: Any
) -> Iterator[subprocess.Popen[str]]:
    """Start a program in a session of its own, and end all of that session if this process is stopped."""
    with subprocess.Popen(command, start_new_session=True, **options) as process:
        try:
            yield process
        except BaseException:
            with contextlib.suppress(ProcessLookupError):
                end_session(process, stop_with)
            raise


def end_session(process: subprocess.Popen[str], first: signal.Signals) -> None:
    """Ask every process of the session to end, after 20 seconds make them; ProcessLookupError when none is left."""
    os.killpg(process.pid, first)
    for tenths in range(220):
        process.poll()
        os.killpg(process.pid, signal.SIGKILL if tenths > 200 else 0)
        time.sleep(0.1)


def last_words(output: str) -> str:
    """Return the last line that says something."""
    return next(
        (line.strip() for line in reversed(output.splitlines()) if line.strip()), "no reason was given"
    )


def why_pip_failed(output: str) -> str:
    """Return one sentence out of pip's many."""
    errors = [
        line.removeprefix("ERROR:").strip() for line in output.splitlines() if line.startswith("ERROR:")
    ]
    if "DO NOT MATCH THE HASHES" in output:
        return (
            "A package does not have the hash that the lock names, so nothing was installed: "
            "the package index, or something on the way to it, serves another file."
        )
    signs = ("NewConnectionError", "Retrying (", "ReadTimeoutError", "ProxyError", "(from versions: none)")
    if any(sign in output for sign in signs):
        return (
            "The packages could not be fetched: the package index does not answer. "
            "Check the network (pip's own settings for indexes and proxies apply) and run the command again."
        )
    return f"The packages could not be installed: {errors[0] if errors else last_words(output)}"
