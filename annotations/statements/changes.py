"""What a statement may be told: the values that both surfaces parse and the actions write."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from enum import Enum
from typing import Any, Final, Literal

from annotations.errors import Invalid
from annotations.spans import Span, SpanList
from annotations.speakers.models import Speaker
from annotations.statements.models import ChainLink, Statement, Utterance


class _Kept(Enum):
    KEPT = "kept"


KEPT: Final = _Kept.KEPT
"""Stands for: leave this field as it is."""
Kept = Literal[_Kept.KEPT]

PRECISIONS = ("day", "month", "year", "relative")


@dataclass(frozen=True, kw_only=True)
class SaidOn:
    """When the words were spoken: a range of days, how exact it is, whether the text anchors it, and where."""

    first: date | None
    last: date | None
    precision: str = "day"
    anchored: bool = True
    span: Span | None = None

    def check(self) -> None:
        if self.precision not in PRECISIONS:
            raise Invalid.field(
                "said_on.precision",
                f"{self.precision!r} is no precision; use one of {', '.join(PRECISIONS)}.",
            )
        if self.first and self.last and self.first > self.last:
            raise Invalid.field("said_on", f"{self.first} comes after {self.last}; swap the two days.")

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "SaidOn":
        first, last = (date.fromisoformat(day) if day else None for day in (kept["from"], kept["to"]))
        span = Span.from_json(kept["span"]) if kept["span"] else None
        return cls(first=first, last=last, precision=kept["precision"], anchored=kept["anchored"], span=span)

    def to_json(self) -> dict[str, object]:
        return {
            "from": self.first.isoformat() if self.first else None,
            "to": self.last.isoformat() if self.last else None,
            "precision": self.precision,
            "anchored": self.anchored,
            "span": self.span.to_json() if self.span else None,
        }


@dataclass(frozen=True, kw_only=True)
class Link:
    """One link of the chain; links are given from the original speaker outwards to the publisher."""

    speaker: Speaker
    role: str
    uncertain: bool = False
    source: Span | None = None
    cue: Span | None = None

    def to_json(self) -> dict[str, object]:
        return {
            "speaker": str(self.speaker.uid),
            "role": self.role,
            "uncertain": self.uncertain,
            "source": self.source.to_json() if self.source else None,
            "cue": self.cue.to_json() if self.cue else None,
        }

    @classmethod
    def from_row(cls, row: ChainLink) -> "Link":
        source, cue = (Span.from_json(span) if span else None for span in (row.source, row.cue))
        return cls(speaker=row.speaker, role=row.role, uncertain=row.uncertain, source=source, cue=cue)

    def to_row(self) -> dict[str, object]:
        """Return the columns of a `ChainLink`."""
        return {**self.to_json(), "speaker": self.speaker}


@dataclass(frozen=True, kw_only=True)
class StatementChanges:
    """A subset of a statement's fields; lists are replaced whole, `codes` merged by variable (None removes)."""

    external_id: str | Kept | None = KEPT
    voice: str | Kept = KEPT
    spans: SpanList | Kept = KEPT
    speaker: Speaker | Kept | None = KEPT
    metonym: bool | Kept = KEPT
    collective: bool | Kept = KEPT
    utterance: Utterance | Kept | None = KEPT
    codes: Mapping[str, str | None] | Kept = KEPT
    said_on: SaidOn | Kept | None = KEPT
    chain: Sequence[Link] | Kept = KEPT
    parent: Statement | Kept | None = KEPT
    restates: Sequence[Statement] | Kept = KEPT
    replies_to: Sequence[Statement] | Kept = KEPT
    flags: Sequence[str] | Kept = KEPT
    note: str | Kept = KEPT

    def given(self) -> Iterator[str]:
        """Yield the names of the fields that are to change."""
        return (field.name for field in fields(self) if getattr(self, field.name) is not KEPT)
