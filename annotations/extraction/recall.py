"""Who was named or spoke before a place of the text: what pronouns and role nouns refer back to."""

import bisect
from collections.abc import Iterator
from dataclasses import dataclass

from annotations.extraction.english import people
from annotations.extraction.names import Entity, Kind, Mention, bare

_FAR = 40
_FARTHEST = 300
_FADES = 250.0
"""Characters in which nearness is worth as much as leading a clause."""
_LEADS = 1.0
_SPOKE = 1.5
_KNOWN = 0.5


@dataclass(slots=True)
class _Seen:
    """A source already resolved: where it stands, and who it is."""

    start: int
    entity: Entity


class Recall:
    """What a reader remembers at each place: the names so far, the speakers so far."""

    def __init__(self, mentions: list[Mention]) -> None:
        self._mentions = mentions
        self._starts = [mention.start for mention in mentions]
        self._spoke: list[_Seen] = []
        self._described: list[_Seen] = []

    def note_speaker(self, start: int, entity: Entity) -> None:
        """Remember who spoke."""
        bisect.insort(self._spoke, _Seen(start, entity), key=_start)

    def note_description(self, start: int, entity: Entity) -> None:
        """Remember somebody who is only described."""
        self._described.append(_Seen(start, entity))

    def mentions_between(self, start: int, end: int) -> list[Mention]:
        """Return the names in a stretch of text."""
        return self._mentions[bisect.bisect_left(self._starts, start) : bisect.bisect_left(self._starts, end)]

    def latest_speaker(self, position: int) -> Entity | None:
        """Return who spoke last before a place."""
        return next((seen.entity for seen in self._speakers_before(position)), None)

    def latest_person(self, position: int, gender: str) -> Entity | None:
        """Return the person that "he" or "she" most likely means: who led a clause or spoke last, by gender."""
        best: tuple[float, Entity] | None = None
        for start, entity, weight in self._candidates(position):
            if entity.kind in (Kind.BODY, Kind.DOCUMENT) or entity.gender not in {"", gender}:
                continue
            known = _KNOWN * ((entity.gender == gender) + (entity.kind is Kind.PERSON))
            score = weight + known - (position - start) / _FADES
            if best is None or score >= best[0]:
                best = score, entity
        if best is None:
            return None
        best[1].gender = gender
        best[1].kind = Kind.PERSON
        return best[1]

    def latest_thing(self, position: int) -> Entity | None:
        """Return the body, document or unknown that "it" most likely means."""
        best: tuple[float, Entity] | None = None
        for start, entity, weight in self._candidates(position):
            score = weight * _FADES + start
            if entity.kind is not Kind.PERSON and (best is None or score > best[0]):
                best = score, entity
        return best[1] if best else None

    def latest_collective(self, position: int) -> Entity | None:
        """Return the group or body that "they" most likely means."""
        for seen in self._speakers_before(position):
            entity = seen.entity
            several = people.COLLECTIVES & entity.nouns or " and " in entity.name
            if several or entity.kind is Kind.BODY:
                return entity
        return None

    def called(self, noun: str, words: list[str], position: int) -> Entity | None:
        """Return whom "the deputy minister" means: called so before, best by its other words, then the latest."""
        best: tuple[int, int] | None = None
        found: Entity | None = None
        last = bisect.bisect_left(self._starts, position)
        named = self._mentions[max(0, last - _FARTHEST) : last]
        described = [
            (seen.start, seen.entity) for seen in self._described[-_FARTHEST:] if seen.start < position
        ]
        for start, entity in [*described, *((one.start, one.entity) for one in named)]:
            known = {bare(word) for word in entity.name.split()} | entity.nouns
            rank = len(known.intersection(words)), start
            if noun in known and (best is None or rank >= best):
                best, found = rank, entity
        return found

    def _speakers_before(self, position: int) -> Iterator[_Seen]:
        last = bisect.bisect_left(self._spoke, position, key=_start)
        return reversed(self._spoke[max(0, last - _FAR) : last])

    def _candidates(self, position: int) -> Iterator[tuple[int, Entity, float]]:
        last = bisect.bisect_left(self._starts, position)
        for mention in self._mentions[max(0, last - _FAR) : last]:
            yield mention.start, mention.entity, _LEADS if mention.leads else 0.0
        for seen in reversed(list(self._speakers_before(position))):
            yield seen.start, seen.entity, _SPOKE


def _start(seen: _Seen) -> int:
    return seen.start
