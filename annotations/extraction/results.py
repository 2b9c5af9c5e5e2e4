"""What the extractor finds: statements with their spans, as the evaluation schema has them."""

from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

Place: TypeAlias = tuple[int, int]
"""Half-open code points of the text."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as written, and the days that it means where the publication date allows it."""

    place: Place
    precision: str
    first: date | None = None
    last: date | None = None


@dataclass(slots=True)
class Link:
    """One voice of a source chain, from the original speaker outwards."""

    name: str
    role: str
    uncertain: bool = False


@dataclass(slots=True)
class Quote:
    """One attributed statement; `parent` is the index of the statement inside whose content it stands."""

    spans: list[Place]
    cue: list[Place]
    speaker: list[Place]
    type: str = "indirect"
    speaker_name: str | None = None
    parent: int | None = None
    chain: list[Link] = field(default_factory=list)
    score: float = 0.5
    medium: str = "unspecified"
    source_type: str | None = None
    on_record: str | None = None
    said_on: Moment | None = None


@dataclass(slots=True)
class Report:
    """A statement in the making: its quote, and what is needed to tell who speaks and how sure it is."""

    quote: Quote
    relays: list[tuple[Place, bool]] = field(default_factory=list)
    score: float = 0.5
    ends_quoted: bool = False
    continues: bool = False
    """Whether it has no source of its own and the speaker before goes on."""
    inside: bool = False
    """Whether it stands in somebody's quotation."""
