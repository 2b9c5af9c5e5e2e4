"""Where the spans of an old text stand in its correction: placed where that is sure, else not at all. Plain Python.

A span is placed with the very words it had. What speaks for a place is what stands around it, up to `CONTEXT`
code points on either side; what speaks against it is a second place that the same words could have come to, or a
second one that they could have come from. Doubt means: not placed.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

from annotations.revisions.blocks import Block, holding, moved, unchanged
from annotations.spans import CONTEXT, RoleSpan, Span, SpanList

ENOUGH = 20
"""Code points, the words themselves included, that must be the same for a place to mean anything."""
SURE = CONTEXT // 2
"""Code points of context that make one side of a place sure, and by which the best of several must lead."""
TELLING = 40
"""Words as long as this that stand once in either text are the same words, wherever they have gone."""
MANY = 64
"""Words that stand more often than this are not told apart by context."""
NEAR = 200
"""How much further apart the spans of a statement may stand where some of them were moved."""


class Found(StrEnum):
    UNCHANGED = "unchanged"
    MOVED = "moved"
    CONTEXT = "context"


@dataclass(frozen=True)
class Placed:
    """A span in the new text; `score` is 1 where all of its context is the same, `found` says how it was found."""

    span: Span
    score: float
    found: Found


@dataclass(frozen=True)
class Anchored:
    """The spans of a statement in the new text, those of `spans` and those `beside` them, in the order given."""

    spans: SpanList
    beside: tuple[Span, ...]
    found: tuple[Found, ...]
    score: float

    @property
    def how(self) -> Found:
        """How the least certain of the spans was found."""
        return max(self.found, key=tuple(Found).index)


class Anchoring:
    """Two texts, compared once, and the places of any number of spans."""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = old, new
        self.kept = unchanged(old, new)

    @cached_property
    def moved(self) -> list[Block]:
        return moved(self.old, self.new, self.kept)

    def anchor(self, spans: SpanList, beside: Sequence[Span] = ()) -> Anchored | None:
        """Place all spans of a statement, and those that its date, chain and values have; all or none."""
        items = [item.span for item in spans]
        together = self.together(items, spans.content)
        singly = [self.place(span) for span in beside]
        alone = [each for each in singly if each is not None]
        if together is None or len(alone) < len(singly):
            return None
        placed = [*together, *alone]
        return Anchored(
            spans=SpanList.of(
                RoleSpan(item.role, new.span, item.speaker) for item, new in zip(spans, together, strict=True)
            ),
            beside=tuple(new.span for new in alone),
            found=tuple(new.found for new in placed),
            score=min(new.score for new in placed),
        )

    def together(self, spans: Sequence[Span], first: Sequence[Span] = ()) -> list[Placed] | None:
        """Place spans that belong together, those of `first` before the rest: in their order, near each other."""
        leading = [self.place(span) for span in first]
        shifts = frozenset(p.span.start - s.start for s, p in zip(first, leading, strict=True) if p)
        found = [self.place(span, shifts) for span in spans]
        placed = [each for each in found if each is not None]
        if len(placed) < len(found) or not _keep_together(spans, placed):
            return None
        return placed

    def place(self, span: Span, shifts: frozenset[int] = frozenset()) -> Placed | None:
        """Place one span; `shifts` are those of its neighbours, which speak for it where it has the same."""
        words = self.old[span.start : span.end]
        block = holding(self.kept, span.start, span.end)
        if block is not None:
            return self._in_block(span, block, Found.UNCHANGED, shifts)
        block = holding(self.moved, span.start, span.end)
        if block is not None:
            return self._in_block(span, block, Found.MOVED, shifts)
        return self._by_context(span, words)

    def likeliest(self, span: Span) -> Placed | None:
        """Return the place of the same words, if any, around which most is the same: no more than a guess."""
        words = self.old[span.start : span.end]
        places = _places(words, self.new)
        if not places:
            return None
        best = max(places, key=lambda place: self._likeness(span.start, place, len(words)))
        return self._placed(span, best, Found.CONTEXT)

    def origin(self, span: Span) -> Span | None:
        """Return where an unchanged stretch of the new text stood in the old one."""
        at = bisect_right(self.kept, span.start, key=lambda block: block.new) - 1
        if at < 0 or self.kept[at].new_end < span.end:
            return None
        shift = self.kept[at].shift
        return Span(span.start - shift, span.end - shift)

    def _in_block(self, span: Span, block: Block, found: Found, shifts: frozenset[int]) -> Placed | None:
        place = span.start + block.shift
        before, after = span.start - block.old, block.old_end - span.end
        n = span.end - span.start + min(before, CONTEXT) + min(after, CONTEXT)
        at_start = block.old == block.new == 0
        at_end = block.old_end == len(self.old) and block.new_end == len(self.new)
        if block.shift not in shifts:
            if n < ENOUGH and not (at_start and at_end):
                return None
            if not (at_start or before >= SURE) and self._has_rival(span, place, before + 1, 0):
                return None
            if not (at_end or after >= SURE) and self._has_rival(span, place, 0, after + 1):
                return None
        return self._placed(span, place, found) if self._is_one(span, block) else None

    def _has_rival(self, span: Span, place: int, before: int, after: int) -> bool:
        """Tell whether the words stand elsewhere with more around them, in the new text or in the old one.

        Asked on a side where the text has changed: there another place may have the better claim.
        """
        end = place + span.end - span.start
        from_old, from_new = max(0, span.start - before), max(0, place - before)
        here, there = self.old[from_old : span.end + after], self.new[from_new : end + after]
        return _stands_beside(here, self.new, place - (span.start - from_old)) or _stands_beside(
            there, self.old, span.start - (place - from_new)
        )

    def _is_one(self, span: Span, block: Block) -> bool:
        """Tell whether some stretch around the span, within its block, stands once in either text."""
        reach = CONTEXT
        while True:
            start, end = max(block.old, span.start - reach), min(block.old_end, span.end + reach)
            if _stands_once(self.old[start:end], self.old) and _stands_once(self.old[start:end], self.new):
                return True
            if (start, end) == (block.old, block.old_end):
                return False
            reach *= 8

    def _by_context(self, span: Span, words: str) -> Placed | None:
        """Place words that lie in no block, because the text changed within reach of them or they were moved."""
        if len(words) >= TELLING and _stands_once(words, self.old) and _stands_once(words, self.new):
            return self._placed(span, self.new.find(words), Found.CONTEXT)
        places, origins = _places(words, self.new), _places(words, self.old)
        if not places or max(len(places), len(origins)) > MANY:
            return None
        best = max(places, key=lambda place: self._likeness(span.start, place, len(words)))
        likeness = self._likeness(span.start, best, len(words))
        rivals = [self._likeness(span.start, place, len(words)) for place in places if place != best]
        rivals += [self._likeness(at, best, len(words)) for at in origins if at != span.start]
        if (
            likeness < SURE
            or likeness + len(words) < ENOUGH + SURE
            or likeness - max(rivals, default=0) < SURE
        ):
            return None
        return self._placed(span, best, Found.CONTEXT)

    def _likeness(self, at: int, place: int, length: int) -> int:
        """Return how many code points around the two places are the same, at most `CONTEXT` a side."""
        return sum(self._sides(at, place, length))

    def _sides(self, at: int, place: int, length: int) -> tuple[int, int]:
        before = _alike(
            self.old[max(0, at - CONTEXT) : at][::-1], self.new[max(0, place - CONTEXT) : place][::-1]
        )
        end, there = at + length, place + length
        return before, _alike(self.old[end : end + CONTEXT], self.new[there : there + CONTEXT])

    def _placed(self, span: Span, place: int, found: Found) -> Placed | None:
        """Return the place, unless the words have become part of other words there."""
        end = place + span.end - span.start
        for at, there in ((span.start, place), (span.end, end)):
            if _is_inside_word(self.new, there) and not _is_inside_word(self.old, at):
                return None
        words = self.new[place:end]
        return Placed(Span(place, end, words), self._score(span, place, len(words)), found)

    def _score(self, span: Span, place: int, length: int) -> float:
        before, after = self._sides(span.start, place, length)
        if before == span.start == place:
            before = CONTEXT  # nothing stands before either
        if after == len(self.old) - span.end == len(self.new) - place - length:
            after = CONTEXT
        own = min(length, 2 * CONTEXT)
        return round((own + before + after) / (own + 2 * CONTEXT), 2)


def _keep_together(old: Sequence[Span], placed: Sequence[Placed]) -> bool:
    """Tell whether spans stand in the new text as they stood to each other in the old one."""
    pairs = sorted(zip(old, (each.span for each in placed), strict=True), key=lambda pair: pair[0])
    for (a, new_a), (b, new_b) in pairwise(pairs):
        if a.end <= b.start and new_a.end > new_b.start:
            return False
        if a.end > b.start and new_b.start - new_a.start != b.start - a.start:
            return False
    if all(each.found == Found.UNCHANGED for each in placed):
        return True
    spread = max(s.end for s in old) - min(s.start for s in old)
    new_spread = max(p.span.end for p in placed) - min(p.span.start for p in placed)
    return new_spread <= spread + NEAR


def _is_inside_word(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def _alike(a: str, b: str) -> int:
    """Return how many code points two texts have in common from their start."""
    n = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        n += 1
    return n


def _stands_once(words: str, text: str) -> bool:
    first = text.find(words)
    return first >= 0 and text.find(words, first + 1) < 0


def _stands_beside(words: str, text: str, place: int) -> bool:
    """Tell whether the words stand in the text at another place than this one."""
    first = text.find(words)
    return first >= 0 and (first != place or text.find(words, first + 1) >= 0)


def _places(words: str, text: str) -> list[int]:
    """Return where the words stand, up to one more than `MANY` times."""
    return [place for place, _ in zip(_finding(words, text), range(MANY + 1), strict=False)]


def _finding(words: str, text: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)
