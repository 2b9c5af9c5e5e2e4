"""What the two locks promise: exact, hashed, without addresses, and the one within the other."""

import re
import tomllib

import django
import pytest

from project.environment import DEVELOPMENT_LOCK, ROOT, RUNTIME_LOCK

MOST_PACKAGES_AT_RUN_TIME = 52


def pinned(lock):
    """Names and versions of a lock; a line that is neither a pin nor a hash is a fault."""
    pins = {}
    for line in (ROOT / lock).read_text().splitlines():
        pin = re.fullmatch(r"([a-z0-9-]+)==(\S+)(?: ; [^\\]+)? \\", line)
        if pin:
            pins[pin[1]] = pin[2]
        else:
            assert re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}(?: \\)?", line), line
    return pins


def named(requirements):
    return {re.match(r"[A-Za-z0-9-]+", requirement)[0].lower() for requirement in requirements}


@pytest.mark.parametrize("lock", [RUNTIME_LOCK, DEVELOPMENT_LOCK])
def test_lock_has_a_hash_for_every_pin(lock):
    text = (ROOT / lock).read_text()
    assert pinned(lock)
    assert not re.search(r"\\\n(?! {4}--hash)", text)


def test_run_time_is_part_of_development():
    assert pinned(RUNTIME_LOCK).items() <= pinned(DEVELOPMENT_LOCK).items()


def test_locks_follow_pyproject():
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert named(pyproject["project"]["dependencies"]) <= set(pinned(RUNTIME_LOCK))
    assert named(pyproject["dependency-groups"]["dev"]) <= set(pinned(DEVELOPMENT_LOCK))


def test_run_time_stays_small_and_on_one_driver():
    pins = pinned(RUNTIME_LOCK)
    assert len(pins) <= MOST_PACKAGES_AT_RUN_TIME
    assert "psycopg" not in set(pinned(DEVELOPMENT_LOCK))
    assert pins["django"] == django.__version__
