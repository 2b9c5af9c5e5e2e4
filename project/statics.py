"""Static files as they are served: hashed, compressed, and each script with the modules it imports as one file.

The sources stay small ES modules, which browsers and tests can load as they are. `collectstatic` joins them, so
that a page asks for one file where it would ask for a dozen; there is nothing else to build. A module becomes a
function that returns what it exports, which takes a few plain forms of import and export and refuses the others.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from whitenoise.storage import CompressedManifestStaticFilesStorage

SCRIPTS = "annotations/"
"""Where our own scripts lie; those of packages are served as they come."""
IMPORT = re.compile(
    r'^import (?:(?P<names>\{[^}]+\}|\* as \w+) from )?"\./(?P<module>\w+)\.js";\n', re.MULTILINE
)
EXPORT = re.compile(r"^export (?P<kind>(?:async )?function|class|const) (?P<name>\w+)", re.MULTILINE)
LEFT = re.compile(r"^(?:import|export)\b.*|\bimport\(.*", re.MULTILINE)

Read = Callable[[str], str]
"""Returns the source of a module by its name without ending."""


class ScriptNotJoined(ImproperlyConfigured):
    """A script imports or exports in a way that joining does not know."""


def joined(script: str, read: Read) -> str:
    """Return the script with all that it imports before it, each module once."""
    *modules, own = in_order(script, read)
    return "".join([*(_as_function(module, read(module)) for module in modules), _unlinked(own, read(own))])


def in_order(script: str, read: Read, above: tuple[str, ...] = ()) -> list[str]:
    """Return a script's modules as a browser would run them, the script itself last."""
    if script in above:
        raise ScriptNotJoined(f"{script}.js imports itself by way of {', '.join(above)}.")
    found: list[str] = []
    for line in IMPORT.finditer(read(script)):
        found += in_order(line["module"], read, (*above, script))
    return list(dict.fromkeys([*found, script]))


def _as_function(module: str, source: str) -> str:
    names = ", ".join(line["name"] for line in EXPORT.finditer(source))
    return f"const {_held(module)} = (() => {{\n{_unlinked(module, source)}return {{ {names} }};\n}})();\n"


def _unlinked(module: str, source: str) -> str:
    """Return the source with imports taken from what holds the modules, and exports as mere declarations."""
    plain = EXPORT.sub(r"\g<kind> \g<name>", IMPORT.sub(_taken, source))
    left = LEFT.search(plain)
    if left or " as " in "".join(line["names"] or "" for line in IMPORT.finditer(source)).replace(
        "* as ", ""
    ):
        raise ScriptNotJoined(
            f"{module}.js: write imports as `import {{ name }} from`, `import * as name from` or `import`, exports"
            f" before `function`, `class` or `const`{f', not {left[0]!r}' if left else ''}."
        )
    return plain


def _taken(line: re.Match[str]) -> str:
    names = line["names"]
    return f"const {names.removeprefix('* as ')} = {_held(line['module'])};\n" if names else ""


def _held(module: str) -> str:
    return f"module_{module}"


class JoinedStaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """Joins our scripts before they are hashed and compressed."""

    def post_process(self, paths: dict[str, Any], *args: Any, **options: Any) -> Iterator[Any]:
        def read(module: str) -> str:
            storage, path = paths[f"{SCRIPTS}{module}.js"]
            with storage.open(path) as file:
                return str(file.read().decode())

        scripts = [name for name in paths if name.startswith(SCRIPTS) and name.endswith(".js")]
        whole = {name: joined(name.removeprefix(SCRIPTS).removesuffix(".js"), read) for name in scripts}
        for name, source in whole.items():
            Path(self.path(name)).write_text(source, encoding="utf-8")
            paths[name] = (self, name)
        yield from super().post_process(paths, *args, **options)
