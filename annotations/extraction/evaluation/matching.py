"""Spans compared by the words that they cover; punctuation and quotation marks never decide."""

import bisect
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeAlias

Cover: TypeAlias = frozenset[int]
"""The words of a text that spans touch, by number."""

_TOKEN = re.compile(r"\w+(?:['’\-]\w+)*")
HALF = 0.5
WHOLE = 0.9999


class Words:
    """The words of one text."""

    def __init__(self, text: str) -> None:
        hits = list(_TOKEN.finditer(text))
        self.starts = [hit.start() for hit in hits]
        self.ends = [hit.end() for hit in hits]
        self.lower = [hit.group().lower() for hit in hits]

    def __len__(self) -> int:
        return len(self.lower)

    def cover(self, spans: Iterable[Sequence[int]] | None) -> Cover:
        """Return the words that spans touch."""
        covered: set[int] = set()
        for start, end in spans or ():
            i = bisect.bisect_left(self.starts, start)
            if i and self.ends[i - 1] > start:
                i -= 1
            while i < len(self.starts) and self.starts[i] < end:
                covered.add(i)
                i += 1
        return frozenset(covered)


def align(gold: Sequence[Cover], proposed: Sequence[Cover]) -> list[tuple[int, int, float]]:
    """Return one-to-one pairs of gold and proposal with the share of their union that they have in common."""
    by_word: defaultdict[int, list[int]] = defaultdict(list)
    for j, cover in enumerate(proposed):
        for word in cover:
            by_word[word].append(j)
    pairs = sorted(
        (-len(cover & proposed[j]) / len(cover | proposed[j]), i, j)
        for i, cover in enumerate(gold)
        for j in {j for word in cover for j in by_word[word]}
    )
    taken_gold: set[int] = set()
    taken_proposed: set[int] = set()
    found: list[tuple[int, int, float]] = []
    for minus_share, i, j in pairs:
        if i not in taken_gold and j not in taken_proposed:
            taken_gold.add(i)
            taken_proposed.add(j)
            found.append((i, j, -minus_share))
    return found
