"""How `verify` runs a step and what it makes of the outcome."""

import os
import sys
import tempfile

import pytest

from project.verify import (
    CLOSING_LINE,
    Report,
    begun,
    clean_variables,
    follow,
    leave_out,
    run_step,
    summarise,
)


def python(program):
    return [sys.executable, "-c", program]


def test_failing_step_is_noted_and_the_next_one_runs(capsys):
    report = Report()
    run_step(report, "first", python("print('words of the first'); raise SystemExit(3)"), dict(os.environ))
    run_step(report, "second", python("pass"), dict(os.environ))
    summarise(report)
    said = capsys.readouterr().out
    assert report.failed == ["first"]
    assert list(report.seconds) == ["first", "second"]
    assert "words of the first" in said
    assert "verify: 1 failed: first" in said


def test_last_line_is_the_suite_s_own(capsys):
    report = Report()
    line = "============================== 4 passed in 1.55s ==============================="
    run_step(report, "pytest on SQLite", python(f"print({line!r})"), dict(os.environ))
    summarise(report)
    said = capsys.readouterr().out.splitlines()
    assert "verify: all checks passed" in said
    assert said[-1] == line


@pytest.mark.parametrize(
    "line",
    [
        "===== 4 passed in 1.55s =====",
        "===== 1 failed, 3 passed, 2 skipped, 1 warning in 75.10s (0:01:15) =====",
        "===== 2 errors in 0.01s =====",
        "===== no tests ran in 0.00s =====",
        "4 passed in 1.55s",
    ],
)
def test_closing_lines_are_known(line):
    assert CLOSING_LINE.fullmatch(line)


@pytest.mark.parametrize("line", ["===== short test summary info =====", "4 passed in 1.55s of walking"])
def test_other_lines_are_not(line):
    assert not CLOSING_LINE.fullmatch(line)


@pytest.mark.parametrize(("ci", "failed"), [("", []), ("true", ["browser tests"])])
def test_leaving_out_is_failing_where_ci_is_set(monkeypatch, ci, failed):
    monkeypatch.setenv("CI", ci)
    report = Report()
    leave_out(report, "browser tests")
    assert report.left_out == ["browser tests"]
    assert report.failed == failed


def test_steps_see_nothing_of_the_installation(monkeypatch):
    monkeypatch.setenv("ATODDS_ADMIN_PASSWORD", "rain-in-menovar")
    monkeypatch.setenv("DATABASE_URL", "postgres://live")
    variables = clean_variables("/elsewhere")
    assert variables["ATODDS_DATA_DIR"] == "/elsewhere"
    assert "ATODDS_ADMIN_PASSWORD" not in variables
    assert "DATABASE_URL" not in variables


def test_checks_side_by_side_are_told_of_one_after_the_other(capsys):
    """Each waits for the other's file, so neither ends unless both run."""
    report = Report()
    meet = (
        "import pathlib, sys, time\n"
        "own, other = map(pathlib.Path, sys.argv[1:])\n"
        "own.touch()\n"
        "while not other.exists(): time.sleep(0.01)\n"
        "print('met from', own.name)"
    )
    with tempfile.TemporaryDirectory() as folder:
        one, two = f"{folder}/one", f"{folder}/two"
        with (
            begun("first", [*python(meet), one, two], dict(os.environ)) as first,
            begun("second", [*python(meet), two, one], dict(os.environ)) as second,
        ):
            follow(report, first)
            follow(report, second)
    said = capsys.readouterr().out
    assert said.index("met from one") < said.index("== second") < said.index("met from two")
    assert report.failed == []
