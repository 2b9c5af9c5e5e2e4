"""Files and functions stay small enough to be read at one go."""

import ast

from tests.architecture.sources import nodes, place, python_files

LONGEST_FILE = 400
NINTH_TENTH = 32
LONG = 50


def n_lines(source):
    return sum(bool(line.strip()) for line in source.splitlines())


def function_lengths():
    for path in python_files():
        lines = path.read_text(encoding="utf-8").splitlines()
        for node in nodes(path, ast.FunctionDef, ast.AsyncFunctionDef):
            yield n_lines("\n".join(lines[node.lineno - 1 : node.end_lineno])), place(path, node.lineno)


def test_no_file_is_a_drawer():
    found = {
        place(path, 1): n
        for path in python_files()
        if (n := n_lines(path.read_text(encoding="utf-8"))) > LONGEST_FILE
    }
    assert not found, f"Split these by what they are about, at {LONGEST_FILE} lines: {found}"


def test_functions_are_short():
    lengths = sorted(function_lengths())
    ninth_tenth = lengths[len(lengths) * 9 // 10][0]
    longest = lengths[-5:]
    assert ninth_tenth <= NINTH_TENTH, (
        f"A tenth of the functions is longer than {ninth_tenth} lines: {longest}"
    )
    long = [where for n, where in lengths if n > LONG]
    assert len(long) <= len(lengths) * 0.03, (
        f"More than 3 % of the functions are longer than {LONG} lines: {long}"
    )


def test_no_module_is_named_for_nothing():
    banned = {"utils.py", "helpers.py", "common.py", "misc.py", "base.py", "services.py"}
    found = [place(path, 1) for path in python_files() if path.name in banned]
    assert not found, f"Name the module for what it is about: {found}"
