"""Cut the spans of one statement in two, or put two together; plain."""

from annotations.errors import Invalid
from annotations.spans import RoleSpan, Span, SpanList, SpanRole

CUT = (SpanRole.CONTENT, SpanRole.QUOTED)


def split_spans(spans: SpanList, at: int, text: str) -> tuple[SpanList, SpanList]:
    """Return the spans before and from code point `at`; source, cue and the other roles go to both halves.

    White space at the cut goes to neither.
    """
    if not spans.start < at < spans.end:
        raise Invalid.field("at", f"{at} does not lie inside the content [{spans.start}, {spans.end}).")
    shared = [item for item in spans if item.role not in CUT]
    pieces = [item for item in spans if item.role in CUT]
    end_before = len(text[:at].rstrip())
    start_after = len(text) - len(text[at:].lstrip())
    before = [part for item in pieces if (part := _clip(item, 0, end_before))]
    after = [part for item in pieces if (part := _clip(item, start_after, item.span.end))]
    return SpanList.of([*before, *shared]), SpanList.of([*after, *shared])


def joined_spans(first: SpanList, second: SpanList, text: str) -> SpanList:
    """Return all spans of both; those of one role with at most white space between become one."""
    items: list[RoleSpan] = []
    for item in sorted([*first, *second], key=lambda item: (item.role, item.span.start, item.span.end)):
        last = items[-1] if items else None
        if last and last.role == item.role and not text[last.span.end : item.span.start].strip():
            merged = Span(last.span.start, max(last.span.end, item.span.end))
            items[-1] = RoleSpan(last.role, merged, last.speaker or item.speaker)
        else:
            items.append(RoleSpan(item.role, Span(item.span.start, item.span.end), item.speaker))
    return SpanList.of(items)


def _clip(item: RoleSpan, low: int, high: int) -> RoleSpan | None:
    start, end = max(item.span.start, low), min(item.span.end, high)
    return RoleSpan(item.role, Span(start, end), item.speaker) if start < end else None
