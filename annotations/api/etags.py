"""Versions over HTTP: a strong ETag `"v7"` for each object, If-Match before a change, If-None-Match before a copy."""

import re
from collections.abc import Mapping
from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from annotations.errors import AnnotationError, StaleEdit
from annotations.rows import Row

TAG = re.compile(r'(W/)?"([^"]*)"')


class PreconditionRequired(AnnotationError):
    code = "precondition_required"
    status = 428


def etag_of(version: object) -> str:
    return f'"v{version}"'


def expected_version(request: Request, row: Row, *, optional: bool = False) -> int:
    """Return the version that the client has read, by If-Match; it must be the present one, or `*`.

    The version travels on into the UPDATE, so that nobody can slip in between.
    """
    header = request.headers.get("If-Match", "").strip()
    if not header and optional:
        return row.version
    if not header:
        raise PreconditionRequired(
            "Say which version you have read: send its ETag in If-Match, or `If-Match: *` to overwrite any."
        )
    tags = [f'{weak}"{tag}"' for weak, tag in TAG.findall(header)]
    if header != "*" and etag_of(row.version) not in tags:
        raise StaleEdit(
            f"You have read {header[:40]}, but version {row.version} stands now; look at it and decide.", row
        )
    return row.version


def object_answer(
    request: Request, record: Mapping[str, Any], *, status: int = 200, tag: str | None = None
) -> Response:
    """Answer one object with its ETag, or 304 without it where the client holds this version."""
    tag = tag or etag_of(record["version"])
    held = request.headers.get("If-None-Match", "")
    tags = [f'"{found}"' for _, found in TAG.findall(held)]
    if request.method in {"GET", "HEAD"} and (held.strip() == "*" or tag in tags):
        return Response(status=304, headers={"ETag": tag})
    return Response(record, status=status, headers={"ETag": tag})
