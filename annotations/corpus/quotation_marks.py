"""Quotation marks in a stretch of text: which pieces stand between them. Offsets are code points."""

import re

from annotations.spans import Span

_PIECE = re.compile(
    "“[^“”]+”|„[^„“”]+[“”]|«[^«»]+»|»[^«»]+«|‹[^‹›]+›|「[^「」]+」|『[^『』]+』"
    r"|\"[^\"]+\"|‘(?:[^‘’]|’(?=\w))+’(?!\w)"
)
_RUNS_ON = re.compile('[“„«「『"][^”“»」』"]+')


def quoted_pieces(words: str, offset: int = 0) -> list[Span]:
    """Return the pieces between paired marks, marks included, in order; `offset` is where `words` begin."""
    return [Span(offset + found.start(), offset + found.end()) for found in _PIECE.finditer(words)]


def is_quoted_whole(words: str) -> bool:
    """Tell whether one pair of marks encloses all the words, or an opening mark that nothing closes.

    A quotation that runs over several paragraphs opens in each of them and closes only in the last.
    """
    return bool(_PIECE.fullmatch(words) or _RUNS_ON.fullmatch(words))
