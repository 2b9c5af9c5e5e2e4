"""Give an article a corrected text, and take that back."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.utils import timezone

from annotations.accounts.models import User
from annotations.audit.actions import record
from annotations.audit.models import Event
from annotations.audit.steps import one_step
from annotations.corpus import text
from annotations.corpus.actions import (
    METADATA,
    ArticleDraft,
    DuplicateText,
    add_article,
    delete_article,
    restore_article,
)
from annotations.corpus.models import Article
from annotations.errors import Conflict, Invalid
from annotations.revisions.anchors import Anchoring
from annotations.revisions.course import Course, course_of, furniture_of_revision, with_places
from annotations.revisions.lineage import lineage_of
from annotations.revisions.moving.actions import FOLLOW, Parts, move_parts, move_parts_back, move_statements
from annotations.revisions.poses import Pose
from annotations.rows import advance
from annotations.spans import Span
from annotations.statements.models import Mention, Statement, Utterance
from annotations.workload.actions import Superseded
from annotations.workload.models import AnnotationSet


class RevisionInUse(Conflict):
    """Work has gone on in a revision that somebody wants to take back."""

    code = "revision_in_use"


@dataclass(frozen=True)
class Revision:
    """The new article, and what became of the statements of the old one."""

    article: Article
    course: Course


@transaction.atomic
def revise_article(*, article: Article, expected: int, draft: ArticleDraft, by: User) -> Revision:
    """Put a corrected text in an article's place; its statements follow where their place is sure.

    The others stay where they are, for a person to place. What the draft does not say of the new article is as
    it was of the old one.
    """
    _check_text(article, draft)
    anchoring = Anchoring(article.text, draft.text)
    lines = draft.furniture
    if lines is None:
        lines = furniture_of_revision(article, draft.text, anchoring)
    metadata = {**_metadata_of(article), **draft.metadata}
    whole = replace(draft, metadata=metadata, furniture=lines)
    with one_step():
        return _supersede(article, expected, _added(article, whole, by), by, anchoring)


def forecast(*, article: Article, draft: ArticleDraft) -> Course:
    """Return what would become of the article's statements; nothing is written."""
    _check_text(article, draft)
    anchoring = Anchoring(article.text, draft.text)
    lines = furniture_of_revision(article, draft.text, anchoring)
    statements = with_places(Statement.objects.of_article(article).present())
    return course_of(anchoring, [Span(line["start"], line["end"]) for line in lines], statements)


def _check_text(article: Article, draft: ArticleDraft) -> None:
    text.check_text(draft.text)
    if article.is_superseded:
        raise Superseded
    if draft.text == article.text:
        raise Invalid.field("text", "This is the text that stands already; change it, or edit the details.")


@transaction.atomic
def supersede_article(*, article: Article, expected: int, revision: Article, by: User) -> Revision:
    """Put an article that is there in another's place, and let the statements follow."""
    with one_step():
        return _supersede(article, expected, revision, by, Anchoring(article.text, revision.text))


@transaction.atomic
def take_back_revision(*, article: Article, expected: int, by: User) -> Article:
    """Let an earlier text stand again, with its statements where they were; the corrected one is left empty.

    Refused where work has gone on in the corrected text since.
    """
    revision = Article.objects.select_for_update(of=("self",)).filter(revision_of=article.pk).first()
    if revision is None:
        raise Conflict("No revision has taken the place of this article.")
    event = _correction(article, revision)
    if event is None:
        raise RevisionInUse(
            "The log does not tell where the statements were: this revision came with a file."
        )
    kept: Parts = (event.after or {})["kept"]
    followed = Event.objects.of_step(event.batch).filter(verb=FOLLOW)
    moved = {each.target_id: (Pose.from_event(each.before or {}), each.after or {}) for each in followed}
    sets = list(AnnotationSet.objects.of_article(revision))
    rows = list(with_places(Statement.objects.filter(annotation_set__in=sets)))
    _refuse_if_in_use(revision, sets, rows, {uid: after for uid, (_, after) in moved.items()}, kept)
    advance(article, expected=expected, changes={"revised_by": None})
    move_statements([(row, moved[str(row.uid)][0], {}) for row in rows], _by_uid(article), by)
    move_parts_back(kept)
    AnnotationSet.objects.filter(pk__in=[each.pk for each in sets]).delete()
    record(
        study_id=article.study_id,
        by=by,
        verb="article.revise",
        target=article,
        before={"revised_by": str(revision.uid)},
        after={"revised_by": None},
    )
    return article


def _supersede(
    article: Article, expected: int, revision: Article, by: User, anchoring: Anchoring
) -> Revision:
    locked = Article.objects.select_for_update(of=("self",)).only("pk", "revised_by").get(pk=article.pk)
    if locked.is_superseded:
        raise Superseded
    old_sets = list(AnnotationSet.objects.select_for_update(of=("self",)).filter(article=article).in_order())
    advance(article, expected=expected, changes={"revised_by": revision})
    before = _correction(article, revision)
    heirs = _open_heirs(old_sets, revision, (before.after or {})["kept"]["sets"] if before else [])
    statements = with_places(Statement.objects.of_article(article).present())
    course = course_of(anchoring, revision.furniture_spans, statements)
    _let_follow(course, heirs, by)
    kept = {
        **move_parts(anchoring, heirs),
        "sets": [[old, new.pk, str(new.uid)] for old, new in heirs.items()],
    }
    record(
        study_id=article.study_id,
        by=by,
        verb="article.revise",
        target=article,
        before={"revised_by": None},
        after={"revised_by": str(revision.uid), "kept": kept},
    )
    return Revision(revision, course)


def _let_follow(course: Course, heirs: Mapping[int, AnnotationSet], by: User) -> None:
    moves = [
        (
            row,
            Pose.of(row).moved(heirs[row.annotation_set_id], anchored),
            {"anchored": {"score": anchored.score, "found": anchored.how}},
        )
        for row, anchored in course.follow
    ]
    move_statements(moves, {str(each.uid): each for each in heirs.values()}, by)


def _added(article: Article, draft: ArticleDraft, by: User) -> Article:
    """Store the new text; it may be one that the article had before."""
    try:
        return add_article(study=article.study, draft=draft, by=by)
    except DuplicateText as error:
        if error.article.pk not in {each.pk for each in lineage_of(article)}:
            raise
        return add_article(study=article.study, draft=replace(draft, allow_duplicate=True), by=by)


def _metadata_of(article: Article) -> dict[str, Any]:
    """Return what is known of an article, but for the name that a client has given to it alone."""
    return {name: getattr(article, name) for name in METADATA - {"external_id"}}


def _correction(article: Article, revision: Article) -> Event | None:
    """Return the last event by which the revision took the article's place."""
    events = Event.objects.of_target(article).filter(verb="article.revise")
    return events.filter(after__revised_by=str(revision.uid)).order_by("id").last()


def _open_heirs(
    old_sets: Sequence[AnnotationSet], revision: Article, before: Sequence[list[Any]]
) -> dict[int, AnnotationSet]:
    """Open a set in the revision for each set of the old text, in the same state; by the key of the old one.

    A correction that is done again opens them under the ids that they had `before`.
    """
    now = timezone.now()
    ids = {old: {"pk": key, "uid": uid} for old, key, uid in before}
    made = AnnotationSet.objects.bulk_create(
        AnnotationSet(
            **ids.get(old.pk, {}),
            article=revision,
            kind=old.kind,
            author_id=old.author_id,
            codebook_id=old.codebook_id,
            state=old.state,
            submitted_at=old.submitted_at,
            created_at=now,
            updated_at=now,
        )
        for old in old_sets
    )
    return {old.pk: new for old, new in zip(old_sets, made, strict=True)}


def _by_uid(article: Article) -> dict[str, AnnotationSet]:
    return {str(each.uid): each for each in AnnotationSet.objects.of_article(article)}


def _refuse_if_in_use(
    revision: Article,
    sets: Collection[AnnotationSet],
    rows: Collection[Statement],
    left: Mapping[str, Mapping[str, Any]],
    kept: Parts,
) -> None:
    """Refuse to take a revision back if it is not as it was left: nothing that was done since may be lost."""
    for what in _uses(revision, sets, rows, left, kept):
        raise RevisionInUse(f"{what} Take that back first, or go on from the text that stands.")


def _uses(
    revision: Article,
    sets: Collection[AnnotationSet],
    rows: Collection[Statement],
    left: Mapping[str, Mapping[str, Any]],
    kept: Parts,
) -> Iterator[str]:
    if revision.is_superseded:
        yield "The corrected text was itself corrected since."
    if any(each.version > 1 for each in sets):
        yield "The corrected text was marked as done or reopened since."
    known = {name: [each[0] for each in kept[name]] for name in kept}
    mentions = Mention.objects.filter(annotation_set__in=sets).exclude(pk__in=known["mentions"])
    utterances = Utterance.objects.filter(annotation_set__in=sets).exclude(pk__in=known["utterances"])
    if any(str(row.uid) not in left for row in rows) or mentions.exists() or utterances.exists():
        yield "Something was marked or placed in the corrected text since."
    for row in rows:
        after = left.get(str(row.uid))
        if after and any(after[name] != value for name, value in Pose.of(row).to_event().items()):
            yield f"The spans of “{row}” were changed since."


@transaction.atomic
def delete_with_earlier(*, article: Article, expected: int, by: User) -> Article:
    """Put an article into the bin with its earlier revisions, and what waits in them."""
    with one_step():
        delete_article(article=article, expected=expected, by=by)
        for earlier in _earlier(article):
            if earlier.deleted_at is None:
                delete_article(article=earlier, expected=earlier.version, by=by)
    return article


@transaction.atomic
def restore_with_earlier(*, article: Article, expected: int, by: User) -> Article:
    """Take an article back from the bin, and with it the earlier revisions that lie there."""
    with one_step():
        restore_article(article=article, expected=expected, by=by)
        for earlier in _earlier(article):
            if earlier.deleted_at is not None:
                restore_article(article=earlier, expected=earlier.version, by=by)
    return article


def _earlier(article: Article) -> list[Article]:
    lineage = lineage_of(article)
    return lineage[: [each.pk for each in lineage].index(article.pk)]
