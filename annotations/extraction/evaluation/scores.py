"""Proposed quotations against annotated ones: how many are found, with cue, source, name and nesting.

What counts: exact, the same words; iou50, aligned with at least half of the words of both shared; tokens, the words of
aligned pairs; cue lenient, at least one word; speaker head, a content word of the source at the same place; name, the
same last name; end to end, aligned at iou50 with the right source.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from annotations.extraction.english.lists import word_set
from annotations.extraction.evaluation.matching import HALF, WHOLE, Cover, Words, align

KINDS = ("direct", "mixed", "indirect", "all")
_UNTOLD = word_set("""
    the a an of in on at for to from by with and or as his her their its our my your this that these those who which mr
    mrs ms dr sen rep gov president former senator said says
    """)


class Prf(NamedTuple):
    """Precision, recall, and their harmonic mean."""

    precision: float
    recall: float
    f1: float


@dataclass
class Scores:
    """Counts over any number of texts; each is kept for a type and for all."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, document: Mapping[str, Any], quotes: Sequence[Mapping[str, Any]], *, speech: bool) -> None:
        """Count one text; with `speech` other things than speech are not asked for."""
        words = Words(document["text"])
        gold = _Side(words, document["quotes"])
        proposed = _Side(words, quotes)
        if speech:
            _leave_out_other_than_speech(gold, proposed)
        self.counts["documents", "all"] += 1
        self.counts["words", "all"] += len(words)
        for side, name in ((gold, "gold"), (proposed, "proposed")):
            for quote, cover in zip(side.quotes, side.covers, strict=True):
                self._count(quote, name)
                self._count(quote, f"{name} words", len(cover))
                self._count(quote, f"{name} speakers", bool(quote.get("speaker")))
        partners = self._add_pairs(words, gold, proposed)
        self._add_cues(words, gold, proposed)
        self._add_nesting(gold, proposed, partners)

    def prf(self, right: str, kind: str, *, of: str = "") -> Prf:
        """Return precision and recall of a count; `of` names what it is a part of, quotes if nothing."""
        counts, of = self.counts, f" {of}" if of else ""
        precision = _share(counts[f"{right} proposed", kind], counts[f"proposed{of}", kind])
        recall = _share(counts[f"{right} gold", kind], counts[f"gold{of}", kind])
        both = precision + recall
        return Prf(precision, recall, 2 * precision * recall / both if both else 0.0)

    def share(self, right: str, of: str, kind: str) -> float:
        """Return one count as a share of another."""
        return _share(self.counts[right, kind], self.counts[of, kind])

    def _count(self, quote: Mapping[str, Any], what: str, number: int = 1) -> None:
        self.counts[what, quote.get("type") or "indirect"] += number
        self.counts[what, "all"] += number

    def _add_pairs(self, words: Words, gold: "_Side", proposed: "_Side") -> dict[int, int]:
        partners: dict[int, int] = {}
        for i, j, share in align(gold.covers, proposed.covers):
            expected, got = gold.quotes[i], proposed.quotes[j]
            for quote, name in ((expected, "gold"), (got, "proposed")):
                self._count(quote, f"shared words {name}", len(gold.covers[i] & proposed.covers[j]))
                self._count(quote, f"exact {name}", share > WHOLE)
                self._count(quote, f"iou50 {name}", share >= HALF)
            if share >= HALF:
                partners[i] = j
                self._count(expected, "same type", expected["type"] == got.get("type"))
                self._add_speaker(words, expected, got)
        return partners

    def _add_speaker(self, words: Words, expected: Mapping[str, Any], got: Mapping[str, Any]) -> None:
        wanted, found = words.cover(expected.get("speaker")), words.cover(got.get("speaker"))
        if wanted:
            head = {word for word in wanted if words.lower[word] not in _UNTOLD} or wanted
            right = bool(head & found)
            self._count(expected, "asked speakers")
            self._count(expected, "speaker gold", right)
            self._count(expected, "exact speaker", wanted == found)
            self._count(got, "speaker proposed", right)
        if expected.get("speaker_name"):
            name = got.get("speaker_name") or " ".join(words.lower[word] for word in sorted(found))
            last = last_name(expected["speaker_name"])
            self._count(expected, "asked names")
            self._count(expected, "right names", last is not None and last == last_name(name))

    def _add_cues(self, words: Words, gold: "_Side", proposed: "_Side") -> None:
        expected, got = gold.cues(words), proposed.cues(words)
        for kind in KINDS:
            for ours, theirs, name in ((expected, got, "gold"), (got, expected, "proposed")):
                touched = frozenset().union(*theirs["all"])
                self.counts[f"{name} cues", kind] += len(ours[kind])
                self.counts[f"cue lenient {name}", kind] += sum(bool(cue & touched) for cue in ours[kind])
                self.counts[f"cue exact {name}", kind] += len(ours[kind] & theirs["all"])

    def _add_nesting(self, gold: "_Side", proposed: "_Side", partners: Mapping[int, int]) -> None:
        for i, quote in enumerate(gold.quotes):
            if quote.get("parent") is not None:
                j, parent = partners.get(i), partners.get(quote["parent"])
                self.counts["nested gold", "all"] += 1
                self.counts["nested found", "all"] += (
                    j is not None and parent is not None and proposed.quotes[j].get("parent") == parent
                )
        self.counts["nested proposed", "all"] += sum(q.get("parent") is not None for q in proposed.quotes)


class _Side:
    """The quotes of one side on one text, with the words that they cover."""

    def __init__(self, words: Words, quotes: Sequence[Mapping[str, Any]]) -> None:
        self.quotes = list(quotes)
        self.covers = [words.cover(quote.get("spans")) for quote in quotes]

    def drop(self, places: set[int]) -> None:
        """Leave quotes out; who points to one of them points to nothing."""
        kept = [i for i in range(len(self.quotes)) if i not in places]
        new = {old: i for i, old in enumerate(kept)}
        self.quotes = [dict(self.quotes[i], parent=new.get(self.quotes[i].get("parent", -1))) for i in kept]
        self.covers = [self.covers[i] for i in kept]

    def cues(self, words: Words) -> dict[str, set[Cover]]:
        """Return the distinct cue places of each type and of all."""
        found: dict[str, set[Cover]] = {kind: set() for kind in KINDS}
        for quote in self.quotes:
            if cover := words.cover(quote.get("cue")):
                found["all"].add(cover)
                if quote.get("type") in found:
                    found[quote["type"]].add(cover)
        return found


def _leave_out_other_than_speech(gold: _Side, proposed: _Side) -> None:
    """Drop what is no speech, and the proposals that found it: neither asked for nor wrong."""
    other = {i for i, quote in enumerate(gold.quotes) if quote.get("cue_class") == "other"}
    found = {j for i, j, share in align(gold.covers, proposed.covers) if i in other and share >= HALF}
    gold.drop(other)
    proposed.drop(found)


def last_name(name: str | None) -> str | None:
    """Return the last word of a name that is no title and no function word."""
    words = [word for word in Words(name or "").lower if word not in _UNTOLD]
    return words[-1] if words else None


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
