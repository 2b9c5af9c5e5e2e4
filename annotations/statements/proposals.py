"""What a freshly marked stretch suggests by itself; a default that the analyst changes at will. Plain."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotations.corpus.quotation_marks import is_quoted_whole, quoted_pieces
from annotations.spans import RoleSpan, Span, SpanList, SpanRole, around_furniture


@dataclass(frozen=True)
class Proposal:
    """The spans of a new statement, and its quote type as the marks in them suggest it."""

    spans: SpanList
    quote_type: str


def propose(content: Sequence[Span], text: str) -> Proposal:
    """Return content with its quoted pieces: all of it where all stands in marks."""
    direct = all(is_quoted_whole(text[span.start : span.end]) for span in content)
    quoted = (
        list(content)
        if direct
        else [piece for span in content for piece in quoted_pieces(text[span.start : span.end], span.start)]
    )
    items = [RoleSpan(SpanRole.CONTENT, span) for span in content]
    items += [RoleSpan(SpanRole.QUOTED, span) for span in quoted]
    spans = SpanList.of(items)
    return Proposal(spans, quote_type_of(spans))


def quote_type_of(spans: SpanList) -> str:
    """Return how the words are given as the quoted spans tell it: all of the content, some, or none."""
    quoted = spans.of_role(SpanRole.QUOTED)
    if not quoted:
        return "indirect"
    whole = all(any(q.start <= span.start and span.end <= q.end for q in quoted) for span in spans.content)
    return "direct" if whole else "mixed"


def segments(span: Span, text: str, furniture: Sequence[Span]) -> list[Span]:
    """Return `span` cut around furniture, each piece without white space at its ends; may be empty."""
    return [piece for part in around_furniture(span, furniture) if (piece := _trimmed(part, text))]


def with_pieces(
    spans: SpanList, role: SpanRole, pieces: Iterable[Span], speaker: str | None = None
) -> SpanList:
    """Return the spans with more of one role; a piece that meets a span of that role widens it."""
    items = list(spans)
    for piece in pieces:
        met = [item for item in items if item.role == role and item.span.meets(piece)]
        low = min([piece.start, *(item.span.start for item in met)])
        high = max([piece.end, *(item.span.end for item in met)])
        named = next((item.speaker for item in met if item.speaker), speaker)
        items = [item for item in items if item not in met]
        items.append(RoleSpan(role, Span(low, high), named))
    return SpanList.of(items)


def lies_within(content: Sequence[Span], others: Iterable[Span]) -> bool:
    """Tell whether every segment of `content` stands inside one of `others`, and the others hold more."""
    outer = list(others)
    inside = all(any(o.start <= span.start and span.end <= o.end for o in outer) for span in content)
    return inside and _size(content) < _size(outer)


def _trimmed(span: Span, text: str) -> Span | None:
    words = text[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip())) if words.strip() else None


def _size(spans: Sequence[Span]) -> int:
    return sum(span.end - span.start for span in spans)
