"""The statements of a study as a list: kept by filters, in an order, page by page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from django.db.models import F, OrderBy, Value
from django.db.models.functions import Coalesce

from annotations.accounts.models import User
from annotations.coding.filtering import StatementFilter
from annotations.keyset import Order, Page, page_of
from annotations.statements.models import Statement
from annotations.studies.models import Study

PAGE = 50
COUNTED = 1000
"""How far statements are counted; a count of them all would cost more than the page."""


@dataclass(frozen=True)
class StatementTable:
    """One page of the statements; `n` counts those that the filter keeps, up to `COUNTED`."""

    page: Page[Statement]
    n: int

    @property
    def is_counted(self) -> bool:
        return self.n <= COUNTED


_PLACE = {"at_article": F("annotation_set__article_id")}
_IN_TEXT = ("at_article", "start", "end", "pk")
_DAY = F("annotation_set__article__published_on")
_ORDERS: Mapping[str, tuple[Mapping[str, Any], Order]] = MappingProxyType(
    {
        "text": (_PLACE, Order(_IN_TEXT)),
        "-changed": ({}, Order(("-updated_at", "-pk"))),
        "-published": ({**_PLACE, "day": Coalesce(_DAY, date.min)}, Order(("-day", *_IN_TEXT))),
        "published": ({**_PLACE, "day": Coalesce(_DAY, date.max)}, Order(("day", *_IN_TEXT))),
    }
)
"""What is computed for an order, and its columns; statements of articles without a date come last."""


def in_order(sort: str, way: str = "") -> list[str | OrderBy]:
    """Return by what rows are ordered as the list is; `way` leads from them to the statement."""
    path = f"{way}annotation_set__article"
    place = [f"{path}_id", f"{way}start", f"{way}end", f"{way}pk"]
    if sort == "-changed":
        return [f"-{way}updated_at", f"-{way}pk"]
    if sort == "-published":
        return [Coalesce(F(f"{path}__published_on"), Value(date.min)).desc(), *place]
    if sort == "published":
        return [Coalesce(F(f"{path}__published_on"), Value(date.max)).asc(), *place]
    return list(place)


def statement_table(
    study: Study, user: User, wanted: StatementFilter, cursor: str | None = None
) -> StatementTable:
    """Return one page of the statements that the user may see: where they are, to be loaded as they are shown.

    Sorting whole rows would carry all of the study along.
    """
    kept = wanted.of(Statement.objects.visible_in(study, user))
    computed, order = _ORDERS[wanted.sort]
    places = kept.annotate(**computed).only("start", "end", "updated_at")
    return StatementTable(page_of(places, order, cursor, PAGE), kept.order_by()[: COUNTED + 1].count())
