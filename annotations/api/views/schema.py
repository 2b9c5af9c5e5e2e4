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
        return Response(document())


@lru_cache(maxsize=1)
def document() -> dict[str, Any]:
    """Return the document; the page “API reference” gets it here too, by `settings.API_DOCUMENT`."""
    generator: Any = SchemaGenerator  # published half-typed
    made: dict[str, Any] = generator().get_schema(request=None, public=True)
    return made
