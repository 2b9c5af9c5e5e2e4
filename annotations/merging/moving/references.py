"""Every column in which a speaker or a claim is named; `tests/merging` holds the lists against the models."""

from dataclasses import dataclass
from typing import Any

from django.db import models

from annotations.claims.models import Claim, ClaimRelation, StanceLink
from annotations.corpus.models import Article
from annotations.rows import Row
from annotations.speakers.models import Affiliation, Side, Speaker
from annotations.statements.models import ChainLink, Mention, Statement, Utterance

Members: Any = Speaker.members.through


@dataclass(frozen=True)
class Reference:
    """A column that names a speaker or a claim.

    `key` says how a row is known again: by itself or, where rows are written anew with what they belong to, by
    that. `owner` is the table whose record shows the reference, found by `key` or by `shown_by`. Rows that would be equal in
    this column and those of `beside`, or name the same here and in `apart`, are not moved, nor is any where
    `once` says that only one may name it. `drops`, for rows that do not go with what they name, has those
    deleted, and gives the columns that say whether their place is free again.
    """

    model: type[models.Model]
    column: str
    key: str = "pk"
    owner: type[Row] | None = None
    shown_by: str = ""
    beside: tuple[str, ...] = ()
    apart: str = ""
    once: bool = False
    drops: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.model._meta.model_name}.{self.column}"

    def naming(self, row: Row) -> "models.QuerySet[Any]":
        return self.model._default_manager.filter(**{self.column: row})

    def clashing(self, away: Row, keep: Row) -> list[int]:
        """Return the rows that must not move from `away` to `keep`."""
        rows = self.naming(away)
        found = list(rows.filter(**{self.apart: keep.pk}).values_list("pk", flat=True)) if self.apart else []
        if self.once and self.naming(keep).exists():
            found += rows.values_list("pk", flat=True)
        if self.beside:
            taken = set(self.naming(keep).values_list(*self.beside))
            found += [pk for pk, *rest in rows.values_list("pk", *self.beside) if tuple(rest) in taken]
        return found


class ChainReference(Reference):
    """A chain tells the hands through which words came: of two that turn out to be one, the first stays."""

    def clashing(self, away: Row, keep: Row) -> list[int]:
        both = ChainLink.objects.filter(speaker=away.pk, statement__chain__speaker=keep.pk)
        links = ChainLink.objects.filter(statement__in=both.values("statement"))
        found = links.filter(speaker__in=[away.pk, keep.pk]).order_by("statement", "order")
        seen, later = set[int](), []
        for pk, statement in found.values_list("pk", "statement_id"):
            if statement in seen:
                later.append(pk)
            seen.add(statement)
        return later


_WHEN = ("kind", "role", "since", "until")
SPEAKER = (
    Reference(Article, "outlet", owner=Article),  # first, as writers of statements lock it first
    Reference(Statement, "speaker", owner=Statement),
    ChainReference(
        ChainLink, "speaker", key="statement_id", owner=Statement, drops=("statement_id", "order")
    ),
    Reference(Mention, "speaker", owner=Mention),
    Reference(Utterance, "speaker", owner=Utterance),
    Reference(Speaker, "affiliation", owner=Speaker, apart="pk"),
    Reference(Speaker, "speaks_for", owner=Speaker, apart="pk"),
    Reference(
        Members,
        "to_speaker",
        key="from_speaker_id",
        owner=Speaker,
        beside=("from_speaker_id",),
        apart="from_speaker",
    ),
    Reference(Members, "from_speaker", key="to_speaker_id", beside=("to_speaker_id",), apart="to_speaker"),
    Reference(
        Affiliation,
        "body",
        owner=Speaker,
        shown_by="speaker_id",
        beside=("speaker_id", *_WHEN),
        apart="speaker",
    ),
    Reference(Affiliation, "speaker", beside=("body_id", *_WHEN), apart="body"),
    Reference(Side, "speaker", owner=Side, once=True),
    Reference(Side, "side", owner=Side),
)
CLAIM = (
    Reference(
        StanceLink,
        "claim",
        key="statement_id",
        owner=Statement,
        beside=("statement_id",),
        drops=("statement_id", "claim_id"),
    ),
    Reference(ClaimRelation, "a", owner=ClaimRelation, beside=("b_id", "relation"), apart="b"),
    Reference(ClaimRelation, "b", owner=ClaimRelation, beside=("a_id", "relation"), apart="a"),
)
REFERENCES: dict[type[Row], tuple[Reference, ...]] = {Speaker: SPEAKER, Claim: CLAIM}
