"""Who did what last in a study, read from the log as sentences."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from annotations.accounts.models import User
from annotations.audit.models import Event, Logged, of_themselves
from annotations.corpus.models import Article
from annotations.history.phrases import PHRASES, around
from annotations.prepared import Prepared
from annotations.statements.models import Statement
from annotations.studies.models import Study
from annotations.workload.models import AnnotationSet

READ = 200
SHOWN = 12

_WORK = ("statement.", "stance.", "set.")
"""Verbs of set work, which in an independent study nobody sees of others."""
_NAMELESS = ("annotationset", "goldfile")
_WITHOUT_LINK = (
    "article.delete",
    "article.purge",
    "statement.discard",
    "statement.delete",
    "statement.purge",
)


@dataclass(frozen=True)
class Place:
    """An article, and the statement in it where there is one."""

    article: UUID
    title: str
    statement: UUID | None = None


@dataclass(frozen=True)
class Happening:
    """One or several like changes in a row: `who` `phrase` `label` `rest`, in `place`, last `at`."""

    who: str
    phrase: str
    label: str
    rest: str
    is_quotation: bool
    place: Place | None
    at: datetime
    times: int


def latest(study: Study, user: User) -> list[Happening]:
    """Return the newest changes that the user may know of, like ones in a row as one."""
    events = of_themselves(_Told(*row) for row in _TOLD[study.mode](study.pk, user.pk))
    runs = [list(run) for _, run in groupby(events, key=_likeness)][:SHOWN]
    places = places_of(run[0] for run in runs)
    return [
        _happening(run, places.get(UUID(run[0].target_id)) if has_place(run[0]) else None) for run in runs
    ]


class _Told(NamedTuple):
    """What is told of an event, read as columns: two hundred are read to show a dozen runs of them."""

    batch: UUID
    verb: str
    target_type: str
    target_id: str
    label: str
    at: datetime
    by_id: int | None
    by: str | None


def _told_rows(mode: str) -> Prepared[tuple[Any, ...]]:
    """Prepare the reading of the newest events by study and reader."""

    def rows(study: int, reader: int) -> QuerySet[Event, tuple[Any, ...]]:
        told = Q(verb__in=PHRASES)
        if mode == Study.Mode.INDEPENDENT:
            told &= Q(by=reader) | ~_any_of(_WORK)
        events = Event.objects.of_study(study).filter(told).newest_first()
        return events.values_list(*_Told._fields[:-1], "by__username")[:READ]

    return Prepared(rows, int, int)


def _any_of(prefixes: Sequence[str]) -> Q:
    found = Q()
    for prefix in prefixes:
        found |= Q(verb__startswith=prefix)
    return found


def _likeness(event: _Told) -> tuple[object, ...]:
    """Return what makes changes one: the same hand and verb on one thing; in adding, on any."""
    return event.by_id, event.verb, "" if event.verb.endswith(".add") else event.target_id


def has_place(event: Logged) -> bool:
    """Tell whether the target is an article, or lies in one."""
    return event.target_type in {"article", "statement", "annotationset"} and event.verb not in _WITHOUT_LINK


def places_of(events: Iterable[Logged]) -> dict[UUID, Place]:
    """Find the articles of the targets, in one query; what is in the bin has no place."""
    wanted: dict[str, list[str]] = {"article": [], "statement": [], "annotationset": []}
    for event in events:
        if has_place(event):
            wanted[event.target_type].append(event.target_id)
    path = "annotation_set__article"
    statements = Statement.objects.filter(uid__in=wanted["statement"], deleted_at=None)
    sets = AnnotationSet.objects.filter(uid__in=wanted["annotationset"], article__deleted_at=None)
    articles = Article.objects.filter(uid__in=wanted["article"]).present()
    rows = (
        statements.filter(**{f"{path}__deleted_at": None})
        .values_list("uid", f"{path}__uid", f"{path}__title")
        .union(
            sets.values_list("uid", "article__uid", "article__title"),
            articles.values_list("uid", "uid", "title"),
        )
    )
    marked = {UUID(target) for target in wanted["statement"]}
    return {
        target: Place(article, title, target if target in marked else None) for target, article, title in rows
    }


def _happening(run: Sequence[_Told], place: Place | None) -> Happening:
    first = run[0]
    phrase, rest = around(PHRASES[first.verb])
    return Happening(
        who=first.by or "The installation",
        phrase=phrase,
        label="" if first.target_type in _NAMELESS else first.label,
        rest=rest,
        is_quotation=first.target_type == "statement",
        place=place,
        at=first.at,
        times=len(run),
    )


_TOLD = {mode: _told_rows(mode) for mode in Study.Mode.values}
