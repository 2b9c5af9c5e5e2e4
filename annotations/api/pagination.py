"""Pages by keyset: a page goes on after the last row shown, so that rows added meanwhile shift nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import QueryDict
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.cursors import Values, seal, unseal

DEFAULT_SIZE = 50
LARGEST_SIZE = 500

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Order:
    """The columns that a list is ordered by, ascending; the last one is unique, none is null."""

    columns: tuple[str, ...]

    def sort(self, rows: QuerySet[M], *, backwards: bool) -> QuerySet[M]:
        return rows.order_by(*(f"-{column}" if backwards else column for column in self.columns))

    def beyond(self, values: Values, *, backwards: bool) -> Q:
        """Return the condition of the rows after these values, or before them."""
        step = "lt" if backwards else "gt"
        out, same = Q(), Q()
        for column, value in zip(self.columns, values, strict=True):
            out |= same & Q(**{f"{column}__{step}": value})
            same &= Q(**{column: value})
        first = self.columns[0]
        return Q(**{f"{first}__{step}e": values[0]}) & out

    def values_of(self, row: Model) -> Values:
        return tuple(getattr(row, column) for column in self.columns)

    def __str__(self) -> str:
        return ",".join(self.columns)


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
    cursor = request.query_params.get("cursor")
    backwards, values = unseal(str(order), cursor) if cursor is not None else (False, None)
    if values is not None:
        rows = rows.filter(order.beyond(values, backwards=backwards))
    found = list(order.sort(rows, backwards=backwards)[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    after = bool(found) and (more or backwards)
    before = bool(found) and (more if backwards else cursor is not None)
    return Response(
        {
            "next": _link(request, order, found[-1], backwards=False) if after else None,
            "previous": _link(request, order, found[0], backwards=True) if before else None,
            "results": [record(row) for row in found],
        }
    )


def _link(request: Request, order: Order, row: Model, *, backwards: bool) -> str:
    asked = QueryDict(mutable=True)
    asked.update(request.query_params)
    asked["cursor"] = seal(str(order), order.values_of(row), backwards=backwards)
    return request.build_absolute_uri(f"{request.path}?{asked.urlencode()}")
