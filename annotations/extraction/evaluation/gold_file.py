"""A news-claims-gold/1 file against the extractor: statements found, right speaker, right chain."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from annotations.extraction.english.lists import word_set
from annotations.extraction.evaluation.matching import HALF, Words, align
from annotations.extraction.names import bare
from annotations.extraction.results import Quote

SCHEMA = "news-claims-gold/1"


@dataclass
class GoldFigures:
    """Counts over the attributed statements of a gold file."""

    statements: int = 0
    proposed: int = 0
    found: int = 0
    right_speaker: int = 0
    right_chain: int = 0

    def lines(self) -> list[str]:
        """Return the figures as lines to print: shares of the statements, and of those found."""
        rows = (
            ("statements found (iou50)", self.found, self.statements),
            ("right speaker of those found", self.right_speaker, self.found),
            ("right chain of those found", self.right_chain, self.found),
        )
        return [f"{self.statements} attributed statements, {self.proposed} proposed"] + [
            f"{what:<30} {right:>4} of {of:<4} {right / of if of else 0:.3f}" for what, right, of in rows
        ]


def compare(
    gold: Mapping[str, Any], texts: Mapping[str, str], find: Callable[[str], Sequence[Quote]]
) -> GoldFigures:
    """Return the figures of the extractor on the articles of a gold file; the author's voice is left out."""
    figures = GoldFigures()
    names = {speaker["id"]: _names(speaker) for speaker in gold["speakers"]}
    for article in gold["articles"]:
        text = texts[article["id"]]
        words = Words(text)
        statements = [
            one
            for one in gold["statements"]
            if one["article"] == article["id"] and one["voice"] == "attributed"
        ]
        quotes = find(text)
        figures.statements += len(statements)
        figures.proposed += len(quotes)
        expected = [
            words.cover((span["start"], span["end"]) for span in one["content"]) for one in statements
        ]
        got = [words.cover(quote.spans) for quote in quotes]
        for i, j, share in align(expected, got):
            if share >= HALF:
                _count(figures, statements[i], quotes[j], names)
    return figures


def _count(
    figures: GoldFigures, statement: Mapping[str, Any], quote: Quote, names: Mapping[str, list[str]]
) -> None:
    figures.found += 1
    figures.right_speaker += _is_one_of(quote.speaker_name, names[statement["speaker"]])
    chain = [link["speaker"] for link in statement["chain"] if link["role"] != "publisher"]
    figures.right_chain += len(chain) == len(quote.chain) and all(
        _is_one_of(link.name, names[speaker]) for link, speaker in zip(quote.chain, chain, strict=True)
    )


def _names(speaker: Mapping[str, Any]) -> list[str]:
    return [speaker["name"], *speaker.get("aliases", [])]


_SMALL = word_set("the a an of in at by unnamed its it did not name")


def _is_one_of(name: str | None, names: Sequence[str]) -> bool:
    """Tell whether a name is one of these: the same words but for articles, or for a person the same last name."""
    words = _words(name or "")
    return bool(words) and any(
        words == (known := _words(one)) or set(words) <= set(known) or words[-1:] == known[-1:]
        for one in names
    )


def _words(name: str) -> list[str]:
    return [word for part in name.replace(",", " ").split() if (word := bare(part)) and word not in _SMALL]
