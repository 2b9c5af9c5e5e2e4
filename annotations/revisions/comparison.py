"""Stretches of texts as a reader compares them: words with a little of what stands around them, and what was changed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from annotations.revisions.anchors import Anchoring
from annotations.revisions.blocks import Block
from annotations.revisions.proposals import Piece, differences

AROUND = 90
"""Code points shown before and after words, at most."""


@dataclass(frozen=True)
class Words:
    """Words with a little of what stands around them."""

    before: str
    words: str
    after: str


def around(text: str, start: int, end: int) -> Words:
    return Words(_lead(text, start), text[start:end], _trail(text, end))


def changes_between(old: str, new: str) -> Iterator[Sequence[Piece]]:
    """Yield what was changed, stretch by stretch, with a little of the unchanged text around each."""
    at = there = 0
    for block in [*_whole_words(old, new, Anchoring(old, new).kept), None]:
        end, new_end = (block.old, block.new) if block else (len(old), len(new))
        if end > at or new_end > there:
            yield [
                Piece("equal", _lead(old, at)),
                *differences(old[at:end], new[there:new_end]),
                Piece("equal", _trail(old, end)),
            ]
        if block:
            at, there = block.old_end, block.new_end


def _whole_words(old: str, new: str, kept: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks without the parts of words at their ends."""
    for block in kept:
        start, end = 0, block.length
        while start < end and (_is_inside(old, block.old + start) or _is_inside(new, block.new + start)):
            start += 1
        while start < end and (_is_inside(old, block.old + end) or _is_inside(new, block.new + end)):
            end -= 1
        if start < end:
            yield Block(block.old + start, block.new + start, end - start)


def _is_inside(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def _lead(text: str, at: int) -> str:
    """Return the whole words before a place, with an ellipsis where more stand before them."""
    start = max(0, at - AROUND)
    while start < at and _is_inside(text, start):
        start += 1
    return f"… {text[start:at].lstrip()}" if start else text[:at]


def _trail(text: str, at: int) -> str:
    end = min(len(text), at + AROUND)
    while end > at and _is_inside(text, end):
        end -= 1
    return f"{text[at:end].rstrip()} …" if end < len(text) else text[at:]
