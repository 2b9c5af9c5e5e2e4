"""Source chains: who passed on what somebody said, as far as one sentence tells."""

import re

from annotations.extraction.english import people
from annotations.extraction.extents import end_of
from annotations.extraction.frames import Build, Frame, Items
from annotations.extraction.names import bare
from annotations.extraction.passages import Passage
from annotations.extraction.source_spans import after

_QUOTING = frozenset(("quote", "cite", "record", "report", "describe"))
_CITING = frozenset(("cite", "quote"))
_TO = re.compile(r"R*m?R*T([DGNn#]+(?:o[DGNn#]+)*)")
_TOLD = re.compile(r"([DG]?[nN#]+(?:o[DG]?[nN#]+)*)")
_SEEN_BY = frozenset(("seen", "obtained", "reviewed", "published", "leaked"))


def arrange(passage: Passage, first: int, last: int, frames: list[Frame]) -> list[Frame]:
    """Return the frames of a sentence with relays set, those left out that only name a relay."""
    kept = _Sentence(passage, first, last, frames).without_relays()
    for frame in kept:
        _told_to(passage, last, frame)
        _seen_by(passage, last, frame)
    return kept


class _Sentence:
    """The frames of a sentence; some of them turn out to be asides about another."""

    def __init__(self, passage: Passage, first: int, last: int, frames: list[Frame]) -> None:
        self.passage = passage
        self.first = first
        self.last = last
        self.frames = frames

    def without_relays(self) -> list[Frame]:
        """Return the frames that report themselves; each of the rest has become a relay of one of these."""
        kept: list[Frame] = []
        for i, frame in enumerate(self.frames):
            others = [*kept, *self.frames[i + 1 :]]
            if not self._is_relay(frame, others):
                kept.append(frame)
        return kept

    def _is_relay(self, frame: Frame, others: list[Frame]) -> bool:
        if frame.build is Build.ACCORDING:
            return self._in_the_middle(frame, others)
        if frame.verb is None or frame.verb.lemma not in _QUOTING:
            return False
        cites = frame.verb.lemma in _CITING and frame.build is Build.PARTICIPLE
        return (
            self._as_saying(frame)
            or (cites and self._citing(frame, others))
            or self._quoted_by(frame, others)
        )

    def _in_the_middle(self, aside: Frame, others: list[Frame]) -> bool:
        """Read "who, according to Menopress, told ..." and "said, according to Menopress, that ..."."""
        letters = self.passage.letters
        begin, end = aside.cue[0], aside.source_span[1] if aside.source_span else self.last
        if aside.source_span is None or letters[begin - 1 : begin] != "," or letters[end : end + 1] != ",":
            return False
        for other in others:
            if other.source_span is None or other.inherits:
                continue
            encloses = other.source_span[0] < begin and end < other.cue[0] <= end + 2
            precedes = other.cue[1] + 1 == begin and letters[end + 1 : end + 2] == "t"
            if encloses or precedes:
                other.relays.append((aside.source_span, False))
                other.source_span = other.source_span[0], min(other.source_span[1], begin - 1)
                if precedes:
                    other.content = [(end + 1, end_of(self.passage, end + 1, self.last))]
                return True
        return False

    def _as_saying(self, quoting: Frame) -> bool:
        """Read "X quoted Y as saying ..." and "Y was quoted by X as saying ..."."""
        for saying in self.frames:
            at = saying.cue[0] - 1
            follows = at >= quoting.cue[1] - 1 and saying.build is Build.PARTICIPLE
            if not follows or self.passage.words[at] != "as" or saying is quoting:
                continue
            quoted = (quoting.cue[1], at) if at > quoting.cue[1] else None
            saying.source_span = quoting.subject if quoting.build is Build.PASSIVE else quoted
            if quoting.source_span is not None and quoting.source_span != saying.source_span:
                saying.relays.append((quoting.source_span, False))
            saying.inherits = False
            return True
        return False

    def _citing(self, citing: Frame, others: list[Frame]) -> bool:
        """Read "Menopress, citing an official, reported ..." and "..., Menopress reported, citing officials"."""
        cited = after(self.passage, citing.cue[1], self.last)
        if cited is None or not can_speak(self.passage, cited):
            return False
        leads = citing.cue[0] == self.first
        comma = self.passage.letters.find(",", cited[0], self.last)
        for other in others:
            if other.source_span is None or other.build not in (Build.FINITE, Build.ACCORDING):
                continue
            trails = other.cue[0] < citing.cue[0]
            if trails or leads or _encloses(other, citing):
                relay = (
                    other.source_span[0],
                    other.source_span[1] if leads else min(other.source_span[1], citing.cue[0] - 1),
                )
                other.relays.insert(0, (relay, False))
                other.source_span = cited if trails or comma < 0 else (cited[0], comma)
                return True
        return False

    def _quoted_by(self, quoted: Frame, others: list[Frame]) -> bool:
        """Read "Lee, quoted by the Courier, called ..." and "..., as reported by the Courier"."""
        begin, end = quoted.cue
        words = self.passage.words
        by = after(self.passage, end + 1, self.last) if words[end : end + 1] == ["by"] else None
        if by is None or words[end - 1] not in {"quoted", "cited", "reported"}:
            return False
        for other in others:
            encloses = _encloses(other, quoted)
            trails = other.cue[1] <= begin and words[begin - 1] == "as"
            if other.source_span is not None and (encloses or trails):
                other.relays.append((by, False))
                if encloses:
                    other.source_span = other.source_span[0], begin - 1
                return True
        return False


def _encloses(other: Frame, aside: Frame) -> bool:
    """Tell whether an aside stands between the source and the cue of a frame."""
    return (
        other.source_span is not None
        and other.source_span[0] < aside.cue[0] < other.cue[0]
        and not other.inherits
    )


def _told_to(passage: Passage, last: int, frame: Frame) -> None:
    """Note the agency or paper that somebody told: a relay that the text only suggests."""
    told = frame.addressee
    if told is None:
        named = frame.verb is not None and frame.verb.takes("t")
        found = (_TOLD if named else _TO).match(passage.letters, frame.tail, last)
        told = found.span(1) if found else None
    if told is not None and frame.build is not Build.PASSIVE and is_media(passage, told):
        frame.relays.append((told, True))


def _seen_by(passage: Passage, last: int, frame: Frame) -> None:
    """Note who saw the document that speaks: "a report seen by the Courier says ..."."""
    if frame.source_span is None:
        return
    for i in range(frame.source_span[0], frame.source_span[1] - 1):
        if passage.words[i] in _SEEN_BY and passage.words[i + 1] == "by":
            by = after(passage, i + 2, last)
            if by is not None:
                frame.relays.append((by, False))
            return


def is_media(passage: Passage, items: Items) -> bool:
    """Tell whether a phrase names a news medium."""
    return any(bare(word) in people.MEDIA for word in passage.words[slice(*items)])


def can_speak(passage: Passage, items: Items) -> bool:
    """Tell whether a phrase is somebody or something that can be a source: a name, a role, a document."""
    first, last = items
    for i in range(first, last):
        if passage.letters[i] in "op,":
            last = i
            break
    head = bare(passage.words[last - 1]) if last > first else ""
    if passage.letters[last - 1] == "N" and "G" not in passage.letters[first:last]:
        return True
    return (
        bool({head, head.removesuffix("s")} & people.SPEAKING_NOUNS)
        and "G" not in passage.letters[first:last]
    )
