"""The manifest says of an export what a client finds when it has the file."""

import csv
import hashlib
import io
import json

import pytest

from tests.factories.statements import make_statement

pytestmark = pytest.mark.django_db(transaction=True)
API = "/api/v1/studies/gates/export/"


def file_of(client, **query):
    return b"".join(client.get(API, query).streaming_content)


@pytest.mark.parametrize("table", [None, "statements", "spans", "speakers", "claims"])
@pytest.mark.usefixtures("statement", "claim")
def test_it_agrees_with_the_file(table, api_of, vic, shared_set):
    make_statement(shared_set, words="Nobody warned us", note="two\r\nlines, “quoted”")
    client = api_of(vic, scope="read")
    query = {"format": "csv", "table": table} if table else {}
    raw, told = file_of(client, **query), client.get(f"{API}manifest/", query).json()
    assert told["file"] == (f"gates-{table}.csv" if table else "gates.jsonl")
    assert (told["size"], told["sha256"]) == (len(raw), hashlib.sha256(raw).hexdigest())
    if table:
        rows = list(csv.reader(io.StringIO(raw.decode(), newline="")))
        assert told["counts"] == {table: len(rows) - 1}
    else:
        assert told["counts"] == json.loads(raw.splitlines()[-1])["counts"]
        assert told["counts"]["statement"] == 2


def test_it_is_of_what_the_asker_may_read(api_of, vic, otto, statement):
    assert api_of(otto).get(f"{API}manifest/").status_code == 404
    assert api_of(vic, scope="read").get(f"{API}manifest/", {"format": "xml"}).status_code == 400
