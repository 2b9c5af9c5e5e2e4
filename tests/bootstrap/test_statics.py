"""Scripts joined for the browser: what the joining reads, and what pages load when it is done."""

import re

import pytest
from django.conf import settings

from annotations.management.installation import collect_static_files
from project.statics import ScriptNotJoined, in_order, joined

TEMPLATES = settings.BASE_DIR / "templates"
OWN = {path.stem: path.read_text() for path in (settings.BASE_DIR / "static" / "annotations").glob("*.js")}


def scripts_of(template):
    return re.findall(r"static 'annotations/(\w+)\.js'", template.read_text())


def pages():
    return [path for path in TEMPLATES.rglob("*.html") if scripts_of(path) and path.name != "base.html"]


def test_modules_run_once_each_before_whoever_imports_them():
    sources = {
        "page": 'import { a } from "./left.js";\nimport * as right from "./right.js";\nimport "./bare.js";\nuse(a, right.b);\n',
        "left": 'import { b } from "./right.js";\nexport const a = b + 1;\n',
        "right": "export function b() {}\nexport class C {}\n",
        "bare": "run();\n",
    }
    assert in_order("page", sources.__getitem__) == ["right", "left", "bare", "page"]
    assert joined("page", sources.__getitem__) == (
        "const module_right = (() => {\nfunction b() {}\nclass C {}\nreturn { b, C };\n})();\n"
        "const module_left = (() => {\nconst { b } = module_right;\nconst a = b + 1;\nreturn { a };\n})();\n"
        "const module_bare = (() => {\nrun();\nreturn {  };\n})();\n"
        "const { a } = module_left;\nconst right = module_right;\nuse(a, right.b);\n"
    )


@pytest.mark.parametrize(
    "line",
    [
        "export default function f() {}",
        "export let n = 1;",
        "export { a };",
        'export * from "./other.js";',
        'import other from "./other.js";',
        'import { a as b } from "./other.js";',
        'import { a } from "https://elsewhere.example/other.js";',
        'const other = await import("./other.js");',
    ],
)
def test_a_form_that_joining_does_not_know_is_refused(line):
    sources = {"page": f"{line}\n", "other": "export const a = 1;\n"}
    with pytest.raises(ScriptNotJoined, match=r"page\.js"):
        joined("page", sources.__getitem__)


def test_a_circle_of_imports_is_refused():
    sources = {"a": 'import "./b.js";\n', "b": 'import "./a.js";\n'}
    with pytest.raises(ScriptNotJoined, match="imports itself"):
        joined("a", sources.__getitem__)


@pytest.mark.parametrize("name", OWN)
def test_every_script_of_ours_can_be_joined(name):
    assert not re.search(r"^(import|export)\b", joined(name, OWN.__getitem__), re.MULTILINE)


@pytest.mark.parametrize("page", pages(), ids=lambda path: path.stem)
def test_no_page_runs_a_module_twice(page):
    """Each script brings its own copy of what it imports, so two scripts of a page may share none."""
    scripts = [*scripts_of(TEMPLATES / "base.html"), *scripts_of(page)]
    run = [module for script in scripts for module in in_order(script, OWN.__getitem__)]
    assert sorted(run) == sorted(set(run))


def test_what_was_laid_out_elsewhere_serves_an_installation_with_fresh_data(settings, tmp_path, monkeypatch):
    """As in the image: built once, then read only, under whatever data a volume brings."""
    settings.STATIC_ROOT = tmp_path / "image" / "static"
    assert collect_static_files() == "Laid out the static files"
    settings.DATA_DIR = tmp_path / "volume"
    monkeypatch.setattr("annotations.management.installation.call_command", None)
    assert collect_static_files() is None
