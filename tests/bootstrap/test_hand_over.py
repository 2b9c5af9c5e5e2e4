"""Which Python runs a command."""

import shutil
import subprocess

from project.environment import ROOT


def copy_of_the_commands(folder):
    """The commands alone, in a folder where nobody has set anything up."""
    shutil.copytree(ROOT / "project", folder / "project")
    for name in ("manage.py", "requirements.lock"):
        shutil.copy(ROOT / name, folder)
    return str(folder / "manage.py")


def test_command_runs_in_the_environment(manage):
    done = manage("version")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("5.2.")


def test_without_environment_it_names_the_first_step(plain_python, tmp_path):
    script = copy_of_the_commands(tmp_path)
    done = subprocess.run([plain_python, script, "migrate"], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "AtOdds is not set up here yet: run `python3 manage.py up` first (or `up --setup-only`)."
    ]


def test_half_made_environment_counts_as_none(plain_python, tmp_path):
    script = copy_of_the_commands(tmp_path)
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").symlink_to(plain_python)
    (tmp_path / ".venv" / ".unfinished").touch()
    done = subprocess.run([plain_python, script, "migrate"], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "run `python3 manage.py up` first" in done.stderr
