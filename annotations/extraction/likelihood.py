"""How likely a frame is a report: chance likenesses are left out, the rest gets a score."""

from annotations.extraction.english.inflection import Form
from annotations.extraction.english.lists import word_set
from annotations.extraction.english.people import FINDERS, FIRST_PERSONS, RELATIVES, SPEAKING_NOUNS
from annotations.extraction.frames import Build, Frame
from annotations.extraction.names import bare
from annotations.extraction.passages import Passage

_SURELY = word_set("say tell add write note argue report explain announce claim insist declare warn reply")
_FINDINGS = frozenset(("find", "show"))
_TO_OTHERS = word_set("say tell call describe announce")


def is_likely(passage: Passage, frame: Frame) -> bool:
    """Tell whether a frame is a report rather than a chance likeness: weak patterns need a source."""
    if _only_names(passage, frame) or _only_sees(passage, frame):
        return False
    first = passage.letters[frame.content[0][0]]
    if first in "Qw" and not (frame.verb is not None and frame.verb.lemma in _FINDINGS):
        return True
    if frame.verb is not None and frame.verb.lemma in _FINDINGS and not _is_finder(passage, frame):
        return False
    if frame.build is Build.NOUN:
        return frame.source_span is not None or passage.words[frame.cue[0]] in {"question", "questions"}
    if frame.build is Build.INFINITIVE:
        return first == "t" or (
            frame.source_span is not None and frame.verb is not None and frame.verb.lemma in _TO_OTHERS
        )
    return frame.source_span is not None or frame.build is Build.PASSIVE


def reports_of_others(passage: Passage, frame: Frame) -> bool:
    """Tell whether a frame inside a quotation reports somebody else than who is quoted."""
    if frame.source_span is None or frame.verb is None or frame.verb.attitude or not frame.content:
        return False
    words = {
        bare(word.partition("'")[0].partition("’")[0]) for word in passage.words[slice(*frame.source_span)]
    }
    follows = frame.content[0][0] >= frame.cue[1]
    return follows and frame.build is Build.FINITE and not words & FIRST_PERSONS and not words & RELATIVES


def _only_names(passage: Passage, frame: Frame) -> bool:
    """Tell whether "called" gives a thing its name: "a device called the E-meter"."""
    if (
        frame.verb is None
        or frame.verb.lemma != "call"
        or frame.form is not Form.PAST
        or frame.source_span is None
    ):
        return False
    last = frame.source_span[1] - 1
    alone = frame.cue[1] - frame.cue[0] == 1
    return alone and passage.letters[last] == "n" and bare(passage.words[last]) not in SPEAKING_NOUNS


def _only_sees(passage: Passage, frame: Frame) -> bool:
    """Tell whether "view" and "regard" look at a thing and do not say as what they see it."""
    if frame.verb is None or not frame.verb.attitude or not frame.verb.takes("n"):
        return False
    return "as" not in passage.words[slice(*frame.content[0])]


def _is_finder(passage: Passage, frame: Frame) -> bool:
    """Tell whether the source is a document or people who find things out: "the survey shows"."""
    if (
        frame.source_span is None
        or frame.build is not Build.FINITE
        or passage.letters[frame.content[0][0]] == "Q"
    ):
        return False
    first, last = frame.source_span
    head = next((i for i in range(first, last) if passage.letters[i] in "op,"), last)
    return head > first and bare(passage.words[head - 1]) in FINDERS


def score(passage: Passage, frame: Frame) -> float:
    """Return how sure a report is, from 0 to 1: set by hand, by what leads the content and by the verb."""
    if not frame.content or frame.build is Build.ACCORDING:
        return 0.85
    first, last = frame.content[0]
    letters = passage.letters[first:last]
    if letters[:1] == "Q":
        sure = 0.95
    elif "Q" in letters or letters[:1] == "t":
        sure = 0.85
    elif frame.verb is not None and frame.verb.lemma in _SURELY:
        sure = 0.8
    else:
        sure = 0.65
    if frame.verb is not None and frame.verb.attitude:
        sure -= 0.2
    if frame.build in (Build.PASSIVE, Build.NOUN, Build.INFINITIVE):
        sure -= 0.15
    return round(sure, 2)
