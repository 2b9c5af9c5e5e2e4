"""Reporting frames: each word of a sentence that reports, its whole verb group, and how it is built in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeAlias

from annotations.extraction.english.cues import NOUN_WITH_PREPOSITION, NOUNS, Verb
from annotations.extraction.english.inflection import Form
from annotations.extraction.english.lists import word_set
from annotations.extraction.passages import Passage
from annotations.extraction.word_classes import CUE_FORMS

Items: TypeAlias = tuple[int, int]
"""The items from the first up to but without the second."""


class Build(Enum):
    """How a frame stands in its sentence."""

    FINITE = "finite"
    PARTICIPLE = "participle"
    INFINITIVE = "infinitive"
    PASSIVE = "passive"
    ACCORDING = "according"
    NOUN = "noun"


@dataclass(slots=True)
class Frame:
    """One reporting frame; items count in its passage."""

    cue: Items
    build: Build
    verb: Verb | None = None
    form: Form | None = None
    source_span: Items | None = None
    inverted: bool = False
    inherits: bool = False
    content: list[Items] = field(default_factory=list)
    addressee: Items | None = None
    subject: Items | None = None
    """Of a passive: what stands where an active frame has its source."""
    relays: list[tuple[Items, bool]] = field(default_factory=list)
    """Who passed the content on, nearest to the speaker first, each with whether the text only suggests it."""

    @property
    def begin(self) -> int:
        """The item where source or cue begins, whichever is first; an inherited source stands elsewhere."""
        own = self.source_span is not None and not self.inherits
        return min(self.cue[0], self.source_span[0]) if own and self.source_span else self.cue[0]

    @property
    def tail(self) -> int:
        """The item after source, cue and addressee."""
        parts = (self.cue, self.source_span, self.addressee)
        return max(part[1] for part in parts if part is not None)


_GROUP_LEFT = re.compile(r"(?:[AMXR]|(?<=[AMXRVIvgnN])T|[VvI](?=T))*$")
_BE = word_set("is are was were be been being am 's ’s isn't wasn't weren't isn’t wasn’t weren’t")
_HAVE = word_set("has have had having hasn't haven't hadn't hasn’t haven’t hadn’t")
_LONGEST_GROUP = 8


def frames_in(passage: Passage, first: int, last: int) -> Iterator[Frame]:
    """Yield the frames of a sentence, sources and contents still to be found."""
    letters = passage.letters
    taken = first
    for i in range(first, last):
        letter = letters[i]
        if letter in "vg":
            frame = _verb_frame(passage, max(first, taken), i)
        elif letter == "Y" and letters[i + 1 : i + 2] == "T":
            frame = Frame((i, i + 2), Build.ACCORDING)
        elif letter == "n" and passage.words[i] in NOUNS and _introduces(passage, i + 1):
            frame = Frame((i, i + 1), Build.NOUN)
        else:
            continue
        if frame:
            taken = frame.cue[1]
            yield frame


def _introduces(passage: Passage, i: int) -> bool:
    """Tell whether what follows a noun of saying can be its content: "that ...", "questions about ..."."""
    if passage.letters[i : i + 1] == "t":
        return True
    return (
        passage.letters[i : i + 1] == "p"
        and (passage.words[i - 1], passage.words[i]) in NOUN_WITH_PREPOSITION
    )


def _verb_frame(passage: Passage, first: int, i: int) -> Frame | None:
    letters, words = passage.letters, passage.words
    verb, form = CUE_FORMS[words[i]]
    begin = max(first, i - _LONGEST_GROUP)
    begin += _GROUP_LEFT.search(letters[begin:i]).start()  # type: ignore[union-attr]  # it may match nothing
    group = words[begin:i]
    if form is Form.PAST and begin == i and _is_asked(passage, first, i):
        build = Build.PASSIVE
    elif "T" in letters[begin:i] and letters[begin] == "T" and form is Form.PLAIN:
        build = Build.INFINITIVE
    elif letters[i] == "g" and not (set(group) & _BE):
        build = Build.PARTICIPLE
    elif form in {Form.PAST, Form.PARTICIPLE} and _is_passive(group):
        build = Build.PASSIVE
    else:
        build = Build.FINITE
    return Frame((begin, i + 1), build, verb, form)


def _is_asked(passage: Passage, first: int, i: int) -> bool:
    """Tell whether a past form is a short passive: "Asked why ...", "when asked about ..."."""
    letters = passage.letters
    led = letters[i - 1] if i > first else "."
    if passage.words[i] not in _SHORT_PASSIVES or letters[i + 1 : i + 2] not in {"w", "p", "T"}:
        return False
    return led in ".k" or (led == "," and _RESUMED.match(letters, i) is not None)


_SHORT_PASSIVES = word_set("asked questioned pressed quizzed")
_RESUMED = re.compile(r"[^,.;Q]+,R*[vVAM]")
"""After an aside the main clause's verb follows: "Lee, asked about the dam, said"."""


def _is_passive(group: list[str]) -> bool:
    """Tell whether the last auxiliary before a participle is a form of "be"."""
    auxiliaries = [word for word in group if word in _BE or word in _HAVE]
    return bool(auxiliaries) and auxiliaries[-1] in _BE
