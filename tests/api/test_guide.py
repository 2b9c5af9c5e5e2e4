"""docs/api.md: its commands, asked in their order of a study called demo, are answered as it says."""

import re
import shlex

import pytest
from django.conf import settings

from annotations.corpus.actions import delete_article
from annotations.statements.actions import discard_statement
from tests.factories.corpus import make_article
from tests.factories.statements import make_statement
from tests.factories.studies import make_membership, make_study
from tests.factories.workload import make_set

GUIDE = (settings.BASE_DIR / "docs" / "api.md").read_text(encoding="utf-8")
BLOCKS = "".join(re.findall(r"```sh\n(.*?)```", GUIDE, re.DOTALL))
COMMAND = re.compile(r"""(?:(\w+)=\$\()?\bask ((?:'[^']*'|"[^"]*"|[^'"|)\n])+)""")
"""A call of `ask`, and the variable that keeps something of its answer."""
ANSWERS = [
    ("GET", "studies/", 200),
    ("GET", "statements/", 200),
    ("GET", "$NEXT", 200),
    ("POST", "articles/", 201),
    ("POST", "statements/", 201),
    ("GET", "statements/$STATEMENT/", 200),
    ("PATCH", "statements/$STATEMENT/", 200),
    ("PATCH", "statements/$STATEMENT/", 412),
    ("DELETE", "statements/$STATEMENT/", 204),
    ("POST", "speakers/", 201),
    ("POST", "speakers/", 201),
    ("POST", "merge/", 200),
    ("POST", "unmerge/", 200),
    ("GET", "sets/", 200),
    ("POST", "submit/", 200),
    ("GET", "changes/", 200),
    ("GET", "changes/?since=", 200),
    ("GET", "export/", 200),
    ("GET", "export/", 200),
    ("GET", "export/manifest/", 200),
    ("GET", "export/", 200),
    ("GET", "statements/", 400),
]


def parsed(words):
    """Method, address, headers and body of a command."""
    parts = iter(shlex.split(words))
    method, address, headers, body = None, None, {}, None
    for part in parts:
        if part == "-X":
            method = next(parts)
        elif part == "-H":
            name, _, headers[name] = next(parts).partition(": ")
        elif part == "-d":
            body = next(parts)
        elif part == "-o":
            next(parts)
        elif part != "-i":
            address = part
    return method or ("POST" if body else "GET"), address, headers, body


def filled(words, known):
    """Words with the variables of the shell put in, an address below the root of the API."""
    for name, value in known.items():
        words = words.replace(f"${name}", value)
    return words.replace("$API", "")


@pytest.mark.django_db(transaction=True)  # exports read through a connection of their own
def test_the_guide_is_answered_as_it_says(ana, program):
    make_membership(make_study("demo"), ana, "manager")
    asker = program(ana)
    known = {"NEXT": re.search(r'NEXT="([^"]+)"', BLOCKS)[1]}
    commands = COMMAND.findall(BLOCKS)
    assert len(commands) == len(ANSWERS)
    for (name, words), (method, address, status) in zip(commands, ANSWERS, strict=True):
        asked, path, headers, body = parsed(words)
        assert (asked, address in path) == (method, True), words
        headers.pop("Content-Type", None)
        raw = body and filled(body, known).encode()
        answer = asker.send(method, filled(path, known), raw=raw, **headers)
        content = b"".join(answer) if answer.streaming else answer.content
        assert answer.status_code == status, (words, content)
        if name and name != "PAGE":
            record = answer.json()
            known[name] = record.get("id") or record.get("cursor") or record["results"][0]["id"]
    assert known.keys() == {"NEXT", "ARTICLE", "STATEMENT", "SET", "KEEP", "AWAY", "CURSOR"}


@pytest.mark.django_db(transaction=True)
def test_the_client_of_the_guide_keeps_a_copy(ana, program):
    study = make_study("demo")
    make_membership(study, ana)
    known = {}
    exec(re.search(r"```python\n(.*?)```", GUIDE, re.DOTALL)[1], known)  # noqa: S102  (what the guide says)
    held = {}

    def ask(path):
        return program(ana).get(path).json()

    into = make_set(make_article(study))
    kept, binned = make_statement(into, ana), make_statement(into, ana, "“Nobody warned us,”")
    cursor = known["follow"](ask, held)
    assert {uid for kind, uid in held if kind == "statement"} == {str(kept.uid), str(binned.uid)}
    discard_statement(statement=binned, expected=1, by=ana)
    cursor = known["follow"](ask, held, cursor)
    assert {uid for kind, uid in held if kind == "statement"} == {str(kept.uid)}
    delete_article(article=into.article, expected=1, by=ana)
    known["follow"](ask, held, cursor)
    assert held == {}
