"""The environment and its stamps; the locks here name nothing, so that nothing is fetched."""

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile

import pytest

from project.environment import ROOT, RUNTIME_LOCK, Environment, SetupError
from project.machine import free_port

EMPTY_LOCK = "# nothing\n"
ONE_PACKAGE = f"django==5.2.19 --hash=sha256:{'0' * 64}\n"


@pytest.fixture
def environment(tmp_path):
    (tmp_path / RUNTIME_LOCK).write_text(EMPTY_LOCK)
    return Environment(tmp_path)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Making takes seconds, so it is done once and copied."""
    folder = tmp_path_factory.mktemp("made")
    (folder / RUNTIME_LOCK).write_text(EMPTY_LOCK)
    Environment(folder).ensure(RUNTIME_LOCK)
    return folder


@pytest.fixture
def installed(made, tmp_path):
    shutil.copytree(made, tmp_path / "installed", symlinks=True)
    return Environment(tmp_path / "installed")


def test_known_by_the_hash_of_the_lock(installed, capsys):
    installed.ensure(RUNTIME_LOCK)
    assert capsys.readouterr().out == ""

    (installed.root / RUNTIME_LOCK).write_text("# something else\n")
    assert not installed.holds(RUNTIME_LOCK)
    installed.ensure(RUNTIME_LOCK)
    said = capsys.readouterr().out
    assert "Installing" in said
    assert "Making" not in said
    assert installed.holds(RUNTIME_LOCK)


def test_interrupted_environment_is_started_over(environment, capsys):
    environment.venv.mkdir()
    environment.unfinished.touch()
    left = environment.venv / "left-behind"
    left.touch()
    environment.ensure(RUNTIME_LOCK)
    assert "starting over" in capsys.readouterr().out
    assert not left.exists()
    assert environment.holds(RUNTIME_LOCK)


def test_environment_of_a_python_that_is_gone_is_started_over(environment, capsys):
    (environment.venv / "bin").mkdir(parents=True)
    environment.python.symlink_to("/nonexistent/python3.11")
    environment.ensure(RUNTIME_LOCK)
    assert "starting over" in capsys.readouterr().out
    assert environment.holds(RUNTIME_LOCK)


def test_covered_lock_is_part_of_what_is_held(installed):
    (installed.root / "more.lock").write_text(EMPTY_LOCK)
    installed.ensure("more.lock", RUNTIME_LOCK)
    assert installed.holds("more.lock", RUNTIME_LOCK)
    (installed.root / RUNTIME_LOCK).write_text("# changed\n")
    assert installed.holds("more.lock")
    assert not installed.holds("more.lock", RUNTIME_LOCK)


@pytest.fixture(params=["0", "1"])
def nothing_served(request, monkeypatch):
    """An index that nobody serves, asked once or twice, and no other settings of pip."""
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_INDEX_URL", f"http://127.0.0.1:{free_port()}/simple")
    monkeypatch.setenv("PIP_RETRIES", request.param)


NO_NETWORK = r"^The packages could not be fetched: [^\n]*Check the network[^\n]*$"


@pytest.mark.usefixtures("nothing_served")
def test_upgrade_without_network_keeps_what_runs(installed):
    (installed.root / RUNTIME_LOCK).write_text(ONE_PACKAGE)
    with pytest.raises(SetupError, match=NO_NETWORK):
        installed.ensure(RUNTIME_LOCK)
    assert installed.is_whole()
    assert not installed.holds(RUNTIME_LOCK)


@pytest.mark.usefixtures("nothing_served")
def test_first_set_up_without_network_is_not_taken_for_a_whole_one(installed):
    (installed.venv / f".installed-{RUNTIME_LOCK}").unlink()
    (installed.root / RUNTIME_LOCK).write_text(ONE_PACKAGE)
    with pytest.raises(SetupError, match=NO_NETWORK):
        installed.ensure(RUNTIME_LOCK)
    assert not installed.is_whole()


def test_wrong_hash_is_refused(installed, tmp_path, monkeypatch):
    served = tmp_path / "served" / "django-5.2.19-py3-none-any.whl"
    served.parent.mkdir()
    served.write_bytes(b"not the one")
    monkeypatch.setenv("PIP_FIND_LINKS", str(served.parent))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    (installed.root / RUNTIME_LOCK).write_text(ONE_PACKAGE)
    with pytest.raises(SetupError, match="does not have the hash that the lock names"):
        installed.ensure(RUNTIME_LOCK)


def test_python_without_ensurepip_names_the_package(environment):
    program = (
        "import sys; sys.modules['ensurepip'] = None\n"
        "from pathlib import Path; from project.environment import Environment, SetupError\n"
        "try: Environment(Path(sys.argv[1])).ensure('requirements.lock')\n"
        "except SetupError as problem: print(problem)"
    )
    command = [sys.executable, "-c", program, str(environment.root)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert len(done.stdout.splitlines()) == 1
    assert "python3-venv" in done.stdout
    assert not environment.venv.exists()


def wheel(folder, name, version, requires=""):
    """Write the smallest wheel there is; return its line in a lock."""
    path = folder / f"{name}-{version}-py3-none-any.whl"
    about = f"{name}-{version}.dist-info"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            f"{about}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{requires}"
        )
        archive.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{about}/RECORD", "")
    return f"{name}=={version} --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


def test_newer_release_of_what_a_package_asks_for_with_extras_changes_nothing(
    installed, tmp_path, monkeypatch
):
    """The lock is the whole truth: left to resolve `part[more]>=1`, pip takes the newest and finds no hash."""
    served = tmp_path / "served"
    served.mkdir()
    lock = wheel(served, "whole", "1", "Requires-Dist: part[more]>=1\n") + wheel(served, "part", "1")
    wheel(served, "part", "2")
    monkeypatch.setenv("PIP_FIND_LINKS", str(served))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    (installed.root / RUNTIME_LOCK).write_text(lock)
    installed.ensure(RUNTIME_LOCK)
    assert sorted(path.stem for path in installed.venv.rglob("part-*.dist-info")) == ["part-1"]
