"""Give a statement that waits its place in the text that stands, and take that back."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from annotations.accounts.models import User
from annotations.audit.actions import record
from annotations.corpus.models import Article
from annotations.errors import Conflict
from annotations.revisions.anchors import Anchoring
from annotations.revisions.course import by_hand, with_places
from annotations.revisions.lineage import lineage_of
from annotations.revisions.moving.actions import write_beside
from annotations.revisions.poses import Pose
from annotations.rows import advance
from annotations.spans import Span
from annotations.statements.checks import check_external_id
from annotations.statements.models import Statement
from annotations.workload.actions import SetClosed, Superseded, heir_of
from annotations.workload.models import AnnotationSet


@dataclass(frozen=True)
class Placed:
    """The statement in its new place, and in words which of its other spans were not found there."""

    statement: Statement
    left_out: Sequence[str]


@transaction.atomic
def place_statement(*, statement: Statement, expected: int, content: Sequence[Span], by: User) -> Placed:
    """Give a statement that waits its place in the newest revision: these words are its content there.

    Its other spans come along where they are found; the others are left out, and kept in the log.
    """
    row = with_places(Statement.objects.filter(pk=statement.pk)).defer(None).get()
    waits_in = row.annotation_set
    if not waits_in.article.is_superseded:
        raise Conflict("This statement has its place already; its spans can be changed on its card.")
    newest = Article.objects.get(pk=lineage_of(waits_in.article)[-1].pk)
    anchoring = Anchoring(waits_in.article.text, newest.text)
    pose = by_hand(row, anchoring, newest, _heir(waits_in, newest), content)
    left_out = Pose.of(row).missing_from(pose)
    return Placed(move_statement(statement=statement, expected=expected, pose=pose, by=by), left_out)


@transaction.atomic
def move_statement(*, statement: Statement, expected: int, pose: Pose, by: User) -> Statement:
    """Put a statement where a pose says: into a set of the newest revision, or back to where it waited."""
    row = with_places(Statement.objects.filter(pk=statement.pk)).get()
    into = AnnotationSet.objects.select_related("article").defer("article__text").get(uid=pose.annotation_set)
    working = into if row.annotation_set.article.is_superseded else row.annotation_set
    locked = AnnotationSet.objects.select_for_update(of=("self", "article"), no_key=True)
    standing = locked.select_related("article").defer("article__text").get(pk=working.pk)
    if standing.article.is_superseded:
        raise Superseded
    if standing.state != AnnotationSet.State.OPEN:
        raise SetClosed("This article is marked as done; reopen it to place its statements.")
    if row.external_id:
        check_external_id(into, row.external_id, row)
    before = Pose.of(row)
    advance(statement, expected=expected, changes={**pose.columns(row), "annotation_set": into})
    write_beside([(row, pose)])
    record(
        study_id=into.article.study_id,
        by=by,
        verb="statement.place",
        target=statement,
        before=before.to_event(),
        after=pose.to_event(),
    )
    return statement


def _heir(waits_in: AnnotationSet, newest: Article) -> AnnotationSet:
    found = heir_of(waits_in)
    if found is not None:
        return found
    author, codebook = waits_in.author_id, waits_in.codebook_id
    return AnnotationSet.objects.create(
        article=newest, kind=waits_in.kind, author_id=author, codebook_id=codebook
    )
