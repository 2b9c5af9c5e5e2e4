"""The likeliest new place of words that could not be placed: for a person to accept or not. Plain Python."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from annotations.revisions.anchors import Anchoring
from annotations.revisions.blocks import Block
from annotations.spans import Span

LEAST = 0.4
"""Words less alike than this are no proposal."""
LONGEST = 400
"""Words; longer stretches are compared by their words alone, not by the order of them."""
COMMON = 50
"""A word of more sentences than this leads nowhere."""
LOOKED_AT = 5

_WORD = re.compile(r"\w+|[^\w\s]")
_SENTENCE = re.compile(r"[^.!?\n]*[.!?]*[”\"’']*")


@dataclass(frozen=True)
class Proposal:
    """Words of the new text; `score` says how alike they are to the old ones, from 0 to 1."""

    span: Span
    score: float


@dataclass(frozen=True)
class Piece:
    """Part of a comparison: `kind` is equal, delete or insert."""

    kind: str
    words: str


class Proposing:
    """Proposals for any number of words between the same two texts."""

    def __init__(self, anchoring: Anchoring) -> None:
        self.anchoring, self.new = anchoring, anchoring.new

    def propose(self, span: Span) -> Proposal | None:
        """Return the best of: the same words elsewhere, what stands in their place now, a sentence like them."""
        words = self.anchoring.old[span.start : span.end]
        best = self.anchoring.likeliest(span)
        if best is not None:
            return Proposal(best.span, min(best.score, 0.99))
        found = [self._scored(words, place) for place in (self._in_place(span), *self._sentences(words))]
        likely = [each for each in found if each is not None and each.score >= LEAST]
        return max(likely, key=lambda each: each.score, default=None)

    def _scored(self, words: str, place: Span | None) -> Proposal | None:
        if place is None:
            return None
        there = self.new[place.start : place.end]
        return Proposal(Span(place.start, place.end, there), round(min(alike(words, there), 0.99), 2))

    def _in_place(self, span: Span) -> Span | None:
        """Return what stands between the unchanged stretches around the words."""
        kept = self.anchoring.kept
        at = bisect_right(kept, span.start, key=lambda block: block.old) - 1
        before = kept[at] if at >= 0 else Block(0, 0, 0)
        then = bisect_left(kept, span.end, key=lambda block: block.old_end)
        after = kept[then] if then < len(kept) else None
        start = min(span.start, before.old_end) + before.shift
        end = len(self.new) if after is None else max(span.end, after.old) + after.shift
        while start < end and self.new[start].isspace():
            start += 1
        while start < end and self.new[end - 1].isspace():
            end -= 1
        if not 0 < end - start <= 3 * (span.end - span.start) + 200:
            return None
        return self._whole_words(start, end)

    def _whole_words(self, start: int, end: int) -> Span:
        while start > 0 and self.new[start - 1].isalnum() and self.new[start].isalnum():
            start -= 1
        while end < len(self.new) and self.new[end - 1].isalnum() and self.new[end].isalnum():
            end += 1
        return Span(start, end)

    @cached_property
    def _sentence_spans(self) -> list[Span]:
        found = (self._tidy(match.start(), match.end()) for match in _SENTENCE.finditer(self.new))
        return [span for span in found if span.start < span.end]

    def _tidy(self, start: int, end: int) -> Span:
        words = self.new[start:end]
        lead = len(words) - len(words.lstrip())
        return Span(start + lead, start + max(lead, len(words.rstrip())))

    @cached_property
    def _sentences_with(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for n, span in enumerate(self._sentence_spans):
            for word in set(_WORD.findall(self.new[span.start : span.end].casefold())):
                found.setdefault(word, []).append(n)
        return found

    def _sentences(self, words: str) -> list[Span]:
        """Return the sentences that have most of the rarer words in common with these."""
        shared = Counter[int]()
        for word in set(_WORD.findall(words.casefold())):
            sentences = self._sentences_with.get(word, [])
            if len(sentences) <= COMMON:
                shared.update(sentences)
        return [self._sentence_spans[n] for n, _ in shared.most_common(LOOKED_AT)]


def alike(a: str, b: str) -> float:
    """Return how alike two stretches are, from 0 to 1, by their words."""
    here, there = _WORD.findall(a), _WORD.findall(b)
    if max(len(here), len(there)) > LONGEST:
        shared = sum((Counter(here) & Counter(there)).values())
        return 2 * shared / (len(here) + len(there))
    return SequenceMatcher(None, here, there, autojunk=False).ratio()


def differences(a: str, b: str) -> list[Piece]:
    """Return what was left out of `a` and put in for `b`, word by word."""
    here, there = _units(a), _units(b)
    if max(len(here), len(there)) > 2 * LONGEST:
        return [Piece("delete", a), Piece("insert", b)]
    out: list[Piece] = []
    for kind, i, j, k, m in SequenceMatcher(None, here, there, autojunk=False).get_opcodes():
        if kind == "equal":
            out.append(Piece(kind, "".join(here[i:j])))
            continue
        out += [Piece(name, words) for name, words in _change(here[i:j], there[k:m]) if words]
    return out


def _change(gone: Sequence[str], new: Sequence[str]) -> tuple[tuple[str, str], tuple[str, str]]:
    return ("delete", "".join(gone)), ("insert", "".join(new))


def _units(text: str) -> list[str]:
    return re.findall(r"\w+|\s+|[^\w\s]", text)
