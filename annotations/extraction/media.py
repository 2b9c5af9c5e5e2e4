"""By which medium a statement was made: what the words around it in its sentence tell."""

from annotations.extraction.english.media import AGENCIES, MEDIUM_WORDS, WRITTEN
from annotations.extraction.frames import Frame, Items
from annotations.extraction.names import bare
from annotations.extraction.passages import Passage

UNSPECIFIED = "unspecified"


def media_in(passage: Passage, sentence: Items) -> list[tuple[int, str]]:
    """Return the items of a sentence that name a medium, each with its label."""
    found: list[tuple[int, str]] = []
    for i in range(*sentence):
        label = MEDIUM_WORDS.get(passage.words[i])
        if label == "statement" and passage.words[i - 1] in WRITTEN:
            label = "written_statement"
        if label:
            found.append((i, label))
    return found


def medium_of(passage: Passage, media: list[tuple[int, str]], frame: Frame) -> str:
    """Return the codebook's label of the medium; who passed it on tells more than other words."""
    relays = {bare(word) for items, _ in frame.relays for word in passage.words[slice(*items)]}
    if relays:
        return "news_agency" if relays & AGENCIES else "newspaper"
    outside = (label for i, label in media if not any(start <= i < stop for start, stop in frame.content))
    return next(outside, UNSPECIFIED)
