"""The OpenAPI document of this API."""

from functools import lru_cache
from typing import Any

from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.endpoint import Endpoint


class Schema(Endpoint):
    @extend_schema(exclude=True)
    def get(self, request: Request) -> Response:
        return Response(_document())


@lru_cache(maxsize=1)
def _document() -> dict[str, Any]:
    generator: Any = SchemaGenerator  # published half-typed
    document: dict[str, Any] = generator().get_schema(request=None, public=True)
    return document
