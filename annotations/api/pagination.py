"""Pages of the API: what `keyset` finds, with the addresses of the pages after and before."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import QueryDict
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.keyset import Order, page_of

DEFAULT_SIZE = 50
LARGEST_SIZE = 500

M = TypeVar("M", bound=Model)

AS_ADDED = Order(("pk",))


def page(
    request: Request,
    rows: QuerySet[M],
    record: Callable[[M], Mapping[str, Any]],
    *,
    order: Order = AS_ADDED,
) -> Response:
    """Answer one page of `rows`; `cursor` and `page_size` come checked by `read_filters`."""
    size = int(request.query_params.get("page_size", DEFAULT_SIZE))
    found = page_of(rows, order, request.query_params.get("cursor"), size)
    return Response(
        {
            "next": address_with(request, cursor=found.next),
            "previous": address_with(request, cursor=found.previous),
            "results": [record(row) for row in found.rows],
        }
    )


def address_with(request: Request, **changed: str | None) -> str | None:
    """Return the address asked for with one parameter changed; None where that is None."""
    ((name, value),) = changed.items()
    if value is None:
        return None
    asked = QueryDict(mutable=True)
    asked.update(request.query_params)
    asked[name] = value
    return request.build_absolute_uri(f"{request.path}?{asked.urlencode()}")
