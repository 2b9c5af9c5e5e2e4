"""Writes stand in `actions.py`, SQL in the ORM, and nothing is run or shown unescaped."""

import ast
import re

import pytest

from tests.architecture.sources import ROOT, nodes, place, python_files

WRITES = {
    "save", "asave", "delete", "adelete", "create", "acreate", "update", "aupdate", "get_or_create",
    "update_or_create", "bulk_create", "bulk_update", "select_for_update", "raw_delete", "add", "set",
    "remove", "clear", "create_user", "create_superuser",
}  # fmt: skip
# dictionaries, sets and lists have these as well: a write only behind a manager or a QuerySet
AMBIGUOUS = {"update", "add", "set", "remove", "clear", "create"}
MANAGERS = {
    "objects", "_default_manager", "_base_manager", "all", "filter", "exclude", "order_by", "using",
    "in_study", "visible_to", "present",
}  # fmt: skip
MAY_WRITE = {
    "annotations/rows.py": "`advance`: the comparison of versions must be one with the UPDATE",
}
NO_WRITES = {
    ("annotations/web/views/password.py", "form.save"): "Django's reset form: it sends the mail",
}


def test_writes_stand_in_actions():
    found = [
        f"{place(path, call.lineno)} {ast.unparse(call.func)}()"
        for path in python_files()
        if path.name != "actions.py" and named(path) not in MAY_WRITE
        for call in nodes(path, ast.Call)
        if is_write(call.func) and (named(path), ast.unparse(call.func)) not in NO_WRITES
    ]
    assert not found, (
        "A row is written outside an actions.py. Write a keyword-only function there, with `by=` and its "
        f"audit event, and call that: {found}"
    )


@pytest.mark.parametrize(
    ("line", "writes"),
    [
        ("Statement.objects.create(x=1)", True),
        ("Statement.objects.filter(pk=1).update(x=1)", True),
        ("Statement.objects.in_study(s).delete()", True),
        ("Statement.objects.get_or_create(x=1)", True),
        ("Statement.objects.select_for_update()", True),
        ("User.objects.create_user('a')", True),
        ("speaker.members.all().update(x=1)", True),
        ("statement.save()", True),
        ("token.delete()", True),
        ("values.update(x=1)", False),
        ("seen.add(1)", False),
        ("Statement.objects.filter(pk=1)", False),
    ],
)
def test_the_guard_knows_a_write(line, writes):
    assert is_write(ast.parse(line).body[0].value.func) is writes


def is_write(function):
    if not isinstance(function, ast.Attribute) or function.attr not in WRITES:
        return False
    return function.attr not in AMBIGUOUS or bool(chain(function.value) & MANAGERS)


def chain(node):
    """The names along `a.b(...).c`."""
    names = set()
    while isinstance(node, ast.Call | ast.Attribute):
        if isinstance(node, ast.Attribute):
            names.add(node.attr)
        node = node.func if isinstance(node, ast.Call) else node.value
    return names


def named(path):
    return str(path.relative_to(ROOT))


def test_transactions_stand_in_actions():
    found = [
        place(path, node.lineno)
        for path in python_files()
        if path.name != "actions.py" and named(path) not in MAY_OPEN
        for node in nodes(path, ast.Attribute)
        if node.attr in {"atomic", "set_autocommit", "savepoint"}
    ]
    assert not found, f"A transaction is opened outside an actions.py: {found}"


MAY_OPEN: dict[str, str] = {}


def test_requests_never_name_columns():
    """`filter(**request.GET)` and `order_by(request...)` would let a stranger walk foreign keys."""
    found = [
        place(path, call.lineno)
        for path in python_files()
        for call in nodes(path, ast.Call)
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in {"filter", "exclude", "get", "order_by", "annotate", "values", "values_list"}
        and any("request" in ast.dump(argument) for argument in columns(call))
    ]
    assert not found, f"What a request says becomes the name of a column: {found}"


def columns(call):
    """The parts of a call that name columns: `**mapping`, and the arguments of order_by and its like."""
    named = [keyword.value for keyword in call.keywords if keyword.arg is None]
    bare = call.func.attr in {"order_by", "values", "values_list"}
    return [*named, *(call.args if bare else [])]


FORBIDDEN_NAMES = {
    "RawSQL": "SQL by hand",
    "mark_safe": "text shown unescaped",
    "SafeString": "text shown unescaped",
    "csrf_exempt": "a form without its token",
    "eval": "text run as code",
    "exec": "text run as code",
}
FORBIDDEN_METHODS = {"raw": "SQL by hand", "extra": "SQL by hand"}
FORBIDDEN_MODULES = {
    "pickle",
    "marshal",
    "shelve",
    "yaml",
    "requests",
    "urllib.request",
    "telnetlib",
    "ftplib",
}


ESCAPED_BY_HAND = {
    ROOT / "annotations" / "web" / "cards" / "markup.py",
    ROOT / "annotations" / "web" / "lines.py",
}
"""A thousand cards a page, or fifty lines of a list, would take four times as long by format_html;
tests/web/test_card_markup.py and test_lines.py see to them."""


def test_nothing_is_run_or_shown_unescaped():
    found = [
        f"{place(path, node.lineno)} {ast.unparse(node)}: {reason}"
        for path in python_files()
        if path not in ESCAPED_BY_HAND
        for node in nodes(path, ast.Call, ast.Attribute, ast.Name, ast.ImportFrom)
        if (reason := what_is_wrong_with(node))
    ]
    assert not found, f"Find another way: {found}"


def what_is_wrong_with(node):
    if isinstance(node, ast.ImportFrom):
        return next((FORBIDDEN_NAMES[a.name] for a in node.names if a.name in FORBIDDEN_NAMES), None)
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        return FORBIDDEN_METHODS.get(name)
    return FORBIDDEN_NAMES.get(node.id if isinstance(node, ast.Name) else node.attr)


def test_no_module_unpickles_or_fetches():
    found = [
        f"{place(path, node.lineno)} {name}"
        for path in python_files()
        for node in nodes(path, ast.Import, ast.ImportFrom)
        for name in ([node.module] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names])
        if name in FORBIDDEN_MODULES
    ]
    assert not found, f"These read untrusted bytes as code or reach out of the machine: {found}"


def test_sql_is_never_put_together_from_strings():
    """The checks of durability name PRAGMAs and SHOWs out of a table of their own, the bulk writer names tables
    and columns out of the models, and a prepared query is what Django has made of a QuerySet."""
    found = [
        place(path, call.lineno)
        for path in python_files()
        if path.name not in {"checks.py", "bulk.py", "prepared.py"}
        for call in nodes(path, ast.Call)
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in {"execute", "executemany", "RunSQL"}
        and any(not isinstance(argument, ast.Constant) for argument in call.args[:1])
    ]
    assert not found, f"SQL is made from parts; use parameters: {found}"


def test_no_setting_of_atomic_requests():
    """A request is no transaction: an answer must not be sent before its save is committed."""
    text = (ROOT / "project" / "settings.py").read_text()
    assert not re.search(r"ATOMIC_REQUESTS\W+True", text)
