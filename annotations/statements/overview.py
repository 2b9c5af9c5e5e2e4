"""What stands in a user's studies: lists with states and counts, each in a few grouped queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Lower

from annotations.accounts.models import User
from annotations.audit.figures import Figures
from annotations.audit.models import Event
from annotations.corpus.models import Article, ArticleQuerySet
from annotations.statements.models import Statement
from annotations.studies.models import Membership, Study
from annotations.workload.models import AnnotationSet, AnnotationSetQuerySet

PAGE = 50


class ArticleState(StrEnum):
    """How far the work on an article is, over the sets that the asker may read."""

    NEW = "new"
    OPEN = "open"
    DONE = "done"


@dataclass(frozen=True)
class StudyLine:
    """One study in a user's list; `n_statements` counts those that the user may read."""

    study: Study
    role: str
    n_members: int
    n_articles: int
    n_statements: int
    last_change: datetime


@dataclass(frozen=True, kw_only=True)
class ArticleFilter:
    """What to keep of a study's articles, and in which order; the defaults keep all, newest first."""

    words: str = ""
    state: str = ""
    outlet: UUID | None = None
    published_after: date | None = None
    published_before: date | None = None
    earlier: bool = False
    sort: str = "-added"


@dataclass(frozen=True)
class ArticleLine:
    article: Article
    state: str
    n_statements: int
    last_change: datetime


@dataclass(frozen=True)
class ArticleTable:
    """One page of the articles; `n_by_state` counts all that the filter, its state apart, keeps."""

    lines: Sequence[ArticleLine]
    n_by_state: Mapping[str, int]
    n: int
    page: int
    n_pages: int

    @property
    def n_all(self) -> int:
        return sum(self.n_by_state.values())

    @property
    def previous_page(self) -> int:
        return self.page - 1

    @property
    def next_page(self) -> int:
        return self.page + 1


@dataclass(frozen=True)
class NextUp:
    """An article in progress, the user's own work first, and the first that nobody has started."""

    unfinished: Article | None
    fresh: Article | None


_RANK = Case(When(state=ArticleState.OPEN, then=0), When(state=ArticleState.NEW, then=1), default=2)
_ORDERS: Mapping[str, tuple[Any, ...]] = MappingProxyType(
    {
        "-added": (F("created_at").desc(), F("pk").desc()),
        "added": (F("created_at").asc(), F("pk").asc()),
        "title": (Lower("title").asc(), F("pk").asc()),
        "-title": (Lower("title").desc(), F("pk").desc()),
        "-published": (F("published_on").desc(nulls_last=True), F("pk").desc()),
        "published": (F("published_on").asc(nulls_last=True), F("pk").asc()),
        "state": (_RANK.asc(), F("created_at").desc(), F("pk").desc()),
        "-state": (_RANK.desc(), F("created_at").desc(), F("pk").desc()),
    }
)
SORTS = tuple(_ORDERS)


def studies_of(user: User) -> list[StudyLine]:
    """Return the user's studies by name, archived ones too."""
    studies = list(Study.objects.visible_to(user).with_role_of(user).by_name())
    keys = [study.pk for study in studies]
    members = _grouped(Membership.objects.filter(study__in=keys), "study", Count("pk"))
    articles = _grouped(Article.objects.filter(study__in=keys).present().current(), "study", Count("pk"))
    statements = _grouped(
        Statement.objects.visible_to(user).exclude(annotation_set__kind=AnnotationSet.Kind.MACHINE),
        "annotation_set__article__study",
        Count("pk"),
    )
    changes = _grouped(Event.objects.filter(study_id__in=keys), "study_id", Max("at"))
    return [
        StudyLine(
            study=study,
            role=str(vars(study)["asker_role"]),
            n_members=members.get(study.pk, 0),
            n_articles=articles.get(study.pk, 0),
            n_statements=statements.get(study.pk, 0),
            last_change=changes.get(study.pk, study.updated_at),
        )
        for study in studies
    ]


def article_table(
    study: Study,
    user: User,
    wanted: ArticleFilter,
    page: int = 1,
    *,
    size: int | None = None,
    figures: Figures | None = None,
) -> ArticleTable:
    """Return one page of the study's articles as the user may see them; the user is a member."""
    size = size or PAGE
    sets = _sets_of(study, user)
    kept = _with_state(_kept(study, wanted, figures), sets)
    by_state = replace(wanted, state="", sort="-added")
    counts = figures.get("states", partial(_counted, kept), by_state) if figures else _counted(kept)
    if wanted.state:
        kept = kept.filter(state=wanted.state)
    n = counts.get(wanted.state, 0) if wanted.state else sum(counts.values())
    n_pages = max(1, -(-n // size))
    page = min(max(1, page), n_pages)
    rows = kept.order_by(*_ORDERS[wanted.sort])[(page - 1) * size : page * size]
    return ArticleTable(_lines(list(rows), sets), counts, n, page, n_pages)


def _counted(kept: QuerySet[Any]) -> dict[str, int]:
    """Return how many articles are in each state."""
    found = kept.values("state").order_by().annotate(n=Count("pk"))
    return {state.value: 0 for state in ArticleState} | {row["state"]: row["n"] for row in found}


def next_up(study: Study, user: User) -> NextUp:
    """Say what the user may go on with: the open article worked on last, and the oldest new one.

    One's own statements go before those of others.
    """
    sets = _sets_of(study, user)
    begun = Exists(sets.filter(article=OuterRef("pk")))
    articles = Article.objects.in_study(study).present().current().without_text()
    worked = (
        Statement.objects.present()
        .filter(annotation_set__in=sets.filter(state=AnnotationSet.State.OPEN, article__revised_by=None))
        .annotate(distance=Case(When(created_by__user=user, then=0), default=1))
        .order_by("distance", "-updated_at", "pk")
    )
    nearest = worked.values("annotation_set__article")[:1]
    fresh = articles.exclude(begun).order_by("created_at", "pk").values("pk")[:1]
    found = articles.filter(Q(pk=Subquery(nearest)) | Q(pk=Subquery(fresh))).annotate(begun=begun)
    by_begun = {vars(article)["begun"]: article for article in found}
    return NextUp(unfinished=by_begun.get(True), fresh=by_begun.get(False))


def _kept(study: Study, wanted: ArticleFilter, figures: Figures | None) -> ArticleQuerySet:
    rows = Article.objects.in_study(study).present().without_text().with_outlet()
    rows = rows.superseded() if wanted.earlier else rows.current()
    if wanted.words and figures:  # the texts are read once for counts, rows and other pages
        rows = rows.among(
            figures.get("holding", partial(_holding, rows, wanted.words), wanted.words, wanted.earlier)
        )
    elif wanted.words:
        rows = rows.matching(wanted.words)
    if wanted.outlet:
        rows = rows.from_outlet(str(wanted.outlet))
    return rows.published_between(wanted.published_after, wanted.published_before)


def _holding(rows: ArticleQuerySet, words: str) -> list[int]:
    """Return the keys of the articles whose title or text holds the words."""
    return list(rows.matching(words).order_by().values_list("pk", flat=True))


def _sets_of(study: Study, user: User) -> AnnotationSetQuerySet:
    return AnnotationSet.objects.readable_in(study, user).exclude(kind=AnnotationSet.Kind.MACHINE)


def _with_state(articles: ArticleQuerySet, sets: AnnotationSetQuerySet) -> QuerySet[Any]:
    """Add `state`, over these sets."""
    own = sets.filter(article=OuterRef("pk"))
    return articles.annotate(
        state=Case(
            When(Exists(own.filter(state=AnnotationSet.State.OPEN)), then=Value(ArticleState.OPEN.value)),
            When(Exists(own), then=Value(ArticleState.DONE.value)),
            default=Value(ArticleState.NEW.value),
        )
    )


def _lines(articles: Sequence[Article], sets: AnnotationSetQuerySet) -> list[ArticleLine]:
    numbers = (
        sets.filter(article__in=[article.pk for article in articles])
        .values("article")
        .order_by()
        .annotate(
            n=Count("statements", filter=Q(statements__deleted_at=None), distinct=True),
            set_change=Max("updated_at"),
            statement_change=Max("statements__updated_at"),
        )
    )
    found = {row["article"]: row for row in numbers}
    return [
        ArticleLine(
            article=article,
            state=vars(article)["state"],
            n_statements=found[article.pk]["n"] if article.pk in found else 0,
            last_change=_latest(article, found.get(article.pk, {})),
        )
        for article in articles
    ]


def _latest(article: Article, row: Mapping[str, Any]) -> datetime:
    moments = [article.updated_at, row.get("set_change"), row.get("statement_change")]
    return max(moment for moment in moments if moment is not None)


def _grouped(rows: QuerySet[Any], by: str, value: Count | Max) -> dict[int, Any]:
    return {row[by]: row["value"] for row in rows.values(by).order_by().annotate(value=value)}
