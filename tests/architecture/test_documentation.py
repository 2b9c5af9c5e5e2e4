"""What the documentation names is there: files, folders, commands with their options, variables, columns."""

import re
from functools import cache
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

from annotations.exchange.tables import TABLES
from tests.architecture.sources import ROOT

DOCS = ROOT / "docs"
GUIDES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]
every_guide = pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: str(guide.relative_to(ROOT)))

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
PATH = re.compile(r"`((?:[\w.-]+/)+|(?:[\w.-]+/)*[\w-]+\.(?:py|js|css|html|toml|yml|lock|json|md|png))`")
COMMAND = re.compile(r"manage\.py (\w+)([^`#\n]*)")
VARIABLE = re.compile(r"\b(?:ATODDS_\w+|DATABASE_URL|TEST_DATABASE_URL|CHROMIUM)\b")
READ = re.compile(r"""["'](ATODDS_\w+|DATABASE_URL|TEST_DATABASE_URL|CHROMIUM)["']""")
MADE_BY_AN_INSTALLATION = "var/"


@cache
def known_paths():
    """All files and folders, folders with a slash at the end, as `/path/from/the/root`."""
    folders = [
        ROOT / name
        for name in (".ci", "annotations", "bench", "docs", "project", "static", "templates", "tests")
    ]
    found = [*folders, *(path for folder in folders for path in folder.rglob("*")), *ROOT.glob("*.*")]
    return [f"/{path.relative_to(ROOT)}{'/' if path.is_dir() else ''}" for path in found]


def words(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def slug(heading):
    """The anchor that a heading gets."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


@every_guide
def test_every_link_leads_somewhere(guide):
    for target in LINK.findall(words(guide)):
        if re.match(r"https?:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (guide.parent / path).resolve() if path else guide
        assert file.exists(), f"{target} is not there"
        assert ROOT in file.parents
        if anchor:
            assert anchor in {slug(line.lstrip("#")) for line in words(file).splitlines() if line[:1] == "#"}


@every_guide
def test_every_path_exists(guide):
    """A path may begin at any folder: a guide speaks of `actions.py`, or of `web/lookups.py`."""
    for path in PATH.findall(words(guide)):
        there = any(known.endswith(f"/{path}") for known in known_paths())
        assert there or path.startswith(MADE_BY_AN_INSTALLATION), path


@every_guide
def test_every_command_and_option_exists(guide):
    for name, rest in COMMAND.findall(words(guide)):
        options = re.findall(r"(?<![\w-])(--?[a-z][\w-]*)", rest)
        if name in {"up", "verify"}:
            read_by = [
                ROOT / "project" / "bootstrap.py",
                ROOT / "tests" / "conftest.py",
            ]  # `verify` hands on to pytest
            known = {option for path in read_by for option in re.findall(r'"(--[\w-]+)"', words(path))}
        else:
            assert name in get_commands(), f"manage.py {name}"
            parser = load_command_class(get_commands()[name], name).create_parser("manage.py", name)
            known = set(parser._option_string_actions)
        assert set(options) <= known, f"manage.py {name}{rest}"


@every_guide
def test_every_variable_is_read_somewhere(guide):
    code = [
        *(ROOT / "project").rglob("*.py"),
        *(ROOT / "annotations").rglob("*.py"),
        *(ROOT / "tests").glob("*.py"),
    ]
    known = {name for path in code for name in READ.findall(words(path))}
    assert set(VARIABLE.findall(words(guide))) <= known


def test_administration_names_every_variable():
    code = [*(ROOT / "project").rglob("*.py"), *(ROOT / "annotations").rglob("*.py")]
    read = {name for path in code for name in READ.findall(words(path))}
    assert read - set(VARIABLE.findall(words(DOCS / "administration.md"))) == set()


def test_the_index_of_decisions_is_whole():
    listed = re.findall(
        r"^\| \[(\d+)\]\((\S+)\) \| (.+) \|$", words(DOCS / "adr" / "README.md"), re.MULTILINE
    )
    found = sorted(path for path in (DOCS / "adr").glob("[0-9]*.md"))
    assert [name for _, name, _ in listed] == [path.name for path in found]
    numbers = [int(number) for number, *_ in listed]
    assert numbers == sorted(set(numbers)), "Numbers go up; a gap may be kept for a decision under way"
    for (number, _, title), path in zip(listed, found, strict=True):
        assert words(path).startswith(f"# {number}. {title}\n")
        assert re.findall("^## (.+)$", words(path), re.MULTILINE) == ["Context", "Decision", "Consequences"]


@pytest.mark.parametrize("table", [name for name in TABLES if name != "statements"])
def test_formats_names_the_columns_of_each_table(table):
    (row,) = re.findall(rf"^\| `{table}` \|[^|]*\|([^|]*)\|$", words(DOCS / "formats.md"), re.MULTILINE)
    assert re.findall(r"`(\w+)`(?! \()", re.sub(r"\([^)]*\)", "", row)) == list(TABLES[table].header(None))


PICTURES = DOCS / "images"
HEAVIEST = 2_500_000


def test_every_picture_is_shown_and_made_by_a_story():
    """Stories name their pictures by literals; that each lies in the folder is asked when one is taken."""
    there = {path.name for path in PICTURES.iterdir()}
    shown = {
        Path(target).name
        for guide in GUIDES
        for target in LINK.findall(words(guide))
        if (guide.parent / target).resolve().parent == PICTURES
    }
    stories = "".join(words(path) for path in (ROOT / "tests" / "journeys").glob("test_*.py"))
    made = {name for name in there if f'"{name.removesuffix(".png")}"' in stories}
    assert (there - shown, there - made) == (set(), set())
    assert sum(path.stat().st_size for path in PICTURES.iterdir()) < HEAVIEST


def test_the_guide_has_every_page_in_its_index():
    pages = {path.name for path in (DOCS / "guide").glob("*.md")} - {"README.md"}
    assert pages <= set(LINK.findall(words(DOCS / "guide" / "README.md")))


def test_the_guide_has_the_keys_of_the_workbench():
    """The table of docs/guide/keys.md is the one that the dialog of the page is made of."""
    script = words(ROOT / "static" / "annotations" / "keys.js").partition("export const KEYS")[2]
    row = re.compile(r'^ +\[(\[[^]]+\]|"[^"]+"), (?:null|"[^"]+"), "([^"]+)"\],$', re.MULTILINE)
    keys = [(re.findall('"([^"]+)"', names), what) for names, what in row.findall(script)]
    lines = [f"| {' '.join(f'`{shown_key(name)}`' for name in names)} | {what} |" for names, what in keys]
    assert lines
    assert [line for line in words(DOCS / "guide" / "keys.md").splitlines() if "| `" in line] == lines


def shown_key(name):
    """A key as the page shows it: `keyOf` of keys.js."""
    short = {"Delete": "Del", "Escape": "Esc"}
    shift = "Shift " if re.fullmatch("[A-Z]", name) else ""
    return shift + short.get(name, name.upper() if len(name) == 1 else name)


def first_cells(heading):
    """What stands between backticks in the first column of the table under a heading of architecture.md."""
    part = words(DOCS / "architecture.md").partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return {
        name
        for line in part.splitlines()
        if line[:1] == "|"
        for name in re.findall("`([^`]+)`", line.split("|")[1])
    }


def test_architecture_has_every_package_and_every_script():
    app = ROOT / "annotations"
    packages = {path.parent.name for path in app.glob("*/__init__.py")} | {
        path.stem for path in app.glob("*.py")
    }
    assert first_cells("Packages") == packages - {"__init__", "migrations"}
    scripts = {path.name for path in (ROOT / "static" / "annotations").glob("*.js")}
    assert first_cells("The workbench") == scripts
