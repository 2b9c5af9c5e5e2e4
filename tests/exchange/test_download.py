"""The same file from the page and over REST, and what a client sees when it breaks off."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.urls import reverse

from annotations.exchange import downloads
from tests.cast import CANARY
from tests.exchange.conftest import exported
from tests.factories.access import make_token

pytestmark = pytest.mark.django_db(transaction=True)
API = "/api/v1/studies/gates/export/"


def body(response):
    return b"".join(response.streaming_content)


def test_jsonl_over_rest(statement, study, vic, api_of):
    response = api_of(vic, scope="read").get(API, {"format": "jsonl"})
    assert response.status_code == 200
    assert response["Content-Type"] == "application/x-ndjson; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="gates.jsonl"'
    assert "no-store" in response["Cache-Control"]
    assert body(response) == exported(study, vic)


@pytest.mark.parametrize("table", ["statements", "spans", "chain", "codes", "speakers", "claims"])
def test_csv_over_rest(table, statement, vic, api_of):
    response = api_of(vic, scope="read").get(API, {"format": "csv", "table": table})
    assert response["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert response["Content-Disposition"] == f'attachment; filename="gates-{table}.csv"'
    assert body(response).endswith(b"\r\n")


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("format=xml", "unknown_export"),
        ("format=", "unknown_export"),
        ("table=spans", "unknown_export"),
        ("format=csv&table=people", "unknown_export"),
        ("format=csv&format=csv", "bad_filter"),
        ("author=x", "unknown_filter"),
        ("format=csv&page_size=3", "unknown_filter"),
    ],
)
def test_an_unknown_parameter_is_refused(query, code, study, vic, api_of):
    response = api_of(vic, scope="read").get(f"{API}?{query}")
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["code"] == code


@pytest.mark.usefixtures("statement")
def test_who_may_not_read_gets_nothing(study, otto, vic, client, api_of):
    assert client.get(API).status_code == 401
    stranger = api_of(otto).get(API)
    assert stranger.status_code == 404
    assert stranger.content == api_of(otto).get("/api/v1/studies/nowhere/export/").content
    assert api_of(vic).post(API, {}, content_type="application/json").status_code == 405


def test_a_token_of_another_study_gets_nothing(study, independent_study, vic, api_of):
    make_token(vic, "read", study=independent_study)
    assert api_of(vic, scope="read").get(API).status_code == 404
    theirs = api_of(vic, scope="read").get("/api/v1/studies/blind/export/")
    assert theirs.status_code == 200
    assert b'"name":"Blind"' in body(theirs)


def test_a_head_makes_no_file(study, vic, api_of, client_of, monkeypatch):
    monkeypatch.setattr(downloads, "export_jsonl", None)
    answered = api_of(vic, scope="read").head(API)
    assert (answered.status_code, answered["Content-Disposition"]) == (
        200,
        'attachment; filename="gates.jsonl"',
    )
    page = client_of(vic).head(reverse("annotations:export-download", args=["gates"]))
    assert (page.status_code, page["Content-Disposition"]) == (200, 'attachment; filename="gates.jsonl"')


def test_the_page_offers_every_file(statement, study, vic, client_of):
    page = client_of(vic).get(reverse("annotations:export-detail", args=["gates"]))
    assert page.status_code == 200
    text = page.content.decode()
    assert "Download</button>" in text
    for name in ("jsonl", "webannotation", "statements", "spans", "chain", "codes", "speakers", "claims"):
        assert f'value="{name}"' in text


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("", "gates.jsonl"),
        ("?file=jsonl", "gates.jsonl"),
        ("?file=spans", "gates-spans.csv"),
        ("?file=webannotation", "gates.jsonld"),
    ],
)
@pytest.mark.usefixtures("statement")
def test_the_button_downloads(file, name, study, vic, client_of):
    response = client_of(vic).get(reverse("annotations:export-download", args=["gates"]) + file)
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    raw = body(response)
    if name == "gates.jsonl":
        assert raw == exported(study, vic)
    elif name.endswith(".jsonld"):
        assert json.loads(raw)["type"] == "AnnotationCollection"
    else:
        assert raw.startswith(b"statement,article,role")


@pytest.mark.usefixtures("statement")
def test_the_pages_are_for_members(study, otto, client, client_of, foreign):
    for name in ("export-detail", "export-download"):
        address = reverse(f"annotations:{name}", args=["gates"])
        assert client.get(address).status_code == 302
        assert client_of(otto).get(address).status_code == 404
    mine = client_of(otto).get(reverse("annotations:export-detail", args=[foreign.study.slug]))
    assert CANARY in mine.content.decode()


def test_an_unknown_file_is_refused(study, vic, client_of):
    response = client_of(vic).get(reverse("annotations:export-download", args=["gates"]) + "?file=people")
    assert response.status_code == 400


def test_what_fails_before_the_first_byte_has_a_status(study, vic, api_of, monkeypatch):
    def failing(*args):
        raise RuntimeError("no database")
        yield b""

    monkeypatch.setattr(downloads, "export_jsonl", failing)
    client = api_of(vic, scope="read")
    client.raise_request_exception = False
    assert client.get(API).status_code == 500


BREAKING = '''
"""A server whose downloads break off after three pieces."""

import os
import signal

import django

django.setup()

from django.core.handlers.wsgi import WSGIHandler
from django.http import StreamingHttpResponse

from annotations.exchange.downloads import Begun
from annotations.exchange.formats.jsonl import to_jsonl


def records(breaks):
    for i in range(100_000):
        if i == 5_000 and breaks == "/raise":
            raise RuntimeError("broken on purpose")
        if i == 5_000 and breaks == "/kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if i == 10_000:
            return
        yield "issue", {"id": str(i), "name": "x" * 100}


def application(environ, start_response):
    response = StreamingHttpResponse(Begun(to_jsonl(records(environ["PATH_INFO"]))))
    start_response("200 OK", list(response.items()))
    return response
'''


@pytest.fixture(scope="module")
def breaking(tmp_path_factory):
    """The address of a real server, set up as `up` does, whose answers break off."""
    folder = tmp_path_factory.mktemp("breaking")
    (folder / "breaking.py").write_text(BREAKING)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    root = Path(__file__).parents[2]
    path = os.pathsep.join([str(folder), str(root)])
    environment = {**os.environ, "PYTHONPATH": path, "ATODDS_BIND": f"127.0.0.1:{port}"}
    environment["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    command = [sys.executable, "-m", "gunicorn", "--config", "python:project.server", "breaking:application"]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(command, env=environment, cwd=root, stdout=log, stderr=log)
    try:
        wait_for(port)
        yield port
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=20)


def wait_for(port):
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("the server did not start")


def fetched(port, path):
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    asked.request("GET", path)
    answer = asked.getresponse()
    assert answer.status == 200
    try:
        return answer.read()
    finally:
        asked.close()


@pytest.mark.parametrize("path", ["/raise", "/kill"])
def test_a_client_sees_that_a_download_broke_off(path, breaking):
    with pytest.raises((http.client.IncompleteRead, ConnectionError)) as error:
        fetched(breaking, path)
    got = getattr(error.value, "partial", b"")
    assert b'"type":"end"' not in got


def test_a_client_gets_a_whole_file_from_the_same_server(breaking):
    got = fetched(breaking, "/whole")
    assert got.count(b"\n") == 10_001
    assert b'"type":"end"' in got.splitlines()[-1]
