"""What a list says of statements that lie anywhere in a study: their closed cards, chains apart, and their places."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from annotations.claims.models import StanceLink
from annotations.codebook.models import CodebookVersion
from annotations.codebook.vocabulary import vocabulary_of
from annotations.coding.listing import PAGE
from annotations.prepared import Prepared
from annotations.statements.models import Code, Statement
from annotations.web.cards.head import Head, Parts, grouped, head_of


@dataclass(frozen=True)
class Listed:
    """A statement in a list: its closed card, and the article in which it stands."""

    head: Head
    article: UUID
    title: str
    outlet: str
    published_on: date | None


def listed(keys: Sequence[int]) -> list[Listed]:
    """Return the statements of a page by their keys, in that order, in three queries."""
    if not keys:
        return []
    places = [*keys, *[keys[-1]] * (PAGE - len(keys))]
    parts = Parts(grouped(_CODES(*places)), {}, grouped(_STANCES(*places)))
    rows = {row["pk"]: row for row in _ROWS(*places)}
    codebooks = {row["codebook"]: row["codebook_state"] for row in rows.values()}
    vocabularies = {
        key: vocabulary_of(CodebookVersion(pk=key, state=state)) for key, state in codebooks.items()
    }
    return [
        Listed(
            head=head_of(row, vocabularies[row["codebook"]], parts),
            article=row["article"],
            title=row["title"],
            outlet=row["outlet"] or "",
            published_on=row["published_on"],
        )
        for key in keys
        if (row := rows.get(key))
    ]


def _rows(*keys: int) -> QuerySet[Any, dict[str, Any]]:
    article = "annotation_set__article__"
    rows: QuerySet[Any, dict[str, Any]] = (
        Statement.objects.among(keys)
        .as_heads()
        .annotate(
            article=F(f"{article}uid"),
            title=F(f"{article}title"),
            outlet=F(f"{article}outlet__name"),
            published_on=F(f"{article}published_on"),
            codebook=F("annotation_set__codebook"),
            codebook_state=F("annotation_set__codebook__state"),
        )
    )
    return rows


def _codes(*keys: int) -> QuerySet[Code, tuple[Any, ...]]:
    return Code.objects.filter(statement__in=keys).values_list("statement", "variable__slug", "label__slug")


def _stances(*keys: int) -> QuerySet[StanceLink, tuple[Any, ...]]:
    rows = StanceLink.objects.filter(statement__in=keys)
    return rows.values_list("statement", "claim__text", "stance", "label", "value")


_EACH = [int] * PAGE
"""A page that is not full repeats its last key, so that one prepared query serves all."""
_ROWS: Prepared[dict[str, Any]] = Prepared(_rows, *_EACH)
_CODES: Prepared[tuple[Any, ...]] = Prepared(_codes, *_EACH)
_STANCES: Prepared[tuple[Any, ...]] = Prepared(_stances, *_EACH)
