"""Spans of article text: half-open intervals of Unicode code points into the text as stored.

One class, `SpanList`, knows the shape that statements store, the order of roles and segments, and the
check against the text. The browser's twin is `static/annotations/offsets.js`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from typing import TypeGuard

from annotations.errors import AnnotationError, FieldError

CONTEXT = 32
"""Code points of context kept before and after a span's words (W3C TextQuoteSelector prefix and suffix)."""


class SpanRole(StrEnum):
    CONTENT = "content"
    QUOTED = "quoted"
    SOURCE = "source"
    CUE = "cue"
    ADDRESSEE = "addressee"
    TARGET = "target"


ROLES = tuple(SpanRole)
WITH_SPEAKER = (SpanRole.ADDRESSEE, SpanRole.TARGET)


class SpanRefused(AnnotationError):
    """A span that is malformed, out of bounds, empty, or whose words differ from the text."""

    code = "span_refused"


@dataclass(frozen=True, order=True)
class Span:
    """`text[start:end]` in code points; `text` repeats the words so that a shift is noticed."""

    start: int
    end: int
    text: str = ""

    def meets(self, other: "Span") -> bool:
        """Tell whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def read_from(self, text: str, where: str = "span") -> "Span":
        """Return the span with its words from `text`; refuse bounds outside it and words that differ."""
        if not 0 <= self.start < self.end <= len(text):
            raise _refused(
                where, f"[{self.start}, {self.end}) is no span of a text of {len(text)} code points."
            )
        words = text[self.start : self.end]
        if self.text and self.text != words:
            found = words if len(words) <= 60 else words[:57] + "..."
            raise _refused(
                where,
                f"the words sent differ from the text at [{self.start}, {self.end}), which reads {found!r};"
                " offsets count Unicode code points of the stored text.",
            )
        return replace(self, text=words)

    def to_json(self) -> dict[str, object]:
        return {"start": self.start, "end": self.end, "text": self.text}

    @classmethod
    def from_json(cls, value: object, where: str = "span") -> "Span":
        """Read `{"start", "end"[, "text"]}`; `where` is the path named in the error."""
        if not isinstance(value, Mapping):
            raise _refused(where, "must be an object with start and end.")
        start, end, text = value.get("start"), value.get("end"), value.get("text", "")
        if not _is_offset(start) or not _is_offset(end):
            raise _refused(where, "start and end must be whole numbers, counted in code points.")
        if not isinstance(text, str):
            raise _refused(where, "text must be a string.")
        return cls(start, end, text)


@dataclass(frozen=True, order=True)
class RoleSpan:
    """A span with its part in the attribution; addressee and target may name a speaker (its public id)."""

    role: SpanRole
    span: Span
    speaker: str | None = None

    def to_json(self) -> dict[str, object]:
        out: dict[str, object] = {"role": self.role.value, **self.span.to_json()}
        if self.role in WITH_SPEAKER:
            out["speaker"] = self.speaker
        return out

    @classmethod
    def from_json(cls, value: object, where: str = "span") -> "RoleSpan":
        span = Span.from_json(value, where)
        if not isinstance(value, Mapping):  # `Span.from_json` has refused it; this tells the type checker
            raise _refused(where, "must be an object with role, start and end.")
        role, speaker = value.get("role"), value.get("speaker")
        if role not in ROLES:
            raise _refused(f"{where}.role", f"{role!r} is no role of a span; use one of {', '.join(ROLES)}.")
        if speaker is not None and (not isinstance(speaker, str) or role not in WITH_SPEAKER):
            raise _refused(f"{where}.speaker", "only addressee and target name a speaker, by its id.")
        return cls(SpanRole(str(role)), span, speaker)


@dataclass(frozen=True)
class SpanList:
    """The spans of one statement, ordered by role and position; segments of one role never overlap."""

    items: tuple[RoleSpan, ...]

    @classmethod
    def of(cls, items: Iterable[RoleSpan]) -> "SpanList":
        """Order the spans, drop exact repetitions and refuse segments of one role that overlap."""
        ordered = sorted(set(items), key=lambda item: (ROLES.index(item.role), item.span))
        for left, right in pairwise(ordered):
            if left.role == right.role and left.span.meets(right.span):
                raise _refused(
                    "spans",
                    f"two {left.role} spans overlap: [{left.span.start}, {left.span.end}) and"
                    f" [{right.span.start}, {right.span.end}); join or shorten them.",
                )
        return cls(tuple(ordered))

    @classmethod
    def from_json(cls, value: object, where: str = "spans") -> "SpanList":
        if not isinstance(value, Sequence) or isinstance(value, str | bytes):
            raise _refused(where, "must be a list of spans.")
        return cls.of(RoleSpan.from_json(item, f"{where}[{i}]") for i, item in enumerate(value))

    def to_json(self) -> list[dict[str, object]]:
        return [item.to_json() for item in self.items]

    def __iter__(self) -> Iterator[RoleSpan]:
        return iter(self.items)

    def of_role(self, role: SpanRole) -> list[Span]:
        return [item.span for item in self.items if item.role == role]

    @property
    def content(self) -> list[Span]:
        return self.of_role(SpanRole.CONTENT)

    @property
    def start(self) -> int:
        """Start of the envelope: the first content segment."""
        return self.content[0].start

    @property
    def end(self) -> int:
        """End of the envelope: the last content segment."""
        return self.content[-1].end

    def read_from(self, text: str, furniture: Sequence[Span] = ()) -> "SpanList":
        """Return the spans with their words; refuse what lies outside the text, differs, or meets furniture."""
        if not self.content:
            raise _refused("spans", "a statement needs at least one content span.")
        read = [
            replace(item, span=item.span.read_from(text, f"spans[{i}]")) for i, item in enumerate(self.items)
        ]
        for i, item in enumerate(read):
            for line in furniture:
                if item.span.meets(line):
                    raise _refused(
                        f"spans[{i}]",
                        f"the {item.role} span [{item.span.start}, {item.span.end}) touches page furniture at"
                        f" [{line.start}, {line.end}); leave that line out, in two segments if need be.",
                    )
        return SpanList(tuple(read))

    def with_role(self, role: SpanRole, spans: Iterable[RoleSpan]) -> "SpanList":
        """Return the list with all spans of `role` replaced."""
        return SpanList.of([*(item for item in self.items if item.role != role), *spans])


def around_furniture(span: Span, furniture: Sequence[Span]) -> list[Span]:
    """Cut whole lines of furniture (with the line breaks beside them) out of `span`.

    A selection dragged over an "Advertisement" line becomes two segments.
    """
    pieces, start = [], span.start
    for line in sorted(furniture):
        if not span.meets(line):
            continue
        if line.start - 1 > start:
            pieces.append(Span(start, line.start - 1))
        start = max(start, line.end + 1)
    if start < span.end:
        pieces.append(Span(start, span.end))
    return pieces


def context(text: str, start: int, end: int) -> tuple[str, str]:
    """Return up to 32 code points before and after [start, end)."""
    return text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]


def _is_offset(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31


def _refused(where: str, what: str) -> SpanRefused:
    message = f"{where}: {what}"
    return SpanRefused(message, [FieldError(where, what)])
