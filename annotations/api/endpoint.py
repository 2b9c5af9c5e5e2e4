"""What every address of the API does alike."""

from typing import Any

from django.http import HttpRequest
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotations.api.parsers import Malformed
from annotations.api.shapes import Fields

Record = dict[str, Any]


class Endpoint(APIView):
    """A view of the API: function per method, JSON in and out, errors by `annotations.api.errors.problem`."""

    def options(self, request: HttpRequest | Request, *args: object, **kwargs: object) -> Response:
        """Say which methods there are (the Allow header), and nothing else."""
        return Response(status=204)

    def current(self) -> Record:
        """Return the record of the object at this address as it stands now, found anew."""
        raise NotImplementedError


def sent(request: Request) -> Any:  # noqa: ANN401  (any JSON value)
    """Return the JSON value of the body; no body at all is none, though the framework takes it for {}."""
    if request.stream is None:
        raise Malformed("The body is empty, or came without Content-Length; send JSON.")
    return request.data


def body_of(request: Request, shape: Fields, standing: Record | None = None) -> Record:
    """Read the body; what it repeats of the fields that the server sets must be as in `standing`."""
    return shape.read_beside(sent(request), "", standing or {})
