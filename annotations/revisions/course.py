"""What would become of an article's statements under a new text: computed, nothing is written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from annotations.claims.models import stances_of_statements
from annotations.corpus import furniture
from annotations.corpus.models import Article
from annotations.corpus.text import paragraphs
from annotations.revisions.anchors import Anchored, Anchoring
from annotations.revisions.poses import Pose
from annotations.revisions.proposals import Proposal, Proposing
from annotations.spans import RoleSpan, Span, SpanList, SpanRole
from annotations.statements.models import Statement, StatementQuerySet
from annotations.workload.models import AnnotationSet


@dataclass(frozen=True)
class Course:
    """Statements that follow into the new text, each with its place, and those that a person has to place."""

    follow: Sequence[tuple[Statement, Anchored]]
    stay: Sequence[Statement]


def course_of(anchoring: Anchoring, lines: Iterable[Span], statements: Iterable[Statement]) -> Course:
    """Try to place each statement in the new text, where `lines` are furniture; load `with_places`."""
    follow: list[tuple[Statement, Anchored]] = []
    stay = []
    kept = list(lines)
    for statement in statements:
        anchored = anchoring.anchor(statement.span_list, Pose.of(statement).beside)
        if anchored is None or touches(anchored.spans, kept):
            stay.append(statement)
        else:
            follow.append((statement, anchored))
    return Course(follow, stay)


def touches(spans: SpanList, lines: Iterable[Span]) -> bool:
    return any(item.span.meets(line) for line in lines for item in spans)


def with_places(statements: StatementQuerySet) -> StatementQuerySet:
    """Load all that a pose reads, without the texts."""
    loaded = statements.with_set().prefetch_related("chain", stances_of_statements())
    return loaded.without_texts().in_text_order()


def furniture_of_revision(article: Article, text: str, anchoring: Anchoring) -> list[dict[str, Any]]:
    """Recognise the furniture of a corrected text; lines that are unchanged stay what people have made of them."""
    recognised = {line.start: line.kind for line in furniture.recognise(text)}
    known = {line["start"]: line["kind"] for line in article.furniture}
    out = []
    for line in paragraphs(text):
        if line.end == line.start:
            continue
        origin = anchoring.origin(Span(line.start, line.end))
        whole = origin is not None and _is_line(article.text, origin)
        kind = known.get(origin.start) if origin and whole else recognised.get(line.start)
        if kind:
            out.append({"start": line.start, "end": line.end, "kind": kind})
    return out


def _is_line(text: str, span: Span) -> bool:
    return (span.start == 0 or text[span.start - 1] == "\n") and text[span.end : span.end + 1] in {"", "\n"}


def by_hand(
    statement: Statement, anchoring: Anchoring, newest: Article, into: AnnotationSet, content: Sequence[Span]
) -> Pose:
    """Return the pose with these words as content; the other spans as far as they are found in the new text."""
    items = [RoleSpan(SpanRole.CONTENT, span) for span in content]
    for item in statement.span_list:
        placed = anchoring.place(item.span) if item.role != SpanRole.CONTENT else None
        if placed and not any(placed.span.meets(line) for line in newest.furniture_spans):
            items.append(RoleSpan(item.role, placed.span, item.speaker))
    spans = SpanList.of(items).read_from(newest.text, newest.furniture_spans)
    pose = Pose.of(statement)
    found = [anchoring.place(span) if span else None for span in pose.slots]
    return pose.carried(into, spans, [each.span if each else None for each in found])


def proposal_for(statement: Statement, proposing: Proposing) -> list[Proposal] | None:
    """Return the likeliest place of each content span; None if one of them has none, or they do not fit."""
    found = [proposing.propose(span) for span in statement.span_list.content]
    likely = [each for each in found if each is not None]
    in_order = all(a.span.end <= b.span.start for a, b in pairwise(likely))
    return likely if len(likely) == len(found) and in_order else None
