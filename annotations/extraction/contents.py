"""The content of a frame: before it, after it, around it."""

import re

from annotations.extraction.english.lists import word_set
from annotations.extraction.extents import VERB, end_of, trimmed
from annotations.extraction.following import content_after, past_addressee
from annotations.extraction.frames import Build, Frame, Items
from annotations.extraction.leading import after_one_word, content_before, follows_quotation, fronted_object
from annotations.extraction.passages import Passage

_MAIN_CLAUSE = re.compile(
    r",[DR]?(?=[SDGNn#Z])(?:S|Z|[DGNn#]+(?:[opc][DGNn#m]+)*(?:,[DGNn#op]+,)?)R*(?<!,)(?=[AMXVvZ]|(?<=Z))"
)
_RESUMED = re.compile(r",R*(?=[AMVv])")
_FRONTING = word_set("while although though when after since as if because before by in")
_REPORTING_ASIDE = re.compile(r",W[^,.;Q]*v[^,.;Q]*,")
_VERB_GOES_ON = re.compile(r"[RX]?[AMV]")


def find_content(passage: Passage, first: int, last: int, frame: Frame) -> None:
    """Set the content of a frame in its sentence; leave it empty where there is none.

    In a clause that comes before the main one ("While Lee said ..., Venn denied it") it ends where that begins.
    """
    whole = last
    main = None
    if _is_fronted(passage, first, frame):
        as_told = passage.words[frame.begin - 1] == "as"
        main = _MAIN_CLAUSE.search(passage.letters, frame.cue[1] + (not as_told), last)
        if main is not None:
            _take_main_subject(frame, main)
            last = main.start()
    if frame.source_span and passage.letters[frame.source_span[0]] == "W":
        resumed = _RESUMED.search(passage.letters, frame.cue[1], last)
        last = resumed.start() if resumed else last
    if frame.build is Build.ACCORDING:
        frame.content = _around(passage, first, last, frame)
    elif frame.verb is None:
        frame.content = [(frame.cue[1], end_of(passage, frame.cue[1], last))]
    else:
        frame.content = _of_verb(passage, first, last, frame)
    if main is not None and not frame.content and passage.words[frame.begin - 1] == "as":
        frame.content = [(main.start() + 1, end_of(passage, main.start() + 1, whole))]  # "As Lee noted, ..."


def _take_main_subject(frame: Frame, main: re.Match[str]) -> None:
    """Give "Noting that ..., Lee ..." the main clause's subject as its source."""
    if frame.build is Build.PARTICIPLE and (frame.source_span is None or frame.inherits):
        frame.source_span = main.start() + 1, main.end()


def _is_fronted(passage: Passage, first: int, frame: Frame) -> bool:
    """Tell whether the frame stands in a clause before the main one: a subordinator or participle leads."""
    letters = passage.letters
    begin = frame.source_span[0] if frame.source_span and not frame.inherits else frame.cue[0]
    while begin > first and letters[begin - 1] in "RA":
        begin -= 1
    if begin == first:
        return frame.build is Build.PARTICIPLE or (frame.build is Build.PASSIVE and frame.source_span is None)
    led_by = passage.words[begin - 1]
    at_start = begin - 1 == first or letters[begin - 2] in ",c"
    return at_start and led_by in _FRONTING


def _of_verb(passage: Passage, first: int, last: int, frame: Frame) -> list[Items]:
    """Return the content of a reporting verb: what leads if a quotation does, else what follows, else what leads."""
    verb = frame.verb
    if verb is None:
        return []
    leads_first = frame.inverted or (verb.takes("q") and follows_quotation(passage, first, frame))
    if leads_first and verb.takes("t"):
        past_addressee(passage, frame.cue[1], last, frame)
    found = None if leads_first else content_after(passage, last, frame, verb)
    may_lead = found is None and verb.takes("q", "c", "s")
    if may_lead and (led := content_before(passage, first, last, frame)):
        return led
    if found is None and leads_first and not frame.inverted:
        found = content_after(passage, last, frame, verb)
    found = (
        found or after_one_word(passage, first, last, frame) or fronted_object(passage, first, frame, verb)
    )
    return [found] if found else []


def _around(passage: Passage, first: int, last: int, frame: Frame) -> list[Items]:
    """Return the content of "according to": what follows the comma if it begins the sentence, else what leads."""
    if frame.source_span is None:
        return []
    letters = passage.letters
    begin, tail = frame.cue[0], frame.source_span[1]
    while begin > first and letters[begin - 1] == "R":
        begin -= 1
    if begin - first <= 1:
        start = tail + (letters[tail : tail + 1] == ",")
        end = trimmed(letters, start, last)
        return [(start, end)] if end > start else []
    start, end = _clause_before(letters, first, begin - (letters[begin - 1] in ",-"))
    content = _without_reports(passage, start, end) if end > start else []
    led = not VERB.search(letters, start, end) and "Q" not in letters[start:end]
    if letters[tail : tail + 1] == "," and (led or _VERB_GOES_ON.match(letters, tail + 1, last)):
        content.append((tail + 1, trimmed(letters, tail + 1, last)))
    return [(start, end) for start, end in content if end > start]


def _clause_before(letters: str, first: int, end: int) -> Items:
    """Return the sentence up to an item without its "but", or its last relative clause."""
    relative = letters.rfind(",W", first, end)
    if relative > first and letters.find(",", relative + 1, end) < 0:
        return relative + 1, end
    return first + (letters[first] == "c"), end


def _without_reports(passage: Passage, start: int, end: int) -> list[Items]:
    """Cut out of a content what somebody else says in it: "The number, which Lee repeats, is wrong"."""
    aside = _REPORTING_ASIDE.search(passage.letters, start, end)
    return [(start, aside.start()), (aside.end(), end)] if aside and aside.end() < end else [(start, end)]
