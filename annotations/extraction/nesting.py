"""How statements lie in one another, and how much of each stands between quotation marks."""

import bisect

from annotations.extraction.quotations import Quotation
from annotations.extraction.results import Quote

_DIRECT = 0.9
_SOME = 2


def set_types(text: str, quotes: list[Quote], regions: list[Quotation]) -> None:
    """Set direct, mixed or indirect by the share of letters and digits that stand inside marks."""
    starts = [region.start for region in regions]
    for quote in quotes:
        inside = whole = 0
        for start, end in quote.spans:
            whole += _n_letters(text[start:end])
            at = max(0, bisect.bisect_right(starts, start) - 1)
            while at < len(regions) and regions[at].start < end:
                inside += _n_letters(text[max(start, regions[at].start) : min(end, regions[at].end)])
                at += 1
        quote.type = "direct" if inside >= _DIRECT * whole else "mixed" if inside >= _SOME else "indirect"


def _n_letters(words: str) -> int:
    return sum(map(str.isalnum, words))


def set_parents(quotes: list[Quote]) -> None:
    """Point each statement whose cue stands inside another's content to the innermost such statement."""
    spans = sorted((start, -end, i) for i, quote in enumerate(quotes) for start, end in quote.spans)
    order = sorted(((quote.cue or quote.spans)[0][0], i) for i, quote in enumerate(quotes))
    covering: list[tuple[int, int, int]] = []
    position = 0
    for at, i in order:
        while position < len(spans) and spans[position][0] <= at:
            start, minus_end, owner = spans[position]
            covering.append((-minus_end - start, -minus_end, owner))
            position += 1
        covering = [one for one in covering if one[1] > at]
        inner = [one for one in covering if one[2] != i]
        quotes[i].parent = min(inner)[2] if inner else None
    _break_circles(quotes)


def _break_circles(quotes: list[Quote]) -> None:
    """Let no statement be its own ancestor: of two that each hold the other's cue the later is outside."""
    for i, quote in enumerate(quotes):
        seen = {i}
        ancestor = quote.parent
        while ancestor is not None:
            if ancestor in seen:
                quote.parent = None
                break
            seen.add(ancestor)
            ancestor = quotes[ancestor].parent
