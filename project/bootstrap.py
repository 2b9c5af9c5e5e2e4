"""What happens before Django is there: the command `up`, and finding the Python that has Django.

Standard library only. `up` makes the environment, prepares the data directory, lets Django prepare the
database, then becomes the web server, so that one process tree answers one Ctrl-C.
"""

import argparse
import contextlib
import fcntl
import ipaddress
import os
import secrets
import signal
import socket
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from types import FrameType
from typing import NoReturn

from project.environment import ROOT, RUNTIME_LOCK, Environment, SetupError, child, say


def hand_over(argv: list[str]) -> None:
    """Carry out `up` or `verify`, or go on under the Python of `.venv`; return if Django can take over here."""
    command = argv[1] if len(argv) > 1 else ""
    try:
        if command == "up":
            up(argv[2:])
        if command == "verify":
            from project.verify import verify  # noqa: PLC0415  (no other command pays for it)

            sys.exit(verify(argv[2:]))
        go_where_django_is(argv)
    except SetupError as problem:
        sys.exit(str(problem))
    except KeyboardInterrupt:
        sys.exit(f"Stopped during {command or 'the start'}; run it again to go on.")


def go_where_django_is(argv: list[str]) -> None:
    """Re-execute in `.venv` unless this Python has the lock's Django; without either, say what to do."""
    if has_django():
        return
    environment = Environment()
    if not environment.is_whole() or environment.is_running():
        raise SetupError(
            "AtOdds is not set up here yet: run `python3 manage.py up` first (or `up --setup-only`)."
        )
    os.execv(environment.python, [str(environment.python), str(ROOT / "manage.py"), *argv[1:]])  # noqa: S606


def has_django() -> bool:
    """Tell whether this Python has Django in the version of the lock; the system's own may be another."""
    try:
        wanted = f"django=={metadata.version('django')} "
    except metadata.PackageNotFoundError:
        return False
    return any(line.startswith(wanted) for line in (ROOT / RUNTIME_LOCK).read_text().splitlines())


def up(arguments: list[str]) -> NoReturn:
    """Set everything up, then serve in the foreground until Ctrl-C or SIGTERM."""
    options = read_options(arguments)
    signal.signal(signal.SIGTERM, stop)
    check_host(options.host)
    if not options.setup_only:
        check_port(options.host, options.port)
    environment = Environment()
    environment.ensure(RUNTIME_LOCK)
    data = prepare_data_directory()
    with alone_in(data):
        code = run_django(environment, "prepare_installation", *(["--no-demo"] if options.no_demo else []))
    if code or options.setup_only:
        sys.exit(code)
    serve(environment, options.host, options.port)


def read_options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="manage.py up", description="Set AtOdds up and serve it.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument(
        "--port", type=port_number, default=8000, help="port to listen on (default: %(default)s)"
    )
    parser.add_argument("--setup-only", action="store_true", help="set up, do not serve")
    parser.add_argument("--no-demo", action="store_true", help="do not load the demo study")
    return parser.parse_args(arguments)


def port_number(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"{text} is no port; give a number from 1 to 65535")
    return int(text)


def stop(_signal: int, _frame: FrameType | None) -> None:
    """Treat SIGTERM like Ctrl-C while setting up; the web server brings its own handling."""
    raise KeyboardInterrupt


def check_host(host: str) -> None:
    """Refuse to be reached from other machines unless someone has said under which names."""
    if is_loopback(host):
        return
    if not os.environ.get("ATODDS_ALLOWED_HOSTS", "").strip():
        raise SetupError(
            f"--host {host} would let other machines in: set ATODDS_ALLOWED_HOSTS to the host names that they "
            "will use (separated by commas), or leave --host out to serve this machine alone."
        )
    if os.environ.get("ATODDS_PROFILE", "local") != "server":
        say(
            f"Warning: --host {host} over plain http: whoever shares the network can read passwords and texts. "
            "Put a proxy that speaks https before it and set ATODDS_PROFILE=server."
        )


def is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def check_port(host: str, port: int) -> None:
    """Find out that the port cannot be had before any work is done for it."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server will
            probe.bind(address)
            probe.listen()
    except socket.gaierror as error:
        raise SetupError(f"--host {host} is no address of this machine.") from error
    except PermissionError as error:
        raise SetupError(
            f"Port {port} is reserved for the system; choose one above 1023 with --port."
        ) from error
    except OSError as error:
        raise SetupError(
            f"Port {port} on {host} cannot be used ({error.strerror}): end what runs there, or choose another "
            f"one, as in `python3 manage.py up --port {port + 1 if port < 65535 else 8000}`."
        ) from error


def prepare_data_directory() -> Path:
    """Make the data directory and the secret key that sessions and links are signed with, for this user alone."""
    data = Path(os.environ.get("ATODDS_DATA_DIR", "").strip() or ROOT / "var").resolve()
    os.environ["ATODDS_DATA_DIR"] = str(data)
    os.environ.setdefault("ATODDS_PROFILE", "local")
    os.umask(0o077)  # from here on, what is written is data
    try:
        if not data.exists():
            data.mkdir(mode=0o700, parents=True)
            say(f"Made the data directory {data}")
        if not os.environ.get("ATODDS_SECRET_KEY", "").strip():
            make_secret_key(data / "secret_key")
    except OSError as error:
        raise SetupError(
            f"The data directory {data} cannot be written ({error.strerror}): "
            "set ATODDS_DATA_DIR to a folder that can be."
        ) from error
    return data


@contextlib.contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Let a second start on the same data wait until the first has set it up."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def make_secret_key(path: Path) -> None:
    """Write a key that only this user may read, whole or not at all, unless there is one."""
    if path.exists():
        return
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(handle, "w", encoding="ascii") as file:  # noqa: PTH123  (a descriptor, for its mode)
        file.write(secrets.token_urlsafe(64) + "\n")
    with contextlib.suppress(FileExistsError):  # another start was quicker
        os.link(draft, path)
    draft.unlink()
    say("Made a secret key, readable by this user alone")


def run_django(environment: Environment, *arguments: str) -> int:
    """Run a management command; it speaks for itself."""
    command = [str(environment.python), str(ROOT / "manage.py"), *arguments]
    with child(command) as process:
        return process.wait()


def serve(environment: Environment, host: str, port: int) -> NoReturn:
    """Become the web server: the same process, so every signal arrives where it is handled."""
    name = f"[{host}]" if ":" in host else host
    shown = os.environ["ATODDS_ALLOWED_HOSTS"].split(",")[0].strip() if not is_loopback(host) else name
    os.environ["ATODDS_BIND"] = f"{name}:{port}"
    os.environ["ATODDS_ADDRESS"] = f"http://{shown}:{port}/"
    os.chdir(ROOT)
    arguments = [str(environment.python), "-m", "gunicorn", "--config", "python:project.server"]
    os.execv(environment.python, arguments)  # noqa: S606  (arguments of our own making)
