"""The parts of a noun phrase in text: its head, what describes it, what it is called."""

import re

from annotations.extraction.english import people
from annotations.extraction.english.lists import word_set
from annotations.extraction.names import Mention, bare
from annotations.extraction.passages import Passage
from annotations.extraction.results import Place

SMALL = word_set("the a an of in at by for and its his her their one this that our my")
DEFINITE = word_set("the that this his her their its")
POSSESSIVES = word_set("his her its their")
_ARTICLES = word_set("the a an one")
_MARKS = (",", "(", " — ", " – ", " - ")
_AFTER_HEAD = re.compile(r" (?:of|in|at|for|by|from|with|to|on|who|that) ")
_CLAUSE = re.compile(
    r" (?:who|which|that|it|he|she|they|whom|whose|seen|obtained|published|released|based)\b"
)
_LOOK_BACK = 40
_DESCRIBES = "DGNnop"


def head_end(text: str, place: Place) -> int:
    """Return where a phrase's head part ends: before its first comma, bracket, dash, or preposition."""
    start, end = place
    for mark in _MARKS:
        at = text.find(mark, start, end)
        end = at if at > start else end
    for hit in _AFTER_HEAD.finditer(text, start, end):
        if hit.start() > start and not _is_part_of_name(text, hit, end):
            return hit.start()
    return end


def first_segment(text: str, place: Place) -> int:
    """Return where the part before a phrase's first comma or bracket ends."""
    start, end = place
    return min((at for mark in ",(" if (at := text.find(mark, start, end)) > start), default=end)


def without_article(words: str) -> str:
    """Return a description without its article."""
    first, _, rest = words.partition(" ")
    return rest if first.lower() in _ARTICLES and rest else words


def description(text: str, place: Place) -> str:
    """Return the words that describe somebody: no clause and nothing set between commas."""
    return _CLAUSE.split(text[place[0] : first_segment(text, place)].strip(" —–-"))[0]


def _is_part_of_name(text: str, hit: re.Match[str], end: int) -> bool:
    """Tell whether "of" belongs to a name: "the Department of Justice"."""
    before = text[max(0, hit.start() - _LOOK_BACK) : hit.start()].split()[-1:]
    named = bool(before) and before[0][:1].isupper() and bare(before[0]) in people.BODIES
    return hit.group() == " of " and named and hit.end() < end and text[hit.end()].isupper()


def stands_last(text: str, mention: Mention, end: int) -> bool:
    """Tell whether nothing but marks follows a name in its phrase."""
    return not text[mention.end : end].strip(" ,.’'\"”)")


def nouns_beside(passage: Passage, first: int, last: int) -> set[str]:
    """Return the nouns that describe the name at `[first, last)`: before it, or as an apposition after it."""
    return _nouns_before(passage, first) | _nouns_after(passage, last)


def _nouns_before(passage: Passage, first: int) -> set[str]:
    """Read "the state agency | Menopress" and "The deputy minister of rivers of Menovar, | Torv Hallane"."""
    letters = passage.letters
    i = first
    if i > 1 and letters[i - 1] == ",":
        i = comma = first - 1
        while i > 0 and letters[i - 1] in _DESCRIBES:
            i -= 1
        words = passage.words[i:comma] if letters[i] == "D" else []
    else:
        while i > 0 and letters[i - 1] == "n":
            i -= 1
        words = passage.words[i:first]
        if i > 2 and letters[i - 2 : i] == "oD":  # "the head of the council | Orla Venn"
            words = passage.words[i - 3 : i - 2]
    return {bare(word) for word in words if word not in SMALL}


def _nouns_after(passage: Passage, last: int) -> set[str]:
    """Read "Ann Lee, | interior minister of Besk,"."""
    letters = passage.letters
    if letters[last : last + 1] != "," or letters[last + 1 : last + 2] not in {"D", "G", "N", "n"}:
        return set()
    end = last + 1
    while end < len(letters) and letters[end] in _DESCRIBES:
        end += 1
    if letters[end : end + 1] not in {"", ",", ".", ")", "-"}:
        return set()
    words = {bare(word) for word in passage.words[last + 1 : end]}
    return words if words & (people.ROLES | people.BODIES) else set()
