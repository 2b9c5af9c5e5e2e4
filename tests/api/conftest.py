"""Programs that talk to the API; every answer they get is held against the OpenAPI document."""

import json
import re
import uuid
from functools import cache

import pytest
from django.test import Client
from drf_spectacular.generators import SchemaGenerator
from jsonschema import Draft202012Validator, FormatChecker

from tests.cast import fill
from tests.factories.access import key_for, make_token

V1 = "/api/v1"
NOBODY = uuid.UUID(int=0)
"""An id that names nothing."""


@cache
def document():
    return SchemaGenerator().get_schema(request=None, public=True)


@cache
def routes():
    """The document's paths as patterns, the plain ones first."""
    found = [(re.compile(re.sub(r"{\w+}", "[^/]+", path)), path) for path in document()["paths"]]
    return sorted(found, key=lambda route: route[0].pattern.count("[^/]"))


def described(path):
    return next((known for route, known in routes() if route.fullmatch(path)), None)


@cache
def promised(path, method, status):
    """What the document says of an answer: media type, check of the body, headers."""
    answer = document()["paths"][path][method]["responses"][status]
    content = answer.get("content")
    if content is None:
        return None, None, set()
    ((media_type, body),) = content.items()
    schema = {**body["schema"], "components": document()["components"]}
    return (
        media_type,
        Draft202012Validator(schema, format_checker=FormatChecker()),
        set(answer.get("headers", ())),
    )


def check_against_document(response, method, path):
    """Fail unless the document says that this operation may answer so."""
    known = described(path)
    if known is None or method not in document()["paths"][known] or "content-disposition" in response:
        return
    status = str(response.status_code)
    assert status in document()["paths"][known][method]["responses"], (
        f"{method} {path}: {status} {response.content}"
    )
    media_type, validator, headers = promised(known, method, status)
    if validator is None:
        assert response.content == b""
        return
    assert response["Content-Type"] == media_type
    body = response.json()
    faults = [f"{list(fault.absolute_path)}: {fault.message}" for fault in validator.iter_errors(body)]
    assert not faults, f"{method} {path}: {faults}"
    if not isinstance(body, list):
        assert {name for name in headers if name not in response} == set()


class Program:
    """A client with a token; `match` is the version for If-Match, `key` the Idempotency-Key."""

    def __init__(self, headers):
        self.client = Client(headers=headers)

    def send(
        self,
        method,
        path,
        body=None,
        *,
        match=None,
        key=None,
        raw=None,
        content_type="application/json",
        **headers,
    ):
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if match is not None:
            sent["If-Match"] = f'"v{match}"' if isinstance(match, int) else match
        if key is not None:
            sent["Idempotency-Key"] = key
        data = raw if raw is not None else b"" if body is None else json.dumps(body).encode()
        path = path if path.startswith("/api/") else f"{V1}{path}"
        response = self.client.generic(
            method.upper(), path, data, content_type=content_type if data else "", headers=sent
        )
        check_against_document(response, method, path.partition("?")[0])
        return response

    def get(self, path, **options):
        return self.send("get", path, **options)

    def post(self, path, body=None, **options):
        return self.send("post", path, body, **options)

    def patch(self, path, body=None, **options):
        return self.send("patch", path, body, **options)

    def delete(self, path, **options):
        return self.send("delete", path, **options)

    def pages(self, path, size=2):
        """All results of a list, page by page."""
        joint = "&" if "?" in path else "?"
        found, address = [], f"{path}{joint}page_size={size}"
        while address:
            page = self.get(address.removeprefix("http://testserver")).json()
            found += page["results"]
            address = page["next"]
        return found


def program_of(user, scope="write", **fields):
    if not user.api_tokens.filter(scope=scope).exists():
        make_token(user, scope, **fields)
    return Program({"authorization": f"Token {key_for(user, scope)}"})


@pytest.fixture
def program():
    """Return a program with a token of the user: `program(ana).get(...)`."""
    return program_of


@pytest.fixture
def stranger():
    """A program without a token."""
    return Program({})


@pytest.fixture
def world(study, members, dora, codebook):
    """The shared study of the cast, with one row of everything; ana has marked."""
    dora.is_active = True
    dora.save(update_fields=["is_active"])
    return fill(study, members["ana"], "here")


@pytest.fixture
def manager(world, members):
    return program_of(members["mira"])


@pytest.fixture
def annotator(world, members):
    return program_of(members["ana"])
