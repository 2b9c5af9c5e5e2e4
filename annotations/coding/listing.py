"""The statements of a study as a list: kept by filters, in an order, page by page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db.models import F
from django.db.models.functions import Coalesce

from annotations.accounts.models import User
from annotations.claims.models import ClaimQuerySet, bearing_on, stances_of_statements
from annotations.keyset import Order, Page, page_of
from annotations.speakers.models import SpeakerQuerySet
from annotations.statements.models import Statement, StatementQuerySet
from annotations.studies.models import Study

PAGE = 50
COUNTED = 1000
"""How far statements are counted; a count of them all would cost more than the page."""


@dataclass(frozen=True, kw_only=True)
class StatementFilter:
    """What to keep of a study's statements, and in which order; the defaults keep all, in text order.

    Speakers, claims and outlets are whoever was meant by a name: none for a name that nobody has.
    """

    words: str = ""
    speakers: SpeakerQuerySet | None = None
    claims: ClaimQuerySet | None = None
    stance: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)
    outlets: SpeakerQuerySet | None = None
    article: UUID | None = None
    published_after: date | None = None
    published_before: date | None = None
    sort: str = "text"


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


def statement_table(
    study: Study, user: User, wanted: StatementFilter, cursor: str | None = None
) -> StatementTable:
    """Return one page of the statements that the user may see, loaded as for their cards."""
    kept = _kept(study, user, wanted)
    computed, order = _ORDERS[wanted.sort]
    places = kept.annotate(**computed).only("start", "end", "updated_at")
    page = page_of(places, order, cursor, PAGE)
    whole = replace(page, rows=_loaded([row.pk for row in page.rows]))
    return StatementTable(whole, kept.order_by()[: COUNTED + 1].count())


def _loaded(keys: Sequence[int]) -> list[Statement]:
    """Load the rows of a page in its order: sorting whole rows would carry all of the study along."""
    rows = Statement.objects.among(keys).with_parts().with_set().without_texts()
    found = {row.pk: row for row in rows.prefetch_related(stances_of_statements())}
    return [found[key] for key in keys if key in found]


def _kept(study: Study, user: User, wanted: StatementFilter) -> StatementQuerySet:
    rows = Statement.objects.visible_to(user).in_study(study)
    rows = rows.published_between(wanted.published_after, wanted.published_before)
    if wanted.words:
        rows = rows.with_words(wanted.words)
    if wanted.speakers is not None:
        rows = rows.spoken_by_one_of(wanted.speakers)
    if wanted.outlets is not None:
        rows = rows.from_one_of(wanted.outlets)
    if wanted.article:
        rows = rows.in_article(str(wanted.article))
    for variable, label in wanted.codes.items():
        rows = rows.coded(variable, label)
    if wanted.claims is not None or wanted.stance:
        rows = bearing_on(rows, claims=wanted.claims, stance=wanted.stance or None)
    return rows
