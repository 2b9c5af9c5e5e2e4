"""The source of a frame: the noun phrase, with its apposition, that stands before or after the cue."""

import re

from annotations.extraction.english.lists import word_set
from annotations.extraction.frames import Build, Frame, Items
from annotations.extraction.passages import Passage

_LONGEST = 60
_NOUNS_ON = r"D*[GNn#](?:[GNn#]|-(?=[Nn]))*"
_AFTER = re.compile(rf"R?(S(?![vAMVZ])|(?:{_NOUNS_ON}|D+)(?:(?:[op]|T(?=D?N)|c(?=[DGNn#])){_NOUNS_ON})*)")
_APPOSITION = re.compile(r",(?:[DGNnR#op]|,(?=[n#N])|c|W[^,.;Q]*)+(?=[,.]|$)|\([^)]{1,12}\)")


def find_source_span(passage: Passage, first: int, last: int, frame: Frame) -> None:
    """Set the source of an active frame in the sentence `[first, last)`, if one stands beside the cue."""
    if frame.build is Build.ACCORDING:
        frame.source_span = _with_participle(passage, after(passage, frame.cue[1], last), last)
        return
    if _is_inverted(passage, first, last, frame):
        frame.source_span = after(passage, frame.cue[1], last)
        frame.inverted = frame.source_span is not None
        if frame.inverted:
            return
    if frame.build is Build.PASSIVE:
        frame.subject = before(passage, first, frame.cue[0])
        return
    if frame.build is Build.NOUN:
        frame.source_span = _owner(passage, first, frame.cue[0])
        return
    if frame.build is Build.PARTICIPLE and passage.letters[first : frame.cue[0]][-1:] == ",":
        return  # ", adding": the subject of the sentence, which `extractor` looks for
    frame.source_span = before(passage, first, frame.cue[0])


def _owner(passage: Passage, first: int, noun: int) -> Items | None:
    """Return the owner of a noun of saying: "Lee's claim", "her repeated claim"."""
    letters = passage.letters
    for i in range(noun - 1, max(first, noun - 4) - 1, -1):
        if letters[i] == "G":
            found = _phrase_before(passage, first, i + 1)
            return found or (i, i + 1)
        if letters[i] == "D":
            return (i, i + 1) if passage.words[i] in _POSSESSIVES else None
    return None


_POSSESSIVES = word_set("his her their its my our your")


def _is_inverted(passage: Passage, first: int, last: int, frame: Frame) -> bool:
    """Tell whether the source follows: "...," said Ann Lee; nothing that could be one stands before."""
    if frame.build is not Build.FINITE or frame.verb is None or not frame.verb.takes("q"):
        return False
    letters = passage.letters
    begin, end = frame.cue
    found = _AFTER.match(letters, end, last)
    if found is None:
        return False
    following = letters[found.end() : found.end() + 1]
    if begin == first:
        return following in {",", ":"}
    if letters[begin - 1] == "Q":
        return following not in {"v", "V", "A", "M", "Z", "S"}
    if letters[begin - 1] != "," or following not in {"", ".", ",", ":"}:
        return False
    interrupted = _interrupted(passage, first, begin, ",")
    return interrupted is None or _has_clause(letters, first, interrupted[0])


def _has_clause(letters: str, first: int, end: int) -> bool:
    return any(letter in "vVAM" for letter in letters[first:end])


_PARTICIPLE = re.compile(r"V(?:p[DGNn#m]+(?:[opc][DGNn#m]+)*|m)")


def _with_participle(passage: Passage, phrase: Items | None, last: int) -> Items | None:
    """Let a source go on with "seen by the Courier", "released on Monday"."""
    if phrase is None:
        return None
    more = _PARTICIPLE.match(passage.letters, phrase[1], last)
    return (phrase[0], more.end()) if more else phrase


def after(passage: Passage, start: int, last: int) -> Items | None:
    """Return the noun phrase that begins at an item, with its apposition."""
    found = _AFTER.match(passage.letters, start, last)
    if found is None:
        return None
    end = found.end()
    while end < last and (more := _APPOSITION.match(passage.letters, end, last)):
        end = more.end()
        if passage.letters[end : end + 1] == ",":
            break
    return found.start(1), end


def before(passage: Passage, first: int, end: int) -> Items | None:
    """Return the noun phrase that ends before an item, with what is set between commas after it."""
    first = max(first, end - _LONGEST)
    if end <= first:
        return None
    last = passage.letters[end - 1]
    if last in "SZW" or (last == "t" and end - 2 >= first and passage.letters[end - 2] in "nN"):
        return end - 1, end
    if last in ",-":
        return _interrupted(passage, first, end, last)
    if last == ")":
        return _bracketed(passage, first, end)
    without = _without_adverbs(passage, first, end)
    return before(passage, first, without) if without < end else _phrase_before(passage, first, end)


def _bracketed(passage: Passage, first: int, end: int) -> Items | None:
    """Return a phrase with what stands in brackets after it: "Ann Lee (Besk)"."""
    opening = passage.letters.rfind("(", first, end)
    base = before(passage, first, opening) if opening > first else None
    return (base[0], end) if base else None


def _without_adverbs(passage: Passage, first: int, end: int) -> int:
    """Return where "on Tuesday", "himself" or an adverb begins that ends before an item; the item if nothing does."""
    letters = passage.letters
    if letters[end - 1] == "O" and passage.words[end - 1].endswith(("self", "selves")):
        return end - 1
    if letters[end - 1] not in "mR" or end - 1 <= first:
        return end
    shorter = end - 1
    while shorter - 1 > first and letters[shorter - 1] in "mRp":
        shorter -= 1
    return shorter


def _interrupted(passage: Passage, first: int, end: int, mark: str) -> Items | None:
    """Return the phrase before a pair of commas or dashes; what stands between belongs to it if it describes."""
    letters = passage.letters
    opening = letters.rfind(mark, first, end - 1)
    while opening > first:
        between = letters[opening + 1 : end - 1]
        if "Q" in between:
            return None
        if "v" in between[1:] and between[:1] != "W":
            return None
        if between[:1] not in {"W", "Y", "g", "I"} and any(letter in "AMZS" for letter in between):
            return None
        base = before(passage, first, opening) if letters[opening - 1] in "nN#G)SW" else None
        if base is not None and letters[base[0] : base[1]] == "#" and base[0] - 1 > first:
            opening = base[0] - 1
            continue
        if base is not None:
            describes = between[:1] in "DGNn#W" and between
            return (base[0], end) if describes else base
        opening = letters.rfind(mark, first, opening)
    return None


_NOUNS = "DGNn#"


def _phrase_before(passage: Passage, first: int, end: int) -> Items | None:
    letters = passage.letters
    i = end
    while i > first:
        letter = letters[i - 1]
        joins = (
            letter in "opc-&"
            and i < end
            and i - 2 >= first
            and letters[i - 2] in "Nn#G)"
            and letters[i] in _NOUNS
        )
        if letter == "D" and i < end and i - 2 >= first and letters[i - 2] in "Nn#":
            return i - 1, end  # a noun right before a determiner belongs to another phrase
        if letter == "p" and i < end and i - 3 >= first and letters[i - 2] == "V" and letters[i - 3] in "Nn":
            i -= 2  # "a letter | obtained by | Reuters"
            continue
        if (
            letter in _NOUNS
            or (letter == "V" and i < end and i - 2 >= first and letters[i - 2] == "R")
            or (joins and not (letter == "c" and _has_verb(letters, first, i - 1)))
        ):
            i -= 1
        else:
            break
    if i == end:
        return _relative(passage, first, end)
    return _without_front(letters, first, i, end)


def _has_verb(letters: str, first: int, end: int) -> bool:
    clause = max((letters.rfind(mark, first, end) for mark in ",;:tkQ"), default=-1)
    return any(letters[i] in "vVAM" for i in range(max(first, clause + 1), end))


def _without_front(letters: str, first: int, start: int, end: int) -> Items:
    """Cut a fronted adverbial off: "in Iowa | the senator said", "to the board | Venn said"."""
    if start == first or letters[start - 1] not in "pT":
        return start, end
    determiner = letters.rfind("D", start + 1, end)
    if determiner > 0 and letters[determiner - 1] not in "opc":
        return determiner, end
    name = len(letters[start:end].rstrip("N")) + start
    return (name, end) if start < name < end and letters[name - 1] == "n" else (start, end)


def _relative(passage: Passage, first: int, end: int) -> Items | None:
    """Return a phrase that ends in a relative clause: "a man who lives there"."""
    letters = passage.letters
    if letters[end - 1] not in "RVvIO":
        return None
    at = max(letters.rfind("W", first, end), letters.rfind(",", first, end))
    if at <= first or letters[at] != "W" or letters[at - 1] not in "nN":
        return None
    base = _phrase_before(passage, first, at)
    return (base[0], end) if base else None


_SUBJECT = re.compile(r"(?:S|[DGNn#]+(?:[opc][DGNn#m]+)*(?:,[DGNn#op]+,)?)(?=R*[AMXVvZ])")


def subject_of(passage: Passage, first: int, end: int) -> Items | None:
    """Return the subject of the sentence's main clause, if its verb stands before the item `end`."""
    found = _SUBJECT.search(passage.letters, first, end)
    if found is None:
        return None
    start, stop = found.span()
    return (start, stop - 1) if passage.letters[stop - 1] == "," else (start, stop)
