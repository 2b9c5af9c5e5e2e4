"""The project's own files, read once for the guards of this folder."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
MIGRATIONS = ROOT / "annotations" / "migrations"
DATA = ROOT / "annotations" / "demo"  # the demo set comes with a checker of its own, kept byte for byte


@cache
def python_files() -> list[Path]:
    """Python of app and project, migrations and the demo's checker apart."""
    found = [*(ROOT / "annotations").rglob("*.py"), *(ROOT / "project").rglob("*.py"), ROOT / "manage.py"]
    return sorted(path for path in found if not {MIGRATIONS, DATA} & set(path.parents))


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def nodes(path: Path, *kinds: type[ast.AST]) -> list[ast.AST]:
    return [node for node in ast.walk(tree_of(path)) if isinstance(node, kinds)]


def place(path: Path, line: int) -> str:
    return f"{path.relative_to(ROOT)}:{line}"


@cache
def templates() -> dict[str, str]:
    """The templates by name."""
    folder = ROOT / "templates"
    return {
        str(path.relative_to(folder)): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*.html"))
    }
