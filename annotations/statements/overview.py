"""What stands in a user's studies: how much there is, how far it is, and what is next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Case, Count, Exists, Max, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, JSONObject

from annotations.accounts.models import User
from annotations.audit.models import Event
from annotations.corpus.models import Article, ArticleQuerySet
from annotations.prepared import Prepared
from annotations.statements.models import Statement, StatementQuerySet
from annotations.studies.models import Author, Membership, Study
from annotations.workload.models import AnnotationSet, AnnotationSetQuerySet, readable_sets


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


class Work(NamedTuple):
    """An article by which to go on."""

    uid: UUID
    title: str


@dataclass(frozen=True)
class Outlook:
    """The articles of a study that stand, by state; the one in progress that was worked on last, the user's own work
    first, and the oldest that nobody has begun. `has_earlier`: some were corrected, and have earlier revisions.
    """

    n_by_state: Mapping[str, int]
    unfinished: Work | None
    fresh: Work | None
    has_earlier: bool


@dataclass(frozen=True)
class NextUp:
    """An article in progress, the user's own work first, and the first that nobody has started."""

    unfinished: Article | None
    fresh: Article | None


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


def outlook(study: Study, user: User) -> Outlook:
    """Say where a study stands for a member, in one query."""
    [(n, begun, unfinished, fresh, has_earlier)] = _OUTLOOKS[study.mode](study.pk, user.pk)
    return Outlook(by_state(n, begun), _work(unfinished), _work(fresh), has_earlier)


def _outlook_rows(mode: str) -> Prepared[tuple[Any, ...]]:
    """Prepare the reading of an outlook by study and reader."""

    def rows(study_id: int, reader_id: int) -> QuerySet[Study, tuple[Any, ...]]:
        study, reader = Study(pk=study_id, mode=mode), User(pk=reader_id)
        articles, sets = standing_in(study), work_of(study, reader)
        in_sets = sets.filter(article__study=study, article__deleted_at=None, article__revised_by=None)
        path = "annotation_set__article__"
        return Study.objects.filter(pk=study_id).values_list(
            *counts_by_state(articles, in_sets),
            Coalesce(*(_as_work(each, path) for each in _worked_on(study, reader))),
            _as_work(_not_begun(articles, sets)),
            Exists(Article.objects.in_study(study).superseded()),
        )

    return Prepared(rows, int, int)


def next_up(study: Study, user: User) -> NextUp:
    """Say what the user may go on with, as articles without their texts."""
    own, others = (each.values("annotation_set__article")[:1] for each in _worked_on(study, user))
    fresh = _not_begun(standing_in(study), work_of(study, user))
    begun = Case(When(pk=Coalesce(Subquery(own), Subquery(others)), then=True), default=False)
    found = Article.objects.without_text().annotate(begun=begun)
    rows = found.filter(Q(begun=True) | Q(pk=Subquery(fresh.values("pk")[:1])))
    by_begun = {vars(article)["begun"]: article for article in rows}
    return NextUp(unfinished=by_begun.get(True), fresh=by_begun.get(False))


def standing_in(study: Study) -> ArticleQuerySet:
    return Article.objects.in_study(study).present().current()


def work_of(study: Study, user: User) -> AnnotationSetQuerySet:
    """Return the sets that count as work, as far as a member may read them; use it on articles of the study alone."""
    return AnnotationSet.objects.readable_on(study, user).exclude(kind=AnnotationSet.Kind.MACHINE)


def counts_by_state(articles: ArticleQuerySet, sets: AnnotationSetQuerySet) -> tuple[Subquery, Subquery]:
    """Return columns that `by_state` reads: how many articles there are, and on how many of them the sets show work."""
    n = articles.order_by().values(of=Value(1)).annotate(n=Count("pk")).values("n")
    is_open = Q(state=AnnotationSet.State.OPEN)
    begun = JSONObject(
        all=Count("article", distinct=True), open=Count("article", filter=is_open, distinct=True)
    )
    return Subquery(n), Subquery(sets.values(of=Value(1)).annotate(begun=begun).values("begun"))


def by_state(n: int, begun: Mapping[str, int]) -> dict[str, int]:
    return {
        ArticleState.NEW.value: n - begun["all"],
        ArticleState.OPEN.value: begun["open"],
        ArticleState.DONE.value: begun["all"] - begun["open"],
    }


def counts_of(articles: ArticleQuerySet, sets: AnnotationSetQuerySet) -> dict[str, int]:
    """Return how many of the articles of a study are in each state."""
    columns = counts_by_state(articles, sets.filter(article__in=articles.values("pk")))
    return by_state(*Study.objects.order_by().values_list(*columns)[:1].get())


def with_state(articles: ArticleQuerySet, sets: AnnotationSetQuerySet) -> QuerySet[Any]:
    """Add `state`, over these sets."""
    own = sets.filter(article=OuterRef("pk"))
    return articles.annotate(
        state=Case(
            When(Exists(own.filter(state=AnnotationSet.State.OPEN)), then=Value(ArticleState.OPEN.value)),
            When(Exists(own), then=Value(ArticleState.DONE.value)),
            default=Value(ArticleState.NEW.value),
        )
    )


def _worked_on(study: Study, user: User) -> tuple[StatementQuerySet, StatementQuerySet]:
    """Return the statements in open sets, the user's own and all, those changed last first; an index has each order."""
    article = "annotation_set__article__"
    standing = {f"{article}study": study, f"{article}deleted_at": None, f"{article}revised_by": None}
    rows = Statement.objects.filter(
        *([] if study.mode == Study.Mode.SHARED else [readable_sets(user, "annotation_set__")]),
        ~Q(annotation_set__kind=AnnotationSet.Kind.MACHINE),
        **standing,
        deleted_at=None,
        annotation_set__state=AnnotationSet.State.OPEN,
    ).order_by("-updated_at", "-pk")
    hand = Author.objects.filter(study=study, user=user).values("pk")
    return rows.filter(created_by=Subquery(hand)), rows


def _not_begun(articles: ArticleQuerySet, sets: AnnotationSetQuerySet) -> ArticleQuerySet:
    """Return the articles without any of the sets, the oldest first."""
    return articles.exclude(Exists(sets.filter(article=OuterRef("pk")))).order_by("created_at", "pk")


def _as_work(rows: QuerySet[Any], path: str = "") -> Subquery:
    """Return the article of the first of the rows, which lies at `path`, as `_work` reads it."""
    return Subquery(rows.values(work=JSONObject(uid=f"{path}uid", title=f"{path}title"))[:1])


def _work(found: Mapping[str, str] | None) -> Work | None:
    return Work(UUID(found["uid"]), found["title"]) if found else None


def _grouped(rows: QuerySet[Any], by: str, value: Count | Max) -> dict[int, Any]:
    return {row[by]: row["value"] for row in rows.values(by).order_by().annotate(value=value)}


_OUTLOOKS = {mode: _outlook_rows(mode) for mode in Study.Mode.values}
