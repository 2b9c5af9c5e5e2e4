"""Pages by keyset: a page goes on after the last row shown, so that rows added meanwhile shift nothing."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from django.db.models import Model, Q, QuerySet

from annotations.cursors import Values, seal, unseal

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Order:
    """The columns that a list is ordered by, `-` before those that descend; the last one is unique, none is null."""

    columns: tuple[str, ...]

    def sort(self, rows: QuerySet[M], *, backwards: bool) -> QuerySet[M]:
        return rows.order_by(*(f"-{name}" if down != backwards else name for name, down in self._parts))

    def beyond(self, values: Values, *, backwards: bool) -> Q:
        """Return the condition of the rows after these values, or before them."""
        out, same = Q(), Q()
        for (name, down), value in zip(self._parts, values, strict=True):
            out |= same & Q(**{f"{name}__{'lt' if down != backwards else 'gt'}": value})
            same &= Q(**{name: value})
        first, down = self._parts[0]
        return Q(**{f"{first}__{'lte' if down != backwards else 'gte'}": values[0]}) & out

    def values_of(self, row: Model) -> Values:
        found = (getattr(row, name) for name, _ in self._parts)
        return tuple(value.isoformat() if isinstance(value, date) else value for value in found)

    @property
    def _parts(self) -> list[tuple[str, bool]]:
        return [(column.removeprefix("-"), column.startswith("-")) for column in self.columns]

    def __str__(self) -> str:
        return ",".join(self.columns)


@dataclass(frozen=True)
class Page(Generic[M]):
    """Some rows of a list, in its order, and the cursors of the pages after and before; None where there is none."""

    rows: Sequence[M]
    next: str | None
    previous: str | None


def page_of(rows: QuerySet[M], order: Order, cursor: str | None, size: int) -> Page[M]:
    """Return the page that begins at `cursor`, the first one for None; a cursor of another order is refused."""
    backwards, values = unseal(str(order), cursor) if cursor is not None else (False, None)
    if values is not None:
        rows = rows.filter(order.beyond(values, backwards=backwards))
    found = list(order.sort(rows, backwards=backwards)[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    after = bool(found) and (more or backwards)
    before = bool(found) and (more if backwards else cursor is not None)
    return Page(
        found,
        seal(str(order), order.values_of(found[-1]), backwards=False) if after else None,
        seal(str(order), order.values_of(found[0]), backwards=True) if before else None,
    )


@dataclass(frozen=True)
class Slice:
    """Some places of a list that was ordered in memory, and the cursors of the slices after and before."""

    places: Sequence[Values]
    next: str | None
    previous: str | None


def slice_of(places: Sequence[Values], order: str, cursor: str | None, size: int) -> Slice:
    """Return the slice of sorted `places` that begins at `cursor`, for orders that the database would count anew."""
    backwards, values = unseal(order, cursor) if cursor is not None else (False, ())
    start = bisect_left(places, values) - size if backwards else bisect_right(places, values)
    shown = places[max(0, start) : start + size]
    goes_on = bool(shown) and shown[-1] != places[-1]
    return Slice(
        shown,
        seal(order, shown[-1], backwards=False) if goes_on else None,
        seal(order, shown[0], backwards=True) if shown and start > 0 else None,
    )
