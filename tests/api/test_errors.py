"""Every error is a problem: JSON of one shape, whoever raised it, and never a page."""

import pytest
from django.core.cache import cache
from django.test import Client

from annotations.api import parsers
from annotations.api.throttles import UserThrottle
from annotations.api.views import studies
from tests.api.conftest import program_of

PROBLEM = {"type", "title", "status", "detail", "code", "errors"}


def is_problem(response, status, code):
    body = response.json()
    assert response["Content-Type"] == "application/problem+json"
    assert set(body) == PROBLEM
    assert (response.status_code, body["status"], body["code"]) == (status, status, code)
    assert body["detail"].endswith(".")
    return True


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/", "/api/v1/nothing/", "/api/v1/studies", "/api/v1/statements/12/", "/api/v1/statements/not-an-id/",
        "/api/v2/studies/", "/api/", "/api/v1/../x", "/api/v1/%00/", "/api/v1/studies/a%2Fb/",
    ],
)  # fmt: skip
@pytest.mark.parametrize("method", ["get", "post", "put", "delete"])
def test_unknown_addresses(path, method, ana, stranger):
    for client in (program_of(ana), stranger):
        assert is_problem(client.send(method, path), 404, "not_found")


def test_a_method_that_is_not_there(ana, study):
    response = program_of(ana).send("put", "/studies/gates/", {})
    assert is_problem(response, 405, "method_not_allowed")
    assert response["Allow"] == "GET, PATCH, DELETE, HEAD, OPTIONS"


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "x"],
)
def test_another_content_type(ana, content_type):
    response = program_of(ana).send("post", "/studies/", raw=b"name=New", content_type=content_type)
    assert is_problem(response, 415, "unsupported_media_type")


@pytest.mark.parametrize("content_type", ["application/json; charset=utf-8", "APPLICATION/JSON"])
def test_json_by_any_spelling(ana, content_type):
    program = program_of(ana)
    assert (
        program.send("post", "/studies/", raw=b'{"name": "New"}', content_type=content_type).status_code
        == 201
    )


def test_a_body_that_is_too_large(ana, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 20
    program = program_of(ana)
    assert program.post("/studies/", {"name": "A"}).status_code == 201
    assert is_problem(program.post("/studies/", {"name": "A" * 20}), 413, "too_large")


def test_too_many_requests(ana, study, monkeypatch):
    cache.clear()
    monkeypatch.setattr(UserThrottle, "THROTTLE_RATES", {"user": "2/min"})
    program = program_of(ana)
    assert [program.get("/studies/").status_code for _ in range(2)] == [200, 200]
    response = program.get("/studies/")
    assert is_problem(response, 429, "throttled")
    assert 0 < int(response["Retry-After"]) <= 60
    cache.clear()


def test_our_own_faults_are_told_without_detail(ana, study, monkeypatch):
    def broken(*_arguments):
        raise RuntimeError("a secret")

    monkeypatch.setattr(studies, "studies", broken)
    client = program_of(ana).client
    client.raise_request_exception = False
    response = client.get("/api/v1/studies/")
    assert is_problem(response, 500, "server_error")
    assert b"secret" not in response.content
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "*/*", "image/png;q=0.1", "", "x"])
def test_answers_are_json_whatever_is_asked_for(ana, study, accept):
    program = program_of(ana)
    assert program.get("/studies/gates/", accept=accept)["Content-Type"] == "application/json"
    assert is_problem(program.get("/studies/none/", accept=accept), 404, "not_found")
    assert program.get("/studies/?format=html").status_code == 400


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "The body is empty"),
        (b"{", "line 1, column 2"),
        (b'{"name": "A",}', "line 1, column 14"),
        (b'\n\n{"name" "A"}', "line 3, column 9"),
        (b'{"name": "A"} x', "line 1, column 15"),
        (b"{'name': 'A'}", "column 2"),
        (b'{"name": NaN}', "NaN"),
        (b'{"name": -Infinity}', "-Infinity"),
        (b'{"name": 1e999}', "name: the number is too large"),
        (b'{"name": "A", "name": "B"}', "the key name stands twice"),
        (b'{"a": [{"b": 1, "b": 2}]}', "a[0]: the key b stands twice"),
        (b'{"name": "A\\u0000"}', "name: holds the NUL character at position 1"),
        (b'{"name": "A\x00"}', "Invalid control character"),
        (b'{"name": ["x", "\\ud83d"]}', "name[1]: holds the lone surrogate U+D83D at position 0"),
        (b'{"name": "\\ude00\\ud83d"}', "U+DE00 at position 0"),
        (b'{"\\u0000": 1}', "(the key): holds the NUL character"),
        (b'{"name": "\xff"}', "not UTF-8: byte 10"),
        (b'\xef\xbb\xbf{"name": "A"}', "BOM"),
        ('{"name": "A"}'.encode("utf-16"), "not UTF-8"),
        (b'{"name": ' + b"1" * 5000 + b"}", "too many digits"),
        (b"[" * 100_000, "nested more than 32 deep"),
        (b"[" * 33 + b"]" * 33, "nested more than 32 deep"),
        (b'{"a":' * 40 + b"1" + b"}" * 40, "nested more than 32 deep"),
        (b'{"name": "A\nB"}', "Invalid control character"),
    ],
)
def test_json_is_read_strictly_and_refused_by_place(ana, raw, says):
    response = program_of(ana).send("post", "/studies/", raw=raw)
    assert response.status_code == 400, response.content
    assert says in response.json()["detail"]
    assert response.json()["code"] == "malformed"


def test_no_body_is_no_change(world, manager):
    address = f"/statements/{world.statement.uid}/"
    for response in (
        manager.send("patch", address, raw=b"", match="*"),
        manager.send("post", f"/articles/{world.article.uid}/statements/", raw=b""),
        manager.send("post", "/studies/gates/speakers/", raw=b"", key="k"),
    ):
        assert (response.status_code, response.json()["code"]) == (400, "malformed")
    assert manager.get(address).json()["version"] == world.statement.version


def test_a_whole_surrogate_pair_is_a_character(ana):
    made = program_of(ana).send("post", "/studies/", raw=b'{"name": "\\ud83c\\udf0a flood"}')
    assert made.json()["name"] == "🌊 flood"


def test_thirty_two_levels_are_read():
    assert parsers.read_json(b"[" * 32 + b"]" * 32)


def test_errors_name_every_field_at_once(ana, study):
    response = program_of(ana).post(
        "/studies/gates/speakers/", {"name": 1, "type": "x", "aliases": ["a", 2], "y": 0}
    )
    assert response.status_code == 422
    assert [fault["field"] for fault in response.json()["errors"]] == ["name", "type", "aliases[1]", "y"]


def test_pages_stay_pages():
    response = Client().get("/nothing/")
    assert response.status_code == 404
    assert response["Content-Type"].startswith("text/html")
