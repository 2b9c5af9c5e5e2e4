"""What a merge would move and has left, as one user may read it; and what is likely the same."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from types import MappingProxyType
from typing import Any, TypeVar

from django.db.models import Q, QuerySet

from annotations.accounts.models import User
from annotations.claims.models import Claim
from annotations.merging.moving.references import REFERENCES, Reference
from annotations.rows import Row
from annotations.speakers.models import Speaker
from annotations.statements.models import Mention, Statement, Utterance
from annotations.workload.models import AnnotationSet

R = TypeVar("R", bound=Speaker | Claim)
LIKELY = 8
LOOKED_THROUGH = 200
WORDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "article.outlet": ("article published", "articles published"),
        "statement.speaker": ("statement made", "statements made"),
        "chainlink.speaker": ("statement with it in the chain", "statements with it in the chain"),
        "statement.spans": (
            "statement addressed to it or about it",
            "statements addressed to it or about it",
        ),
        "mention.speaker": ("mention in a text", "mentions in texts"),
        "utterance.speaker": ("utterance", "utterances"),
        "speaker.affiliation": ("speaker affiliated with it", "speakers affiliated with it"),
        "speaker.speaks_for": ("speaker that speaks for it", "speakers that speak for it"),
        "speaker_members.to_speaker": ("group that it is a member of", "groups that it is a member of"),
        "speaker_members.from_speaker": ("member of its own", "members of its own"),
        "affiliation.body": ("dated affiliation of another", "dated affiliations of others"),
        "affiliation.speaker": ("dated affiliation of its own", "dated affiliations of its own"),
        "side.speaker": ("side that it is set on", "sides that it is set on"),
        "side.side": ("speaker set on its side", "speakers set on its side"),
        "stancelink.claim": ("statement bearing on it", "statements bearing on it"),
        "claimrelation.a": ("relation to another claim", "relations to other claims"),
        "claimrelation.b": ("relation from another claim", "relations from other claims"),
        "verdict.basis": ("verdict resting on it", "verdicts resting on it"),
    }
)
"""What a reference is called, for one and for several."""


@dataclass(frozen=True)
class Line:
    """So many things of a kind."""

    n: int
    words: str


def what_moves(away: Row, user: User) -> list[Line]:
    """Count what names `away`, as far as the user may read it."""
    counts = {
        reference.name: _readable(reference, reference.naming(away), user).count()
        for reference in REFERENCES[type(away)]
    }
    return _lines(counts)


def what_is_left(left: Mapping[str, Sequence[int]], kind: type[Row], user: User) -> list[Line]:
    """Count what was not moved back, as far as the user may read it."""
    tables: dict[str, type[Row]] = {
        reference.name: reference.owner
        for reference in REFERENCES[kind]
        if reference.owner and not reference.shown_by
    }
    tables["statement.spans"] = Statement
    counts = {}
    for name, keys in left.items():
        table = tables.get(name)
        counts[name] = _readable_rows(table, keys, user) if table else len(set(keys))
    return _lines(counts)


def likely_same(row: R, rows: "QuerySet[R]") -> list[R]:
    """Return those of `rows` that share most words with a speaker's names or a claim's wording."""
    own = _words(row)
    if not own:
        return []
    column = "name_key" if row._meta.model is Speaker else "text_key"
    holding = reduce(or_, (Q(**{f"{column}__contains": word}) for word in sorted(own, key=len)[-8:]))
    others = rows.filter(holding).exclude(pk=row.pk)[:LOOKED_THROUGH]
    likeness = [(len(own & _words(other)) / len(own | _words(other)), other) for other in others]
    likeness.sort(key=lambda found: -found[0])
    return [other for likely, other in likeness if likely > 0][:LIKELY]


def _words(row: Speaker | Claim) -> set[str]:
    if isinstance(row, Claim):
        names = [row.text_key]
    else:
        names = [row.name_key, *(alias.key for alias in row.aliases.all())]
    return {word for name in names for word in re.findall(r"\w{3,}", name)}


def _lines(counts: Mapping[str, int]) -> list[Line]:
    return [Line(n, WORDS[name][0 if n == 1 else 1]) for name, n in counts.items() if n]


def _readable(reference: Reference, rows: "QuerySet[Any]", user: User) -> "QuerySet[Any]":
    if reference.owner is Statement:
        seen = Statement.objects.visible_to(user).order_by().values("pk")
        return rows.filter(**{f"{reference.key}__in": seen}).values(reference.key).distinct()
    if reference.owner in {Mention, Utterance}:
        return rows.filter(annotation_set__in=AnnotationSet.objects.visible_to(user).order_by().values("pk"))
    return rows


def _readable_rows(table: type[Row], keys: Sequence[int], user: User) -> int:
    """Count the rows of a table that the user may read; what is not there any more counts for nobody."""
    rows: QuerySet[Any] = table._default_manager.filter(pk__in=keys)
    if table is Statement:
        rows = Statement.objects.visible_to(user).filter(pk__in=keys)
    elif table in {Mention, Utterance}:
        rows = rows.filter(annotation_set__in=AnnotationSet.objects.visible_to(user).values("pk"))
    return rows.count()
