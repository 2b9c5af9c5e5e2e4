"""Every error as `application/problem+json` (RFC 9457), also those that no view has raised."""

import math
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, Protocol

import orjson
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from rest_framework import exceptions
from rest_framework.response import Response

from annotations.corpus.actions import DuplicateText
from annotations.errors import AnnotationError, Conflict, StaleEdit
from annotations.rows import overtaken

PROBLEM = "application/problem+json"
CODES = {
    400: "malformed",
    401: "not_authenticated",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    415: "unsupported_media_type",
    429: "throttled",
}
"""The stable codes of errors that the framework raises, by status."""
NOTHING_HERE = "There is nothing at this address; addresses of the API end with a slash."
Body = dict[str, Any]


class InTheWay(Conflict):
    """Lines that are to become furniture are part of statements; `told` names those that the asker may read."""

    code = "furniture_in_use"

    def __init__(self, message: str, told: Body) -> None:
        super().__init__(message)
        self.told = told


class Tells(Protocol):
    """A view that can tell what stands now at its address."""

    def current(self) -> Body: ...


def problem_body(status: int, code: str, detail: str) -> Body:
    return {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": code,
        "errors": [],
    }


def problem(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """Answer what a view has raised; None, which the server logs and answers with 500, for our own faults."""
    if isinstance(error, IntegrityError):
        error = overtaken(error) or error
    if isinstance(error, AnnotationError):
        return _of_ours(error, context["view"])
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    if not isinstance(error, exceptions.APIException):
        return None
    status = error.status_code
    response = _response(problem_body(status, CODES.get(status, "error"), _sentence(error)))
    wait = getattr(error, "wait", None)
    if wait is not None:
        response["Retry-After"] = str(math.ceil(wait))
    challenge = getattr(error, "auth_header", None)
    if challenge:
        response["WWW-Authenticate"] = challenge
    return response


def _of_ours(error: AnnotationError, view: Tells) -> Response:
    body = problem_body(error.status, error.code, error.message)
    body["errors"] = [{"field": fault.field, "message": fault.message} for fault in error.errors]
    headers = {}
    if isinstance(error, StaleEdit):
        try:
            body["current"] = view.current()
        except AnnotationError as gone:
            return _of_ours(gone, view)
        headers["ETag"] = f'"v{body["current"]["version"]}"'
    elif isinstance(error, DuplicateText):
        first = error.article
        body["article"] = {"id": str(first.uid), "web_url": first.get_absolute_url()}
    elif isinstance(error, InTheWay):
        body |= error.told
    return _response(body, headers)


def _response(body: Body, headers: Mapping[str, str] | None = None) -> Response:
    return Response(body, status=body["status"], content_type=PROBLEM, headers=headers)


def _sentence(error: exceptions.APIException) -> str:
    if isinstance(error, exceptions.UnsupportedMediaType):
        return "Send JSON, with `Content-Type: application/json`."
    if isinstance(error, exceptions.Throttled):
        return "That was more than one user may ask; wait as long as Retry-After says."
    if isinstance(error, exceptions.NotFound):
        return NOTHING_HERE
    return str(error.detail)


class ProblemsOfApi:
    """Turn errors that were raised outside the views (500 included) into problems, for addresses of the API."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not request.path_info.startswith("/api/") or response.status_code < 400:
            return response
        if response.headers.get("Content-Type") == PROBLEM:
            return response
        status = response.status_code
        body = problem_body(
            status, CODES.get(status, "server_error" if status >= 500 else "error"), _why(status)
        )
        response.content = orjson.dumps(body)
        response["Content-Type"], response["Content-Length"] = PROBLEM, str(len(response.content))
        return response


def _why(status: int) -> str:
    if status == 404:
        return NOTHING_HERE
    if status >= 500:
        return "Something failed here, and has been noted. Nothing was half-written; try again."
    return "This request cannot be served as it is."
