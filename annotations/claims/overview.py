"""A study's claims, and the statements that bear on one, as far as the reader may see them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TypeVar
from uuid import UUID

from django.db.models import Count, DateField, F, Model, Q, QuerySet, Value, Window
from django.db.models.functions import Coalesce, Least, RowNumber

from annotations.accounts.models import User
from annotations.claims.models import Claim, ClaimQuerySet, StanceLink
from annotations.codebook.vocabulary import Vocabulary
from annotations.cursors import BadCursor
from annotations.keyset import Order, Page, page_of
from annotations.statements.models import Statement
from annotations.studies.models import Study

PAGE = 50
SHOWN = 12
"""How many statements of each stance a claim's page lists before one of the stances is chosen."""

M = TypeVar("M", bound=Model)
Numbers = Mapping[str, int]
"""Statements by stance; a stance that nobody takes is left out."""

ORDERS: Mapping[str, Order] = MappingProxyType(
    {
        "wording": Order(("text_key", "pk")),
        "-number": Order(("-n_statements", "text_key", "pk")),
        "-contested": Order(("-n_against", "-n_statements", "text_key", "pk")),
    }
)
_NEWEST_FIRST = Order(("-day", "pk"))


@dataclass(frozen=True, kw_only=True)
class ClaimFilter:
    """What to keep of a study's claims, and in which order; the defaults keep all."""

    words: str = ""
    kind: str = ""
    issue: UUID | None = None
    without_issue: bool = False
    sort: str = "wording"


@dataclass(frozen=True)
class ClaimLine:
    claim: Claim
    numbers: Numbers

    @property
    def n(self) -> int:
        return sum(self.numbers.values())


@dataclass(frozen=True)
class ClaimTable:
    """One page of the claims; `n` counts all that the filter keeps."""

    lines: Sequence[ClaimLine]
    n: int
    next: str | None
    previous: str | None


def claim_table(
    study: Study, user: User, wanted: ClaimFilter, vocabulary: Vocabulary, cursor: str | None = None
) -> ClaimTable:
    kept = _kept(study, wanted)
    order = ORDERS[wanted.sort]
    ordered = kept if "n_statements" not in str(order) else _counted(kept, study, user, vocabulary)
    page = _page(ordered.only("text_key"), order, cursor)
    keys = [row.pk for row in page.rows]
    claims = {claim.pk: claim for claim in Claim.objects.among(keys).with_issue()}
    numbers = stance_numbers(keys, user)
    lines = [ClaimLine(claims[key], numbers.get(key, {})) for key in keys if key in claims]
    return ClaimTable(lines, kept.count(), page.next, page.previous)


def stance_numbers(claims: Collection[int], user: User) -> dict[int, dict[str, int]]:
    """Count the statements that the user may read, by claim and stance, in one grouped query."""
    numbers: dict[int, dict[str, int]] = {}
    seen = Statement.objects.visible_to(user).filter(stances__claim__in=claims)
    grouped = seen.values("stances__claim", "stances__stance").order_by().annotate(n=Count("pk"))
    for claim, stance, n in grouped.values_list("stances__claim", "stances__stance", "n"):
        numbers.setdefault(claim, {})[stance] = n
    return numbers


def first_bearing_on(claim: Claim, user: User) -> list[StanceLink]:
    """Return the newest statements of each stance on the claim, `SHOWN` of each at most, with all that a list shows."""
    newest = Window(RowNumber(), partition_by="stance", order_by=[F("day").desc(), F("pk").asc()])
    return list(_bearing(claim, user).annotate(place=newest).filter(place__lte=SHOWN).order_by("place"))


def bearing_on_by(claim: Claim, user: User, stance: str, cursor: str | None) -> Page[StanceLink]:
    """Return a page of the statements that take one stance on the claim, newest first."""
    return _page(_bearing(claim, user).filter(stance=stance), _NEWEST_FIRST, cursor)


def _kept(study: Study, wanted: ClaimFilter) -> ClaimQuerySet:
    rows = Claim.objects.in_study(study).worded_like(wanted.words)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.without_issue:
        return rows.filter(issue=None)
    return rows.filter(issue__uid=wanted.issue) if wanted.issue else rows


def _counted(claims: ClaimQuerySet, study: Study, user: User, vocabulary: Vocabulary) -> ClaimQuerySet:
    """Add `n_statements`, and `n_against`: how many stand against as many others, those for and against paired."""
    seen = Q(stances__statement__in=Statement.objects.visible_to(user).in_study(study).values("pk"))
    labels = vocabulary.labels.get("stance", {}).values()
    for_it, against = (
        Count(
            "stances",
            filter=seen & Q(stances__stance__in=[each.slug for each in labels if each.polarity == side]),
        )
        for side in (1, -1)
    )
    return claims.annotate(n_statements=Count("stances", filter=seen), n_against=Least(for_it, against))


def _bearing(claim: Claim, user: User) -> QuerySet[StanceLink]:
    """Links of statements that the user may read, each with its statement; `day` is when that was published."""
    seen = Statement.objects.visible_to(user).filter(stances__claim=claim).values("pk")
    article = "statement__annotation_set__article"
    return (
        StanceLink.objects.filter(claim=claim, statement__in=seen)
        .select_related("statement__speaker", f"{article}__outlet")
        .defer(f"{article}__text", "statement__spans")
        .annotate(day=Coalesce(f"{article}__published_on", Value(date.min), output_field=DateField()))
    )


def _page(rows: QuerySet[M], order: Order, cursor: str | None) -> Page[M]:
    """Return the page at the cursor; one that leads nowhere, as after a change of the order, leads to the first."""
    try:
        return page_of(rows, order, cursor, PAGE)
    except BadCursor:
        return page_of(rows, order, None, PAGE)
