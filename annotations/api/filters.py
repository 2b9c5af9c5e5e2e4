"""Filters of lists: each list names those that it has; anything else in the query is refused."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from rest_framework.request import Request

from annotations.api.pagination import LARGEST_SIZE
from annotations.api.shapes import DAY, UID, Choice, Schema, Shape, Text, Written, day_in, moment_in
from annotations.errors import AnnotationError, FieldError, Invalid


class UnknownFilter(AnnotationError):
    code = "unknown_filter"
    status = 400


class BadFilter(AnnotationError):
    """A filter that is there, with a value that it cannot take."""

    code = "bad_filter"
    status = 400


@dataclass(frozen=True)
class Filter:
    """A parameter of the query: its name, what values look like, what it keeps."""

    name: str
    shape: Shape
    note: str

    def schema(self) -> Schema:
        return self.shape.schema()


@dataclass(frozen=True)
class PageSize(Shape):
    """A whole number written in digits."""

    def read(self, value: object, where: str) -> int:
        digits = str(value)
        if not (digits.isascii() and digits.isdigit() and 1 <= int(digits[:9]) <= LARGEST_SIZE):
            raise Invalid.field(where, f"must be a whole number from 1 to {LARGEST_SIZE}.")
        return int(digits)

    def schema(self) -> Schema:
        return {"type": "integer", "minimum": 1, "maximum": LARGEST_SIZE, "default": 50}


def since_in(value: object) -> datetime | None:
    """Return a moment; a day stands for its midnight, UTC."""
    found = day_in(value)
    return datetime.combine(found, time(), UTC) if found else moment_in(value)


SINCE = Written(since_in, "a moment such as 2018-03-14T09:30:00Z, or a day", "date-time")
LABEL = Text(longest=60, blank=False)
WORDS = Text(longest=1000, blank=False)

SPEAKER = Filter("speaker", UID, "Id of the speaker to whom statements are attributed.")
CLAIM = Filter("claim", UID, "Id of a claim on which statements take a stance.")
STANCE = Filter("stance", LABEL, "Label of the stance taken, on `claim` if that is given, else on any claim.")
SOURCE_TYPE = Filter("source_type", LABEL, "Label of the variable source_type.")
QUOTE_TYPE = Filter("quote_type", LABEL, "Label of the variable quote_type.")
OUTLET = Filter("outlet", UID, "Id of the outlet that published the article.")
ARTICLE = Filter("article", UID, "Id of the article.")
PUBLISHED_AFTER = Filter("published_after", DAY, "Articles published on this day or later.")
PUBLISHED_BEFORE = Filter("published_before", DAY, "Articles published on this day or earlier.")
CHANGED_SINCE = Filter("changed_since", SINCE, "Objects changed at this moment or later (`updated_at`).")
EXTERNAL_ID = Filter("external_id", Text(longest=200, blank=False), "The client's own name of the object.")

REVISIONS = Filter(
    "revisions",
    Choice(("current", "all")),
    "current, as if left out: texts that stand; all: earlier revisions too.",
)


def q(what: str) -> Filter:
    """Return the free-text filter; `what` says what is searched."""
    return Filter("q", WORDS, f"{what}, case apart.")


CURSOR = Filter(
    "cursor", Text(longest=2000, blank=False), "Where the page begins: from `next` or `previous`."
)
PAGE_SIZE = Filter("page_size", PageSize(), "Rows of a page.")


def read_filters(request: Request, known: Iterable[Filter], *, paged: bool = True) -> dict[str, Any]:
    """Return the filters that the query gives, read; refuse unknown names, bad values and repetitions."""
    shapes = {one.name: one.shape for one in (*known, *((CURSOR, PAGE_SIZE) if paged else ()))}
    out: dict[str, Any] = {}
    for name, values in request.query_params.lists():
        if name not in shapes:
            raise UnknownFilter(
                f"{_shown(name)!r} is no parameter here; there are {', '.join(sorted(shapes))}."
            )
        if len(values) != 1:
            raise _bad(name, "is given more than once; give it once.")
        if "\x00" in values[0]:
            raise _bad(name, "holds the NUL character.")
        try:
            out[name] = shapes[name].read(values[0], name)
        except Invalid as fault:
            raise _bad(name, fault.message) from None
    return out


def label_known(name: str, value: str, labels: Iterable[str]) -> None:
    """Refuse a label that the codebook does not have."""
    if value not in (known := set(labels)):
        raise _bad(name, f"{_shown(value)!r} is no label of it; use one of {', '.join(sorted(known))}.")


def _bad(name: str, message: str) -> BadFilter:
    return BadFilter(f"{name}: {message}", [FieldError(name, message)])


def _shown(name: str) -> str:
    return "".join(c if c.isprintable() else "�" for c in name[:80])
