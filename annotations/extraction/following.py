"""The content after the cue, by the patterns of its verb (`english/cues.py`)."""

import re

from annotations.extraction.english.cues import Verb
from annotations.extraction.english.lists import word_set
from annotations.extraction.extents import FINAL, end_of, object_end, quotations_from
from annotations.extraction.frames import Build, Frame, Items
from annotations.extraction.passages import Passage

_ADDRESSEE = re.compile(
    r"(?:O|D(?=[DS])|S(?=[tSDNnGwQ:,p])|[DG]?[nN#]+(?:p[DG]?[nNm#]+|o[DG]?[nN#]+|cD?[nN]+)*)"
)
ADVERBIAL = re.compile(
    r"(?:R|D?n?m#?n?|p(?:D|G)?[nNG#mI]+(?:[op][DG]?[nNm#G]+)*|T(?:[DG]?[nN]+|O))+(?=t|w|Q|:|,Q|,t|S[^,]|D|N|Z|G|\.|$)"
)
"""When, where and to whom it was said: "on Tuesday in Besk", "to reporters"."""

_ASIDE = re.compile(r",(?:R|p[^,.QvVAM]{1,12}|k[^,.QA]{1,10}|g[^,.QvA]{1,14})+,(?=[tQSDNGwZn])")
_TO_QUOTATION = re.compile(r"(?!,[^Q])[^QvgVAMSZtw.;:]{0,30}[,:](?=Q)")
_LATE_THAT = re.compile(r"[pmR][^QvVAMSZtwk.;:]{0,18}(?=t)")
_TO_THAT = re.compile(r"[^.QvVAMt;]{1,14}(?=t)|[^.QvVAMtw;]{1,20}(?=w)")
_BY = re.compile(r"p([DGNn#]*N(?![DGNn#])|[DGNn#]+(?:o[DGNn#]+)*)")
_CLAUSE = re.compile(
    r"(?:(?:p[DGNn#m]+(?:[opc][DGNn#m]+)*,?)+(?=[SDNZ])(?<![Nn](?=[Nn])))?"
    r"(?:Z|S(?![p.,;m])|k|w|[DGNn#S]+Q|[DGNn#SOIR][^.;Q]*?[AMVvZ]|[DGNn#SOIR][^.;]*?Q[^.;]*?[AMVvZ])"
)
_AT_NUMBER = re.compile(r"pR*#")
_LITTLE = word_set("so no yes nothing little much more it that otherwise everything something")
_ONLY_PRONOUN = re.compile(r"[SO](?=[p.,kmc]|$)")


def content_after(passage: Passage, last: int, frame: Frame, verb: Verb) -> Items | None:
    """Return the content after the cue; a preposition of the verb's own joins the cue."""
    letters = passage.letters
    start = frame.cue[1]
    while start < last and letters[start] == "R" and letters[start + 1 : start + 2] not in {"", "."}:
        start += 1
    if start >= last:
        return None
    if passage.words[start] in verb.prepositions and start + 1 < last:
        frame.cue = frame.cue[0], start + 1
        return _object(passage, start + 1, last)
    if verb.lemma == "put" and passage.words[start] == "it":  # "as Lee put it"
        frame.cue = frame.cue[0], start + 1
        start += 1
    if frame.build is Build.PASSIVE:
        return _passive(passage, start, last, frame)
    told = past_addressee(passage, start, last, frame) if verb.takes("t") else start
    clause = _past_asides(passage, told, last)
    found = _by_pattern(passage, clause, last, frame, verb)
    if found is None and clause != start and verb.takes("o", "n"):
        found = _by_pattern(passage, start, last, frame, verb)
    return found


def _passive(passage: Passage, start: int, last: int, frame: Frame) -> Items | None:
    """Return what a passive reports: "was accused by Lee of ...", "was asked whether ..."."""
    letters = passage.letters
    if passage.words[start] == "by" and (by := _BY.match(letters, start, last)):
        frame.source_span = by.span(1)
        start = by.end()
        if start >= last or letters[start] in ".,":
            return frame.subject
    if letters[start] not in "twTQ":
        led = _TO_THAT.match(letters, start, last) or _TO_QUOTATION.match(letters, start, last)
        start = led.end() if led else start
    if letters[start] in "twTQ" or passage.words[start] in {"as", "of", "for", "about"}:
        return start, end_of(passage, start, last)
    return None


def past_addressee(passage: Passage, start: int, last: int, frame: Frame) -> int:
    """Return where the content can begin after whom it is told to; note the addressee."""
    letters = passage.letters
    found = _ADDRESSEE.match(letters, start, last)
    if found is None or letters[start] in "tQ:,":
        return start
    that = _TO_THAT.match(letters, start, last)
    frame.addressee = found.span()
    if that is not None:
        return that.end()
    return start + 1 if letters[start] == "S" else found.end()


def _past_asides(passage: Passage, start: int, last: int) -> int:
    """Return where the content can begin after time, place and asides."""
    letters = passage.letters
    if letters[start:last][:1] in {"p", "m", "R"} and (led := _LATE_THAT.match(letters, start, last)):
        return led.end()
    if aside := ADVERBIAL.match(letters, start, last):
        following = letters[aside.end() : aside.end() + 1]
        if following in {"t", "w", "Q", ":", ",", "S", "Z"} or "m" in aside.group():
            start = aside.end()
    if led := _TO_QUOTATION.match(letters, start, last):
        return led.end()
    if aside := _ASIDE.match(letters, start, last):
        start = aside.end()
    leads = letters[start : start + 1] == ":" or letters[start : start + 2] in {",t", ",Q"}
    return start + leads


def _by_pattern(passage: Passage, start: int, last: int, frame: Frame, verb: Verb) -> Items | None:
    letter = passage.letters[start:last][:1]
    if letter == "Q":
        return _quotation(passage, start, last) if verb.takes("q", "c", "s", "n", "o") else None
    if letter == "t":
        reports = verb.takes("c", "s", "t")
    elif letter == "w":
        reports = verb.takes("c", "s", "t", "w", "q")
    elif letter == "T":
        reports = verb.takes("i") or (frame.addressee is not None and verb.takes("x"))
    elif letter and letter in "AM":  # "which Lee says is shut"
        relative = verb.takes("c", "s") and passage.letters[frame.begin - 1 : frame.begin] in {"W", "w"}
        return _up_to_comma(passage, start, last) if relative else None
    else:
        return _bare(passage, start, last, verb) if letter and letter in "DGNn#SOIRkpZ" else None
    return (start, end_of(passage, start, last)) if reports else None


def _up_to_comma(passage: Passage, start: int, last: int) -> Items:
    end = end_of(passage, start, last)
    comma = passage.letters.find(",", start, end)
    return start, comma if comma > 0 else end


def _bare(passage: Passage, start: int, last: int, verb: Verb) -> Items | None:
    """Return a content that no word announces: a clause, an object, an object with what it is called."""
    end = end_of(passage, start, last)
    if end <= start:
        return None
    if _ONLY_PRONOUN.match(passage.letters, start, last) and verb.takes("c", "o"):
        return start, start + 1
    if _is_bare_content(passage, start, end, verb):
        return start, end
    if verb.takes("o", "n") and passage.letters[start] in "DGNn#SOI":
        return _object(passage, start, last)
    return None


def _is_bare_content(passage: Passage, start: int, end: int, verb: Verb) -> bool:
    letters, word = passage.letters, passage.words[start]
    if verb.takes("c") and (_CLAUSE.match(letters, start, end) or word in _LITTLE):
        return True
    if verb.takes("x") and letters[start] in "DGNnSO" and "T" in letters[start:end]:
        return True
    if verb.takes("#"):
        return letters[start] == "#"
    if verb.takes("a"):
        return _AT_NUMBER.search(letters, start, end) is not None
    return verb.takes("n") and word == "as"


def _object(passage: Passage, start: int, last: int) -> Items | None:
    end = object_end(passage, start, last)
    return (start, end) if end > start and passage.letters[start] not in ".,;:v" else None


def _quotation(passage: Passage, start: int, last: int) -> Items:
    """Return a quotation after its frame, with the clause that it is part of unless it closes a sentence."""
    if passage.closing(start) in FINAL or start + 1 >= last:
        return quotations_from(passage, start, last)
    return start, max(start + 1, end_of(passage, start + 1, last))
