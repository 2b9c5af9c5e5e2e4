"""Give an article a corrected text, and take that back; place what could not follow."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.utils import timezone

from annotations.accounts.models import User
from annotations.audit.actions import Change, record, record_all
from annotations.audit.models import Event
from annotations.audit.steps import one_step
from annotations.claims.models import StanceLink
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
from annotations.revisions.course import Course, by_hand, course_of, furniture_of_revision, with_places
from annotations.revisions.lineage import lineage_of
from annotations.revisions.poses import Pose
from annotations.rows import advance
from annotations.spans import Span
from annotations.statements.checks import check_external_id
from annotations.statements.models import ChainLink, Mention, Statement, Utterance
from annotations.workload.actions import SetClosed, Superseded, heir_of
from annotations.workload.models import AnnotationSet

BATCH = 200
FOLLOW = "statement.follow"


class RevisionInUse(Conflict):
    """Work has gone on in a revision that somebody wants to take back."""

    code = "revision_in_use"


@dataclass(frozen=True)
class Revision:
    """The new article, and what became of the statements of the old one."""

    article: Article
    course: Course


@dataclass(frozen=True)
class Placed:
    """The statement in its new place, and in words which of its other spans were not found there."""

    statement: Statement
    left_out: Sequence[str]


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
    _move([(row, moved[str(row.uid)][0], {}) for row in rows], _by_uid(article), by)
    _move_parts_back(kept)
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
    _write_beside([(row, pose)])
    record(
        study_id=into.article.study_id,
        by=by,
        verb="statement.place",
        target=statement,
        before=before.to_event(),
        after=pose.to_event(),
    )
    return statement


Parts = Mapping[str, list[list[Any]]]
"""Where mentions and utterances stood: key, set and spans of each; and which sets were opened for which."""
Moves = Sequence[tuple[Statement, Pose, Mapping[str, object]]]
"""Statements, where they are to stand, and what else their events tell."""


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
    moves = [
        (
            row,
            Pose.of(row).moved(heirs[row.annotation_set_id], anchored),
            {"anchored": {"score": anchored.score, "found": anchored.how}},
        )
        for row, anchored in course.follow
    ]
    _move(moves, {str(each.uid): each for each in heirs.values()}, by)
    kept = {
        **_move_parts(anchoring, heirs),
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


def _heir(waits_in: AnnotationSet, newest: Article) -> AnnotationSet:
    found = heir_of(waits_in)
    if found is not None:
        return found
    author, codebook = waits_in.author_id, waits_in.codebook_id
    return AnnotationSet.objects.create(
        article=newest, kind=waits_in.kind, author_id=author, codebook_id=codebook
    )


def _by_uid(article: Article) -> dict[str, AnnotationSet]:
    return {str(each.uid): each for each in AnnotationSet.objects.of_article(article)}


def _move(moves: Moves, sets: Mapping[str, AnnotationSet], by: User) -> None:
    """Write where statements stand, with an event for each."""
    if not moves:
        return
    changes = [
        Change(verb=FOLLOW, target=row, before=Pose.of(row).to_event(), after={**pose.to_event(), **more})
        for row, pose, more in moves
    ]
    study_id = next(iter(sets.values())).article.study_id
    record_all(study_id=study_id, by=by, changes=changes)
    now = timezone.now()
    for row, pose, _ in moves:
        into = sets[pose.annotation_set]
        columns = {**pose.columns(row), "annotation_set": into, "version": row.version + 1, "updated_at": now}
        for name, value in columns.items():
            setattr(row, name, value)
    rows = [row for row, _, _ in moves]
    Statement.objects.bulk_update(rows, [*Pose.COLUMNS, "annotation_set", "version", "updated_at"], BATCH)
    _write_beside([(row, pose) for row, pose, _ in moves])


def _write_beside(poses: Iterable[tuple[Statement, Pose]]) -> None:
    """Write the spans of chains and values; both are loaded with their statements."""
    links, stances = [], []
    for row, pose in poses:
        for link, (source, cue) in zip(row.chain.all(), pose.chain, strict=True):
            if source or cue or link.source or link.cue:
                link.source, link.cue = source, cue
                links.append(link)
        for stance in row.stances.all():
            if stance.value:
                stance.value = {**stance.value, "span": pose.values[str(stance.claim.uid)]}
                stances.append(stance)
    ChainLink.objects.bulk_update(links, ["source", "cue"], BATCH)
    StanceLink.objects.bulk_update(stances, ["value"], BATCH)


def _move_parts(anchoring: Anchoring, heirs: Mapping[int, AnnotationSet]) -> Parts:
    """Let mentions and utterances follow where they can, and return where they stood."""
    now = timezone.now()
    mentions, utterances = [], []
    kept: dict[str, list[list[Any]]] = {"mentions": [], "utterances": []}
    for mention in Mention.objects.filter(annotation_set__in=heirs):
        placed = anchoring.place(Span(mention.start, mention.end))
        if placed:
            kept["mentions"].append([mention.pk, mention.annotation_set_id, mention.start, mention.end])
            mention.start, mention.end = placed.span.start, placed.span.end
            mentions.append(mention)
    for utterance in Utterance.objects.filter(annotation_set__in=heirs):
        segments = _moved_spans(anchoring, utterance.segments)
        breaks = _moved_spans(anchoring, utterance.interrupted_by)
        if segments is not None and breaks is not None:
            stood = [utterance.segments, utterance.interrupted_by]
            kept["utterances"].append([utterance.pk, utterance.annotation_set_id, *stood])
            utterance.segments, utterance.interrupted_by = segments, breaks
            utterances.append(utterance)
    parts: list[Mention | Utterance] = [*mentions, *utterances]
    for part in parts:
        part.annotation_set = heirs[part.annotation_set_id]
        part.version, part.updated_at = part.version + 1, now
    shared = ["annotation_set", "version", "updated_at"]
    Mention.objects.bulk_update(mentions, ["start", "end", *shared], BATCH)
    Utterance.objects.bulk_update(utterances, ["segments", "interrupted_by", *shared], BATCH)
    return kept


def _moved_spans(anchoring: Anchoring, spans: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]] | None:
    placed = anchoring.together([Span(each["start"], each["end"]) for each in spans])
    if placed is None:
        return None
    return [
        {**each, "start": new.span.start, "end": new.span.end}
        for each, new in zip(spans, placed, strict=True)
    ]


def _move_parts_back(kept: Parts) -> None:
    now = timezone.now()
    stood = {pk: rest for pk, *rest in kept["mentions"]}
    mentions = list(Mention.objects.filter(pk__in=stood))
    for mention in mentions:
        mention.annotation_set_id, mention.start, mention.end = stood[mention.pk]
    said = {pk: rest for pk, *rest in kept["utterances"]}
    utterances = list(Utterance.objects.filter(pk__in=said))
    for utterance in utterances:
        utterance.annotation_set_id, utterance.segments, utterance.interrupted_by = said[utterance.pk]
    for part in (*mentions, *utterances):
        part.version, part.updated_at = part.version + 1, now
    shared = ["annotation_set", "version", "updated_at"]
    Mention.objects.bulk_update(mentions, ["start", "end", *shared], BATCH)
    Utterance.objects.bulk_update(utterances, ["segments", "interrupted_by", *shared], BATCH)


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
