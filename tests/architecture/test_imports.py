"""Imports go one way, as the contracts of pyproject.toml say, and the commands need nothing but Python."""

import ast
import importlib.util
import sys

import pytest
from importlinter.application import use_cases
from importlinter.configuration import configure

from tests.architecture.sources import ROOT, nodes

BOOTSTRAP = [
    "manage.py",
    *(f"project/{name}.py" for name in ("bootstrap", "environment", "machine", "verify")),
]


def test_imports_keep_the_contracts(capsys):
    configure()
    kept = use_cases.lint_imports(str(ROOT / "pyproject.toml"), cache_dir=None, no_logo=True)
    assert kept, (
        "An import goes against a contract of pyproject.toml (docs/architecture.md has the map). "
        "Move the rule to the higher package; do not add an exception.\n" + capsys.readouterr().out
    )


@pytest.mark.parametrize("name", [*BOOTSTRAP, "project/server.py"])
def test_commands_import_the_standard_library_only(name):
    """They run before anything is installed. Django's own entry point is imported last, inside a function."""
    outside = {
        root
        for node in nodes(ROOT / name, ast.Import, ast.ImportFrom)
        for root in _roots(node)
        if root not in sys.stdlib_module_names | {"project"}
    }
    assert outside <= ({"django"} if name == "manage.py" else set())


def test_there_is_one_driver_for_postgresql():
    """Beside psycopg 3 Django would silently prefer it; the measurements were made with psycopg2."""
    assert importlib.util.find_spec("psycopg") is None
    assert importlib.util.find_spec("psycopg2") is not None


def _roots(node):
    if isinstance(node, ast.ImportFrom):
        return [(node.module or "").split(".")[0]]
    return [alias.name.split(".")[0] for alias in node.names]
