"""How far a content goes: where the writer takes over again."""

import re

from annotations.extraction.english.lists import word_set
from annotations.extraction.frames import Items
from annotations.extraction.passages import Passage

VERB = re.compile(r"[AMVvZ]")
FINAL = frozenset(",.!?")
"""What a quotation ends with when nothing of the sentence goes on after it."""

_CUT = re.compile(
    r"(?:,c?|c)R*(?:[AM][XR]*)*v(?!\.)"  # ", and said that"
    r"|(?:,c?|(?<=Q)c?)R*g"  # ", adding"
    r"|k(?=R*g)|;"  # "before adding"
    r"|,c[DGNn#S]+(?:[op][DGNn#]+)*R*A?v(?=[tQwDSNG:,])"  # ", but officials said"
    r"|,Y"  # ", according to"
    r"|,D[Nn#]+[DG][Nn#]*R*v"  # ", a rate its authors describe"
    r"|,[DGNnS#]+R*v\."  # ", officials said."
)
_OBJECT_CUT = re.compile(r",?cR*(?:[AM][XR]*)?[vVAM]|,(?![DGNn#]+(?:[opc][DGNn#]+)*[,.c])|-|;|:")
_FRONT = re.compile(r"t?,?[pk]")
_LISTED = re.compile(r"c?[DGNn#]{0,4}Q")  # a "liar," a "bully" and a "coward"
_SUBJECTS = frozenset("SDGNnZ")
_LATER = re.compile(r",(?:c(?=[SDNGZnv])|k|R,|W)|-")
_CONTRASTING = word_set("but and yet while whereas although though however which who whom whose")


def end_of(passage: Passage, start: int, last: int) -> int:
    """Return where the clause that begins at an item ends, at the latest where its sentence does."""
    found = _CUT.search(passage.letters, *_search(passage, start, last))
    end = found.start() if found else _search(passage, start, last)[1]
    return trimmed(passage.letters, start, _before_contrast(passage, start, end))


def object_end(passage: Passage, start: int, last: int) -> int:
    """Return where a noun phrase that is a content ends: it is short."""
    begin, last = _search(passage, start, last)
    found = _OBJECT_CUT.search(passage.letters, begin, last)
    return trimmed(passage.letters, start, found.start() if found else last)


def trimmed(letters: str, start: int, end: int) -> int:
    """Return an end without marks and conjunctions before it."""
    while end > start and letters[end - 1] in ".,;:-c(":
        end -= 1
    return end


def quotations_from(passage: Passage, start: int, last: int) -> Items:
    """Return the quotations that stand in a row from an item on."""
    end = start + 1
    while end < last and passage.letters[end] == "Q":
        end += 1
    return start, end


def _search(passage: Passage, start: int, last: int) -> Items:
    """Return between which items to look for the end: up to a quotation that closes with a comma or full stop."""
    letters = passage.letters
    quotation = letters.find("Q", start, last)
    while quotation >= 0:
        listed = _LISTED.match(letters, quotation + 1, last)
        if passage.closing(quotation) in FINAL and not (listed or _is_fronted(letters, start, quotation)):
            last = quotation + 1
            break
        quotation = letters.find("Q", quotation + 1, last)
    return min(last, start + (letters[start : start + 1] not in {"c", ","})), last


def _is_fronted(letters: str, start: int, quotation: int) -> bool:
    """Tell whether the clause is still to come: 'that by saying "no," Lee had ...'."""
    return _FRONT.match(letters, start) is not None and letters[quotation + 1 : quotation + 2] in _SUBJECTS


def _before_contrast(passage: Passage, start: int, end: int) -> int:
    """Return where the writer's own contrast or aside begins, if the content has a verb before it."""
    letters = passage.letters
    for later in _LATER.finditer(letters, start + 1, end):
        at = later.start()
        if not VERB.search(letters, start, at):
            continue
        if letters[at] == "-":
            if letters.count("-", at + 1, end) == 0 and letters.count("-", start, at) == 0:
                return at
        elif passage.words[at + 1] in _CONTRASTING:
            return at
    return end
