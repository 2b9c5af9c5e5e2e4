"""Write where statements, mentions and utterances stand, once it is settled where that is."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils import timezone

from annotations.accounts.models import User
from annotations.audit.actions import Change, record_all
from annotations.claims.models import StanceLink
from annotations.revisions.anchors import Anchoring
from annotations.revisions.poses import Pose
from annotations.spans import Span
from annotations.statements.models import ChainLink, Mention, Statement, Utterance
from annotations.workload.models import AnnotationSet

BATCH = 200
FOLLOW = "statement.follow"

Parts = Mapping[str, list[list[Any]]]
"""Where mentions and utterances stood: key, set and spans of each; and which sets were opened for which."""
Moves = Sequence[tuple[Statement, Pose, Mapping[str, object]]]
"""Statements, where they are to stand, and what else their events tell."""


def move_statements(moves: Moves, sets: Mapping[str, AnnotationSet], by: User) -> None:
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
    write_beside([(row, pose) for row, pose, _ in moves])


def write_beside(poses: Iterable[tuple[Statement, Pose]]) -> None:
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


def move_parts(anchoring: Anchoring, heirs: Mapping[int, AnnotationSet]) -> Parts:
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


def move_parts_back(kept: Parts) -> None:
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
