"""Creates that may be sent again: the answer is kept under the client's Idempotency-Key, in the row's transaction."""

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import orjson
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.etags import etag_of
from annotations.api.permissions import user_of
from annotations.audit.actions import all_or_nothing, create_once
from annotations.errors import AnnotationError

KEY = re.compile(r"[\x21-\x7e]{1,200}")

Body = dict[str, Any] | list[dict[str, Any]]


class BadIdempotencyKey(AnnotationError):
    code = "bad_idempotency_key"
    status = 400


@dataclass(frozen=True)
class Created:
    """What a create answers: the record (or the list of them), the address of a single one, a link to another."""

    body: Body
    location: str | None = None
    link: str | None = None


def created(request: Request, create: Callable[[], Created]) -> Response:
    """Run `create` in one transaction and answer 201; the same key with the same request runs it once.

    Everything that can fail for the request's own sake belongs into `create`: a repetition must not be
    judged anew.
    """
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return _answer(all_or_nothing(create))
    if not KEY.fullmatch(key):
        raise BadIdempotencyKey("Idempotency-Key must be 1 to 200 visible ASCII characters, such as a UUID.")

    def answered() -> tuple[int, object]:
        made = create()
        body = orjson.dumps(made.body).decode()
        return 201, {"body": body, "location": made.location, "link": made.link}

    kept: Any = create_once(
        user=user_of(request), key=key, body_hash=_hash_of(request), create=answered
    ).answer
    return _answer(Created(orjson.loads(kept["body"]), kept["location"], kept.get("link")))


def _answer(made: Created) -> Response:
    headers = {"Location": made.location} if made.location else {}
    if made.link:
        headers["Link"] = made.link
    if isinstance(made.body, dict):
        headers["ETag"] = etag_of(made.body["version"])
    return Response(made.body, status=201, headers=headers)


def _hash_of(request: Request) -> str:
    """Return the digest of method, path and body; spacing and the order of keys do not count."""
    body = json.dumps(request.data, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{request.method} {request.path}\n{body}".encode()).hexdigest()
