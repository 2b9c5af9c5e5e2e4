"""Who a source is: its canonical name, by name, title, role noun or pronoun."""

import bisect

from annotations.extraction.english import people
from annotations.extraction.english.lists import word_set
from annotations.extraction.names import Entity, Kind, Mention, bare, mentions_in
from annotations.extraction.passages import Passage
from annotations.extraction.phrases import (
    DEFINITE,
    POSSESSIVES,
    SMALL,
    description,
    first_segment,
    head_end,
    nouns_beside,
    stands_last,
    without_article,
)
from annotations.extraction.recall import Recall
from annotations.extraction.results import Place

_LINKS = word_set("of for to by in at from with the and on")
_NEXT = len(", ")


class Speakers:
    """Resolves the sources of one text, in the order of the text."""

    def __init__(self, text: str, passages: list[Passage]) -> None:
        self._text = text
        self._starts = [passage.starts[0] for passage in passages]
        self._passages = passages
        self._recall = Recall(mentions_in(passages))
        for passage in passages:
            self._learn_roles(passage)

    def resolve(self, place: Place) -> Entity | None:
        """Return who stands at a place of the text, and remember it for the pronouns that follow."""
        words = self._text[place[0] : place[1]].split()
        entity = self._pronoun(place[0], words[0]) if len(words) == 1 else None
        entity = entity or self._named(place) or self._described(place)
        if entity is not None:
            self._recall.note_speaker(place[0], entity)
        return entity

    def words(self, place: Place) -> str:
        """Return the text at a place."""
        return self._text[slice(*place)]

    def latest(self, position: int) -> Entity | None:
        """Return the source that was resolved last before a position."""
        return self._recall.latest_speaker(position)

    def _named(self, place: Place) -> Entity | None:
        """Return the entity that a source names: in its head, else in the apposition of a role."""
        mentions = self._recall.mentions_between(*place)
        if not mentions:
            return None
        end = head_end(self._text, place)
        in_head = [one for one in mentions if one.end <= end]
        if found := self._at_end_of_segment(mentions, place):
            return found
        if in_head and stands_last(self._text, in_head[-1], end):
            return in_head[-1].entity
        return self._apposed(mentions, first_segment(self._text, place))

    def _at_end_of_segment(self, mentions: list[Mention], place: Place) -> Entity | None:
        """Return the person whose name closes the part before the first comma: "the mayor of Besk Ann Lee"."""
        comma = first_segment(self._text, place)
        last = next((one for one in reversed(mentions) if one.end <= comma), None)
        if last is None or last.entity.kind is Kind.BODY or not stands_last(self._text, last, comma):
            return None
        before = self._text[place[0] : last.start].split()[-1:]
        return None if before and before[0].lower() in _LINKS else last.entity

    def _apposed(self, mentions: list[Mention], end: int) -> Entity | None:
        """Return the person named after the comma: "The deputy minister, Torv Hallane,"."""
        first = next((one for one in mentions if one.start >= end), None)
        if first is None or first.entity.kind is Kind.BODY:
            return None
        follows = first.start - end <= _NEXT and not self._text[end : first.start].strip(" ,")
        return first.entity if follows and " " in first.entity.name else None

    def _described(self, place: Place) -> Entity | None:
        """Return the entity that a description means, or one of the description's own."""
        end = head_end(self._text, place)
        head = [bare(word) for word in self._text[place[0] : end].replace(",", " ").split()]
        words = [word for word in head if word not in SMALL]
        if not words:
            return None
        if head[0] in DEFINITE and head[-1] not in people.COLLECTIVES:
            known = self._recall.called(head[-1], words, place[0])
            if known is not None:
                return known
        entity = Entity(self._description(place, head), _kind(head[-1]), _gender(head[-1]), set(words))
        self._recall.note_description(place[0], entity)
        return entity

    def _description(self, place: Place, head: list[str]) -> str:
        """Return a description as a name: without article, with the owner's name for "his" and "its"."""
        words = description(self._text, place)
        owner = self._pronoun(place[0], head[0]) if head[0] in POSSESSIVES and len(head) > 1 else None
        if owner is not None and owner.name.lower() not in people.PRONOUNS:
            return f"{owner.name}'s {words.partition(' ')[2]}"
        return without_article(words) or self._text[place[0] : place[1]]

    def _pronoun(self, position: int, word: str) -> Entity | None:
        word = bare(word.replace("’", "'").partition("'")[0])
        if word in people.RELATIVES:
            return self._antecedent(position)
        if word in people.MALE_PRONOUNS:
            return self._recall.latest_person(position, "m")
        if word in people.FEMALE_PRONOUNS:
            return self._recall.latest_person(position, "f")
        if word in people.THING_PRONOUNS:
            return self._recall.latest_thing(position)
        return self._recall.latest_collective(position) if word in {"they", "their"} else None

    def _antecedent(self, position: int) -> Entity | None:
        """Return what a relative pronoun stands for: the phrase right before it."""
        passage = self._passages[bisect.bisect_right(self._starts, position) - 1]
        end = bisect.bisect_left(passage.starts, position)
        while end > 0 and passage.letters[end - 1] in ",-":
            end -= 1
        start = end
        while start > 0 and passage.letters[start - 1] in "DGNn#o":
            start -= 1
        if start == end:
            return None
        place = passage.starts[start], passage.ends[end - 1]
        mentions = self._recall.mentions_between(*place)
        if mentions and stands_last(self._text, mentions[-1], place[1]):
            return mentions[-1].entity
        return self._named(place) or self._described(place)

    def _learn_roles(self, passage: Passage) -> None:
        """Note the role nouns that stand beside names: "Ann Lee, the coordinator", "the state agency Menopress"."""
        for mention in self._recall.mentions_between(passage.starts[0], passage.ends[-1]):
            first = bisect.bisect_left(passage.starts, mention.start)
            last = bisect.bisect_left(passage.starts, mention.end)
            mention.entity.learn(nouns_beside(passage, first, last))


def _kind(noun: str) -> Kind:
    if noun in people.BODIES:
        return Kind.BODY
    return Kind.DOCUMENT if noun in people.DOCUMENTS else Kind.PERSON


def _gender(noun: str) -> str:
    if noun in people.FEMALE_NOUNS | people.FEMALE_TITLES | people.FEMALE_PRONOUNS:
        return "f"
    return "m" if noun in people.MALE_NOUNS | people.MALE_TITLES | people.MALE_PRONOUNS else ""
