"""The OpenAPI document: one decorator for each kind of operation, and what they share.

Shapes describe bodies and answers (`annotations.api.shapes`), so the document cannot drift from the checks.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal, TypeVar

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema

from annotations.api.errors import PROBLEM
from annotations.api.filters import CURSOR, PAGE_SIZE, Filter
from annotations.api.shapes import (
    UID,
    Field,
    Fields,
    Many,
    Schema,
    Shape,
    Text,
    Whole,
    answer,
    components,
)

F = TypeVar("F", bound=Callable[..., Any])

Answers = Mapping[int, Fields | Schema | str]
"""What a status answers: a shape, a schema, or nothing, for the reason given."""
Location = Literal["query", "header"]

NAMED: dict[str, Schema] = {}
"""The components, gathered while the views are imported."""

FIELD_PROBLEM = answer(
    "FieldProblem", {"field": Field(Text(), "A path such as spans[0].end."), "message": Field(Text())}
)
PLACE = answer("Whereabouts", {"id": Field(UID), "web_url": Field(Text(), "Path of its page.")})
PROBLEM_FIELDS = {
    "type": Field(Text(), "Always about:blank: `code` says more.", needed=True),
    "title": Field(Text(), "The status in words.", needed=True),
    "status": Field(Whole(400, 599), needed=True),
    "detail": Field(Text(), "A sentence, with the way out.", needed=True),
    "code": Field(Text(), "Stable; programs go by it.", needed=True),
    "errors": Field(Many(FIELD_PROBLEM), needed=True),
    "article": Field(PLACE, "With duplicate_text: the first article that has this text."),
    "statements": Field(Many(PLACE), "With furniture_in_use: those of the statements that you may read."),
}
NAMED |= components(Fields("Problem", PROBLEM_FIELDS))
WHEN = {
    400: "The body is no JSON, or holds NUL; a parameter is unknown or has a bad value.",
    401: "No token, or a dead one.",
    403: "Known, but not allowed to this role or token.",
    404: "Unknown, or not yours to see: both read the same.",
    409: "The state does not allow it.",
    410: "Gone: begin anew.",
    412: "Somebody changed it meanwhile: `current` is what stands now.",
    413: "Too large.",
    415: "The body is not application/json.",
    422: "Well-formed, but not valid: `errors` names the fields.",
    428: "If-Match is missing.",
    429: "Too many requests: wait for Retry-After seconds.",
}
IF_MATCH = "ETag of the version that you have read, or `*`."
READS = (400, 401, 404, 429)
WRITES = (400, 401, 403, 404, 409, 413, 415, 422, 429)


def listing(tag: str, name: str, what: str, item: Fields, filters: Iterable[Filter] = ()) -> Callable[[F], F]:
    """Describe a GET that answers a page of `item`."""
    page = answer(
        f"{item.name}Page",
        {
            "next": Field(Text(null_is_empty=True), "Address of the next page; null at the end."),
            "previous": Field(Text(null_is_empty=True), "Address of the page before; null at the beginning."),
            "results": Field(Many(item, most=500)),
        },
    )
    return _operation(
        tag,
        f"{name}_list",
        what,
        parameters=asked((*filters, CURSOR, PAGE_SIZE)),
        answers={200: page},
        problems=READS,
    )


def following(
    tag: str, name: str, what: str, page: Fields, filters: Iterable[Filter], *, more: str
) -> Callable[[F], F]:
    """Describe a GET that goes on from where the reader left off; 410 where it cannot."""
    return _operation(
        tag,
        name,
        what,
        parameters=asked(filters),
        answers={200: page},
        problems=(*READS, 410),
        more=more,
    )


def creating(
    tag: str, name: str, what: str, body: Fields, made: Fields, *, many: bool = False, more: str = ""
) -> Callable[[F], F]:
    """Describe a POST that answers 201; with `many` it takes a list as well, and answers one."""
    given, answered = described(body), described(made)
    if many:
        given, answered = ({"oneOf": [one, {"type": "array", "items": one}]} for one in (given, answered))
    key = _parameter(
        "Idempotency-Key",
        {"type": "string", "minLength": 1, "maxLength": 200, "pattern": r"^[\x21-\x7e]+$"},
        "Sent again with the same body, it gives the same answer and no second row.",
        "header",
    )
    headers = [*_etag(201), _header("Location", "Address of what was created.", 201)]
    return _operation(
        tag,
        f"{name}_create",
        what,
        parameters=[key, *headers],
        body=given,
        answers={201: answered},
        problems=WRITES,
        more=more,
    )


def reading(tag: str, name: str, what: str, made: Fields) -> Callable[[F], F]:
    """Describe a GET that answers one object."""
    held = _parameter("If-None-Match", {"type": "string"}, "ETag of the version that you hold.", "header")
    answers: Answers = {200: made, 304: "You hold the present version."}
    parameters = [held, *_etag(200, 304)]
    return _operation(tag, f"{name}_read", what, parameters=parameters, answers=answers, problems=READS)


def changing(
    tag: str, name: str, what: str, body: Fields, made: Fields, *, more: str = ""
) -> Callable[[F], F]:
    """Describe a PATCH: any subset of the fields."""
    parameters = [_if_match(required=True), *_etag(200, 412)]
    problems = (*WRITES, 412, 428)
    return _operation(
        tag,
        f"{name}_change",
        what,
        parameters=parameters,
        body=body,
        answers={200: made},
        problems=problems,
        more=more,
        current=made,
    )


def removing(tag: str, name: str, what: str, made: Fields, *, more: str = "") -> Callable[[F], F]:
    """Describe a DELETE; `made` is what a 412 shows."""
    parameters = [_if_match(required=True), *_etag(412)]
    problems = (401, 403, 404, 409, 412, 428, 429)
    return _operation(
        tag,
        f"{name}_delete",
        what,
        parameters=parameters,
        answers={204: "Gone."},
        problems=problems,
        more=more,
        current=made,
    )


def acting(
    tag: str,
    name: str,
    what: str,
    made: Fields,
    *,
    body: Fields | None = None,
    more: str = "",
    current: Fields | None = None,
) -> Callable[[F], F]:
    """Describe a POST that moves an object to another state; one with a body needs If-Match.

    A 412 shows the object in the shape `current`, by default that of the answer.
    """
    parameters = [_if_match(required=body is not None), *_etag(200, 412)]
    problems = (401, 403, 404, 409, 412, 429) if body is None else (*WRITES, 412, 428)
    return _operation(
        tag,
        name,
        what,
        parameters=parameters,
        body=body,
        answers={200: made},
        problems=problems,
        more=more,
        current=current or made,
    )


def _operation(
    tag: str,
    name: str,
    what: str,
    *,
    parameters: list[OpenApiParameter],
    answers: Answers,
    problems: Iterable[int],
    body: Fields | Schema | None = None,
    more: str = "",
    current: Fields | None = None,
) -> Callable[[F], F]:
    responses: dict[Any, Any] = {status: _answered(shape) for status, shape in answers.items()}
    for status in sorted(problems):
        shape = described(_stale(current)) if status == 412 and current else _ref("Problem")
        responses[status, PROBLEM] = OpenApiResponse(shape, WHEN[status])
    decorate: Callable[[F], F] = extend_schema(
        operation_id=name,
        summary=what,
        description=more or what,
        tags=[tag],
        parameters=parameters,
        request={"application/json": described(body)} if body is not None else None,
        responses=responses,
    )
    return decorate


def asked(filters: Iterable[Filter]) -> list[OpenApiParameter]:
    """Describe the parameters of a query."""
    return [_parameter(one.name, one.schema(), one.note, "query") for one in filters]


def problems(*statuses: int) -> dict[Any, Any]:
    """Describe errors of the usual shape."""
    return {(status, PROBLEM): OpenApiResponse(_ref("Problem"), WHEN[status]) for status in statuses}


def _answered(shape: Fields | Schema | str) -> OpenApiResponse:
    return OpenApiResponse(None, shape) if isinstance(shape, str) else OpenApiResponse(described(shape))


def _stale(current: Fields) -> Fields:
    return Fields(f"Stale{current.name}", {**PROBLEM_FIELDS, "current": Field(current, needed=True)})


def described(shape: Shape | Schema) -> Schema:
    """Return the schema of a shape, and keep the named shapes that it is made of for the document."""
    if isinstance(shape, dict):
        return shape
    NAMED.update(components(shape))
    return shape.schema()


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _parameter(
    name: str, schema: Schema, note: str, location: Location, *, required: bool = False
) -> OpenApiParameter:
    return OpenApiParameter(name, schema, location, required=required, description=note)


def _header(name: str, note: str, *statuses: int) -> OpenApiParameter:
    return OpenApiParameter(name, {"type": "string"}, "header", description=note, response=list(statuses))


def _etag(*statuses: int) -> list[OpenApiParameter]:
    return [_header("ETag", 'Version of the object, such as "v7".', *statuses)]


def _if_match(*, required: bool) -> OpenApiParameter:
    return _parameter("If-Match", {"type": "string", "minLength": 1}, IF_MATCH, "header", required=required)


def finish(result: Schema, **kwargs: object) -> Schema:
    """Add the components, say that bodies are needed and what addresses hold (a hook of the generator)."""
    result.setdefault("components", {}).setdefault("schemas", {}).update(sorted(NAMED.items()))
    for methods in result["paths"].values():
        for operation in methods.values():
            if "requestBody" in operation:
                operation["requestBody"]["required"] = True
            for parameter in operation["parameters"]:
                if parameter["in"] == "path":
                    parameter["description"] = _in_address(parameter["name"])
    return result


def _in_address(name: str) -> str:
    return "Slug of the study." if name == "slug" else f"Id of the {name.replace('_', ' ')}."


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # published half-typed
    target_class = "annotations.api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: object) -> Schema:
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "`Token KEY`, with a key from the page “Tokens for programs” or `manage.py create_token`.",
        }


class SessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # published half-typed
    target_class = "annotations.api.authentication.SessionAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema: object) -> Schema:
        return {
            "type": "apiKey",
            "in": "cookie",
            "name": settings.SESSION_COOKIE_NAME,
            "description": "The session of the pages; unsafe requests also send X-CSRFToken.",
        }
