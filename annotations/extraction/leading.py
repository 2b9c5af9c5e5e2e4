"""The content before the source and cue: "...," she said; and what goes on after them."""

import re

from annotations.extraction.english.cues import Verb
from annotations.extraction.extents import VERB, end_of, quotations_from
from annotations.extraction.following import ADVERBIAL
from annotations.extraction.frames import Build, Frame, Items
from annotations.extraction.passages import Passage
from annotations.extraction.source_spans import before

_RESUMES = re.compile(r"[RX]?[AMV]")
_GOES_ON = re.compile(r"[RX]?[AMV]|c?t|T")
_ASIDE_TO_QUOTATION = re.compile(r"[^QvgSZt.;:]{0,30},(?=Q)")
_SECOND_PART = re.compile(r"[AMVvXRDNnGSZ#pk]")


def follows_quotation(passage: Passage, first: int, frame: Frame) -> bool:
    """Tell whether the frame closes a quotation: nothing stands between that and the source or the cue."""
    return frame.begin > first and passage.letters[frame.begin - 1] == "Q"


def content_before(passage: Passage, first: int, last: int, frame: Frame) -> list[Items]:
    """Return the content that leads, with what goes on after the frame; nothing if none leads."""
    left = _left(passage, first, last, frame)
    if left is None:
        return []
    led = passage.letters[left[0] : left[1]]
    split = "Q" not in led and (not VERB.search(led) or _is_subordinate(passage, left[0], "kp"))
    rest = _going_on(passage, last, frame, split=split)
    if rest and not split and _RESUMES.match(passage.letters, rest[0]):
        left = _last_clause(passage.letters, left)
    return [left, rest] if rest else [left]


def after_one_word(passage: Passage, first: int, last: int, frame: Frame) -> Items | None:
    """Return what follows a frame that stands after a single word: "But, Lee added, the gates were shut"."""
    letters = passage.letters
    tail = frame.tail
    if frame.begin - first != len("R,") or letters[frame.begin - 1] != ",":
        return None
    if letters[tail : tail + 1] not in {",", "-"}:
        return None
    end = end_of(passage, tail + 1, last)
    return (tail + 1, end) if end > tail + 1 else None


def fronted_object(passage: Passage, first: int, frame: Frame, verb: Verb) -> Items | None:
    """Return the object that stands before the source: "the compensation he rejected"."""
    letters = passage.letters
    if not verb.takes("o") or frame.source_span is None or frame.inherits or frame.inverted:
        return None
    end = frame.source_span[0]
    if letters[frame.cue[1] : frame.cue[1] + 1] not in {"", ".", ","} or end <= first:
        return None
    found = before(passage, first, end) if letters[end - 1] in "nN#" else None
    return found if found and found[1] == end else None


def _left(passage: Passage, first: int, last: int, frame: Frame) -> Items | None:
    """Return the content before the frame: a quotation, or a clause that a comma closes."""
    letters = passage.letters
    begin = frame.begin
    if begin <= first or frame.build is not Build.FINITE or letters[begin] == "W" or frame.inherits:
        return None
    mark = begin - 1
    if letters[mark] == "Q":
        return _from_clause(passage, first, mark + 1)
    if letters[mark] not in ",-" or mark <= first + (letters[first] in "cR") or frame.source_span is None:
        return None
    if "Q" not in letters[first:mark] and not _is_whole(passage, first, mark):
        return _first_part(passage, first, last, mark, frame)
    return _from_clause(passage, first, mark)


def _is_whole(passage: Passage, first: int, end: int) -> bool:
    """Tell whether what leads is a clause of its own: it has a verb, and is no mere "If it rains"."""
    subordinate = _is_subordinate(passage, first, "kpI") and "," not in passage.letters[first:end]
    return VERB.search(passage.letters, first, end) is not None and not subordinate


def _is_subordinate(passage: Passage, first: int, letters: str) -> bool:
    return passage.letters[first] in letters or passage.words[first] == "if"


def _first_part(passage: Passage, first: int, last: int, mark: int, frame: Frame) -> Items | None:
    """Return the first part of "The gates, they said, were shut"; the rest is found by `_going_on`."""
    tail = frame.tail
    letters = passage.letters
    if letters[tail : tail + 1] in {",", "-"} and _SECOND_PART.match(letters, tail + 1, last):
        return first + (letters[first] == "c"), mark
    return None


def _from_clause(passage: Passage, first: int, end: int) -> Items:
    """Return the clause that ends at an item, from the sentence's start, a leading "but" left out."""
    letters = passage.letters
    start = first
    if letters[end - 1] == "Q" and not VERB.search(letters, first, end - 1):
        start = end - 1
        while start > first and letters[start - 1] == "Q":
            start -= 1
    return start + (letters[start] == "c" and start < end - 1), end


def _going_on(passage: Passage, last: int, frame: Frame, *, split: bool) -> Items | None:
    """Return what goes on after a frame in mid-sentence: "A," she said, "B"; A, they claim, is B."""
    letters = passage.letters
    aside = ADVERBIAL.match(letters, frame.tail, last)
    tail = aside.end() if aside else frame.tail
    if led := _ASIDE_TO_QUOTATION.match(letters, tail, last):
        return quotations_from(passage, led.end(), last)
    if letters[tail:last][:1] not in {",", "-", ":", "Q"}:
        return None
    start = tail + (letters[tail] != "Q")
    if letters[start:last][:1] == "Q":
        return quotations_from(passage, start, last)
    if start >= last or letters[tail] != "," or not (split or _GOES_ON.match(letters, start, last)):
        return None
    end = end_of(passage, start, last)
    return (start, end) if end > start else None


def _last_clause(letters: str, left: Items) -> Items:
    """Return the last of several clauses, to which a verb after the frame belongs: "and the permit | had expired"."""
    joint = max(letters.rfind(",c", *left), letters.rfind("-c", *left))
    return (joint + 2, left[1]) if joint > left[0] else left
