"""The OpenAPI document is valid, says what there is, and is written without a warning."""

import json

import pytest
from django.core.management import call_command
from django.urls import get_resolver

from annotations.api import urls
from annotations.api.shapes import (
    Choice,
    Field,
    Fields,
    Many,
    Null,
    Number,
    Text,
    Truth,
    Whole,
    answer,
    subset,
)
from annotations.errors import Invalid
from tests.api.conftest import document, program_of

METHODS = {"get", "post", "patch", "delete"}


def operations():
    return [
        (method, path, operation)
        for path, methods in document()["paths"].items()
        for method, operation in methods.items()
    ]


def test_the_document_is_valid_and_without_warning(tmp_path):
    target = tmp_path / "openapi.json"
    call_command("spectacular", fail_on_warn=True, validate=True, format="openapi-json", file=str(target))
    assert json.loads(target.read_text())["openapi"].startswith("3.1")


def test_every_address_is_in_the_document():
    """Save for the document itself and what answers that there is nothing."""
    known = {path.removeprefix("/api/v1/") for path in document()["paths"]}
    plain = {
        str(pattern.pattern).replace("<uuid:", "{").replace("<slug:", "{").replace(">", "}")
        for pattern in urls.urlpatterns
    }
    assert plain - known == {"schema/", "^.*$"}
    assert known <= plain


def test_every_method_is_in_the_document():
    for pattern in urls.urlpatterns:
        view = pattern.callback.cls
        path = "/api/v1/" + str(pattern.pattern).replace("<uuid:", "{").replace("<slug:", "{").replace(
            ">", "}"
        )
        if path in document()["paths"]:
            assert {method for method in METHODS if hasattr(view, method)} == set(document()["paths"][path])
    assert get_resolver().namespace_dict["api"]


def test_every_operation_has_a_name_of_its_own_and_says_how_it_fails():
    names = [operation["operationId"] for _, _, operation in operations()]
    assert len(names) == len(set(names))
    for method, path, operation in operations():
        assert operation["summary"], path
        assert {"401", "404", "429"} <= set(operation["responses"]), path
        assert operation["security"], path
        for status, response in operation["responses"].items():
            if int(status) >= 400:
                assert set(response["content"]) == {"application/problem+json"}, (method, path, status)


def test_headers_of_versions_and_repetition_are_described():
    for method, path, operation in operations():
        headers = {one["name"]: one for one in operation["parameters"] if one["in"] == "header"}
        if method in {"patch", "delete"}:
            assert headers["If-Match"]["required"] is True
            assert {"412", "428"} <= set(operation["responses"])
            stale = operation["responses"]["412"]["content"]["application/problem+json"]["schema"]["$ref"]
            assert "current" in document()["components"]["schemas"][stale.rpartition("/")[2]]["required"]
        if operation["operationId"].endswith("_create"):
            assert "Idempotency-Key" in headers
            assert {"ETag", "Location"} <= set(operation["responses"]["201"]["headers"])
        if operation["operationId"].endswith("_read"):
            assert "ETag" in operation["responses"]["200"]["headers"], path


def test_bodies_are_closed_and_needed():
    for _, path, operation in operations():
        if "requestBody" in operation:
            assert operation["requestBody"]["required"] is True, path
    for name, schema in document()["components"]["schemas"].items():
        assert schema["additionalProperties"] is False, name


def test_every_reference_leads_somewhere():
    text = json.dumps(document())
    for name in {piece.partition('"')[0] for piece in text.split('"#/components/schemas/')[1:]}:
        assert name in document()["components"]["schemas"]


def test_the_document_is_answered_to_members_only_by_token(ana, stranger):
    found = program_of(ana).get("/schema/")
    assert (found.status_code, found["Content-Type"]) == (200, "application/json")
    assert found.json() == json.loads(json.dumps(document()))
    assert stranger.get("/schema/").status_code == 401


POINT = Fields("Point", {"x": Field(Whole(), needed=True), "y": Field(Null(Number()))}, frozenset({"id"}))


@pytest.mark.parametrize(
    ("shape", "value", "read"),
    [
        (Text(), "", ""),
        (Text(null_is_empty=True), None, ""),
        (Choice(("a", "b")), "b", "b"),
        (Truth(), False, False),
        (Whole(1, 3), 3, 3),
        (Number(), -0.5, -0.5),
        (Null(Whole()), None, None),
        (Many(Whole(), most=2), [1, 2], [1, 2]),
        (POINT, {"x": 1, "y": None}, {"x": 1, "y": None}),
        (subset("P", POINT), {}, {}),
    ],
)
def test_a_shape_reads_what_fits(shape, value, read):
    assert shape.read(value, "at") == read


@pytest.mark.parametrize(
    ("shape", "value", "place"),
    [
        (Text(), None, "at"),
        (Text(blank=False), " ", "at"),
        (Text(longest=1), "ab", "at"),
        (Choice(("a", "b")), "c", "at"),
        (Choice(("a", "b")), ["a"], "at"),
        (Truth(), 0, "at"),
        (Whole(1, 3), True, "at"),
        (Whole(1, 3), 4, "at"),
        (Whole(1, 3), "1", "at"),
        (Number(), True, "at"),
        (Number(), float("nan"), "at"),
        (Number(), 10**15, "at"),
        (Many(Whole()), (1,), "at"),
        (Many(Whole(), most=1), [1, 2], "at"),
        (Many(Whole()), [1, "x"], "at[1]"),
        (POINT, {"y": 1}, "at.x"),
        (POINT, {"x": 1, "z": 1}, "at.z"),
        (POINT, {"x": 1, "id": 1}, "at.id"),
        (POINT, [], "at"),
        (subset("P", POINT, without=["x"]), {"x": 1}, "at.x"),
        (answer("Answer", {"a": Field(Text())}), {}, "at.a"),
    ],
)
def test_a_shape_refuses_what_does_not(shape, value, place):
    with pytest.raises(Invalid) as refusal:
        shape.read(value, "at")
    assert [fault.field for fault in refusal.value.errors] == [place]


def test_what_the_server_sets_may_be_repeated_as_it_stands():
    assert POINT.read_beside({"x": 1, "id": "a"}, "", {"id": "a"}) == {"x": 1}
    with pytest.raises(Invalid):
        POINT.read_beside({"x": 1, "id": "b"}, "", {"id": "a"})
