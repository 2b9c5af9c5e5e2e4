"""Open, submit and reopen sets."""

from django.db import transaction
from django.utils import timezone

from annotations.accounts.models import User
from annotations.audit.actions import record
from annotations.codebook.models import CodebookVersion
from annotations.corpus.models import Article
from annotations.errors import Conflict
from annotations.prepared import Prepared
from annotations.rows import advance
from annotations.studies.actions import author_of
from annotations.studies.models import Study
from annotations.workload.models import AnnotationSet


class SetClosed(Conflict):
    code = "set_closed"


class Superseded(Conflict):
    """The text was corrected: work goes on in the revision that has taken its place."""

    code = "article_superseded"

    def __init__(self) -> None:
        super().__init__(
            "This text was corrected: a later revision has taken its place. Open that one to go on; a statement"
            " that waits here can be placed in it or deleted."
        )


_SHARED = Prepared(
    lambda article: (
        AnnotationSet.objects.of_article(article).filter(kind=AnnotationSet.Kind.SHARED).with_author()
    ),
    int,
)
_OWN = Prepared(
    lambda article, user: (
        AnnotationSet.objects.of_article(article)
        .filter(kind=AnnotationSet.Kind.ANNOTATOR, author__user=user)
        .with_author()
    ),
    int,
    int,
)
_LOCKED = Prepared(
    lambda annotation_set: (
        AnnotationSet.objects.select_for_update(of=("article", "self"), no_key=True)
        .select_related("article__study", "codebook")
        .defer("article__text")
        .filter(pk=annotation_set)
    ),
    int,
)


def working_set(*, article: Article, by: User) -> AnnotationSet | None:
    """Return the set in which `by` works on `article`, or None before the first mark."""
    shared = article.study.mode == Study.Mode.SHARED
    for found in _SHARED(article.pk) if shared else _OWN(article.pk, by.pk):
        found.article = article
        return found
    return None


@transaction.atomic
def open_set(*, article: Article, by: User) -> AnnotationSet:
    """Return the set in which `by` works on `article`, opening it when this is the first mark.

    In a shared study that is the article's one shared set, in an independent study the annotator's own.
    """
    existing = working_set(article=article, by=by)
    if existing:
        return existing
    shared = article.study.mode == Study.Mode.SHARED
    author = None if shared else author_of(study=article.study, user=by)
    locked = Article.objects.select_for_update(of=("self",), no_key=True).only("pk", "revised_by")
    _refuse_superseded(locked.get(pk=article.pk))
    existing = working_set(article=article, by=by)
    if existing:
        return existing
    opened = AnnotationSet.objects.create(
        article=article,
        kind=AnnotationSet.Kind.SHARED if shared else AnnotationSet.Kind.ANNOTATOR,
        author=author,
        codebook=CodebookVersion.objects.current_for(article.study),
    )
    record(study_id=article.study_id, by=by, verb="set.open", target=opened, after={"kind": str(opened.kind)})
    return opened


@transaction.atomic
def submit_set(*, annotation_set: AnnotationSet, expected: int, by: User) -> AnnotationSet:
    """Mark the work on an article as done; an empty set says: looked, found nothing."""
    if annotation_set.state == AnnotationSet.State.SUBMITTED:
        raise SetClosed("This set is submitted already; reopen it to go on.")
    return _move(annotation_set, expected, AnnotationSet.State.SUBMITTED, by)


@transaction.atomic
def reopen_set(*, annotation_set: AnnotationSet, expected: int, by: User) -> AnnotationSet:
    if annotation_set.state == AnnotationSet.State.OPEN:
        raise Conflict("This set is open already.")
    return _move(annotation_set, expected, AnnotationSet.State.OPEN, by)


def _move(
    annotation_set: AnnotationSet, expected: int, state: AnnotationSet.State, by: User
) -> AnnotationSet:
    _refuse_superseded(annotation_set.article)
    before = {"state": annotation_set.state}
    submitted_at = timezone.now() if state == AnnotationSet.State.SUBMITTED else None
    advance(annotation_set, expected=expected, changes={"state": state, "submitted_at": submitted_at})
    record(
        study_id=annotation_set.article.study_id,
        by=by,
        verb="set.submit" if submitted_at else "set.reopen",
        target=annotation_set,
        before=before,
        after={"state": str(state)},
    )
    return annotation_set


def lock_open(annotation_set: AnnotationSet, *, waiting: bool = False) -> AnnotationSet:
    """Lock the set inside the caller's transaction and refuse if it is submitted.

    The article is locked with it, and first, as where a set is opened: two orders would wait for each other.
    Its furniture is as read until the statement is stored. In a superseded article nothing changes; with
    `waiting` for what is done to statements that wait there to be placed: then the set in which that work goes
    on must be open.
    """
    [locked] = _LOCKED(annotation_set.pk)
    if locked.article.is_superseded and not waiting:
        raise Superseded
    working = heir_of(locked) if locked.article.is_superseded else locked
    if working is not None and working.state != AnnotationSet.State.OPEN:
        raise SetClosed("This article is marked as done; reopen it to change its statements.")
    known = annotation_set.article if AnnotationSet.article.is_cached(annotation_set) else None
    if known is not None and "text" not in known.get_deferred_fields():
        locked.article.text = known.text  # a text never changes; no need to read it again
    return locked


def heir_of(annotation_set: AnnotationSet) -> AnnotationSet | None:
    """Return the set of the same author in the newest revision of the article."""
    article = annotation_set.article
    while article.revised_by_id is not None:
        article = Article.objects.without_text().get(pk=article.revised_by_id)
    same = AnnotationSet.objects.of_article(article).filter(kind=annotation_set.kind)
    return same.filter(author=annotation_set.author_id).select_related("codebook").in_order().first()


def _refuse_superseded(article: Article) -> None:
    if article.is_superseded:
        raise Superseded
