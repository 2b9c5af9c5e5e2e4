"""Which stretches of an old text stand unchanged in a new one. Plain Python.

Patience alignment: what stands once in both texts holds them together, first whole lines, then runs of three
words, then single words; between two such anchors the same is tried again. Each round reads its stretch once and
the number of rounds is bounded, so that a long text takes no more than in proportion to its length.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

ROUNDS = 3
"""How often each kind of anchor is sought in what lies between the anchors of the round before."""
SHORTEST_MOVED = 20
"""A shorter line that stands elsewhere tells nothing."""

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_WORD = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, order=True, slots=True)
class Block:
    """`old_text[old : old + length] == new_text[new : new + length]`."""

    old: int
    new: int
    length: int

    @property
    def old_end(self) -> int:
        return self.old + self.length

    @property
    def new_end(self) -> int:
        return self.new + self.length

    @property
    def shift(self) -> int:
        return self.new - self.old


@dataclass(frozen=True, slots=True)
class _Gap:
    """A pair of stretches not yet compared; `turn` counts the rounds."""

    old: int
    old_end: int
    new: int
    new_end: int
    turn: int = 0


def unchanged(old: str, new: str) -> list[Block]:
    """Return the blocks that both texts share in the same order, as long as can be."""
    found: list[Block] = []
    gaps = [_Gap(0, len(old), 0, len(new))]
    while gaps:
        gap = gaps.pop()
        head, tail, rest = _trimmed(old, new, gap)
        found += [block for block in (head, tail) if block.length]
        if rest.old == rest.old_end or rest.new == rest.new_end:
            continue
        anchors: list[Block] = []
        turn = rest.turn
        while not anchors and turn < ROUNDS * len(_UNITS):
            anchors = _anchors(old, new, rest, _UNITS[turn // ROUNDS])
            turn = turn + 1 if anchors else (turn // ROUNDS + 1) * ROUNDS
        if anchors:
            found += anchors
            gaps += _between(rest, anchors, turn)
    return _joined(sorted(found))


def moved(old: str, new: str, kept: Sequence[Block]) -> list[Block]:
    """Return the lines that stand once in either text, and not where the blocks have them."""
    there = {line: start for start, line in _once(new)}
    blocks = [
        Block(start, there[line], len(line))
        for start, line in _once(old)
        if line in there and len(line) >= SHORTEST_MOVED
    ]
    starts = [block.old for block in kept]
    return _joined([block for block in blocks if not _is_within(block, kept, starts)])


def holding(blocks: Sequence[Block], start: int, end: int) -> Block | None:
    """Return the block that holds all of the old text's [start, end)."""
    at = bisect_right(blocks, start, key=lambda block: block.old) - 1
    return blocks[at] if at >= 0 and blocks[at].old_end >= end else None


def _trimmed(old: str, new: str, gap: _Gap) -> tuple[Block, Block, _Gap]:
    """Take off what both stretches begin and end with."""
    most = min(gap.old_end - gap.old, gap.new_end - gap.new)
    n = _shared(lambda k: old.startswith(new[gap.new : gap.new + k], gap.old), most)
    most -= n
    m = _shared(lambda k: old.endswith(new[gap.new_end - k : gap.new_end], 0, gap.old_end), most)
    rest = _Gap(gap.old + n, gap.old_end - m, gap.new + n, gap.new_end - m, gap.turn)
    return Block(gap.old, gap.new, n), Block(rest.old_end, rest.new_end, m), rest


def _shared(holds: Callable[[int], bool], most: int) -> int:
    """Return the greatest k up to `most` for which it holds, where it holds for every smaller one."""
    step = 1
    while step < most and holds(step):
        step *= 2
    low, high = step // 2, min(step, most)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if holds(middle) else (low, middle - 1)
    return low


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    return ((unit.start(), unit.group()) for unit in _LINE.finditer(text, start, end))


def _words(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    return ((unit.start(), unit.group()) for unit in _WORD.finditer(text, start, end))


def _triples(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Yield every run of three words with the blanks between them."""
    units = [unit.span() for unit in _WORD.finditer(text, start, end)]
    for (first, _), (_, last) in zip(units, units[2:], strict=False):
        yield first, text[first:last]


_Units = Callable[[str, int, int], Iterator[tuple[int, str]]]
_UNITS: tuple[_Units, ...] = (_lines, _triples, _words)


def _anchors(old: str, new: str, gap: _Gap, units: _Units) -> list[Block]:
    """Return the units that stand once in either stretch, as many as keep their order."""
    there = _singles(units(new, gap.new, gap.new_end))
    here = _singles(units(old, gap.old, gap.old_end))
    both = [(start, there[unit], len(unit)) for unit, start in here.items() if unit in there and unit.strip()]
    return _apart([Block(*found) for found in _rising(sorted(both))])


def _singles(units: Iterator[tuple[int, str]]) -> dict[str, int]:
    seen: dict[str, int] = {}
    twice = set[str]()
    for start, unit in units:
        if unit in seen:
            twice.add(unit)
        seen[unit] = start
    return {unit: start for unit, start in seen.items() if unit not in twice}


def _rising(pairs: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Return the longest run of pairs, given in old order, that is in new order as well."""
    tops: list[int] = []
    piles: list[int] = []
    below: list[int | None] = []
    for i, (_, place, _) in enumerate(pairs):
        pile = bisect_left(tops, place)
        below.append(piles[pile - 1] if pile else None)
        tops[pile : pile + 1], piles[pile : pile + 1] = [place], [i]
    run: list[tuple[int, int, int]] = []
    at = piles[-1] if piles else None
    while at is not None:
        run.append(pairs[at])
        at = below[at]
    return run[::-1]


def _apart(blocks: Sequence[Block]) -> list[Block]:
    """Join blocks that overlap with the same shift; of others that overlap keep the first."""
    out: list[Block] = []
    for block in blocks:
        last = out[-1] if out else None
        if last and last.shift == block.shift and block.old <= last.old_end:
            out[-1] = Block(last.old, last.new, max(last.old_end, block.old_end) - last.old)
        elif last is None or (block.old >= last.old_end and block.new >= last.new_end):
            out.append(block)
    return out


def _between(gap: _Gap, anchors: Sequence[Block], turn: int) -> Iterator[_Gap]:
    edges = [Block(gap.old, gap.new, 0), *anchors, Block(gap.old_end, gap.new_end, 0)]
    return (_Gap(a.old_end, b.old, a.new_end, b.new, turn) for a, b in pairwise(edges))


def _joined(blocks: Sequence[Block]) -> list[Block]:
    out: list[Block] = []
    for block in blocks:
        if out and out[-1].old_end == block.old and out[-1].new_end == block.new:
            out[-1] = Block(out[-1].old, out[-1].new, out[-1].length + block.length)
        else:
            out.append(block)
    return out


def _once(text: str) -> list[tuple[int, str]]:
    lines = list(_lines(text, 0, len(text)))
    times = Counter(line for _, line in lines)
    return [(start, line) for start, line in lines if times[line] == 1]


def _is_within(block: Block, kept: Sequence[Block], starts: Sequence[int]) -> bool:
    at = bisect_right(starts, block.old) - 1
    return at >= 0 and kept[at].old_end >= block.old_end and kept[at].shift == block.shift
