"""JSON Schema in words: "a list of Span, at least 1", "string or null, up to 200 characters"."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

Schema = Mapping[str, Any]

MOST = 1000
"""A list takes this many items unless it says otherwise; the page says so once."""
LARGEST = 2**31 - 1
"""Whole numbers end here unless they say otherwise."""
FORMATS = {"uuid": "id", "date": "day", "date-time": "moment"}
"""What strings of these formats are called."""


@dataclass(frozen=True)
class Piece:
    """Some words of a line: plain, code, or the name of a shape, to which the page links."""

    words: str
    kind: str = "plain"


Line = tuple[Piece, ...]


def told(note: str) -> Line:
    """Return a note as pieces: what stands between backticks is code."""
    pieces = (Piece(words, "code" if i % 2 else "plain") for i, words in enumerate(note.split("`")))
    return tuple(piece for piece in pieces if piece.words)


def type_of(schema: Schema) -> Line:
    """Return what values look like."""
    return tuple(_words(schema))


def shape_named(reference: str) -> str:
    return reference.rpartition("/")[2]


def _words(schema: Schema) -> Iterator[Piece]:
    if "$ref" in schema:
        yield Piece(shape_named(schema["$ref"]), "shape")
    elif "oneOf" in schema:
        yield from _between(" or ", map(_words, schema["oneOf"]))
    elif "enum" in schema:
        values = [Piece(value or '""', "code") for value in schema["enum"]]
        yield from _between(" | ", ([value] for value in values))
    else:
        yield from _plain(schema)
    if "default" in schema:
        yield from (Piece(", if left out "), Piece(str(schema["default"]), "code"))


def _plain(schema: Schema) -> Iterator[Piece]:
    given = schema.get("type", "any value")
    kinds = [given] if isinstance(given, str) else given
    yield from _between(" or ", (_kind(kind, schema) for kind in kinds))
    limit = _limit(schema)
    if limit:
        yield Piece(f", {limit}")


def _kind(kind: str, schema: Schema) -> Iterator[Piece]:
    if kind == "array":
        yield Piece("list of ")
        yield from _words(schema["items"])
    elif kind == "object":
        values = schema.get("additionalProperties")
        yield Piece("object, by free keys: " if values else "object")
        yield from _words(values) if values else ()
    elif kind == "string":
        yield Piece(FORMATS.get(schema.get("format", ""), "string"))
    elif kind == "boolean":
        yield from (Piece("true", "code"), Piece(" or "), Piece("false", "code"))
    else:
        yield Piece({"integer": "whole number"}.get(kind, kind))


def _limit(schema: Schema) -> str:
    """Return the bounds that are not the same everywhere."""
    filled = schema.get("pattern") == r"\S"
    limits = (
        "not blank" if filled else "",
        _bounds(None if filled else schema.get("minLength"), schema.get("maxLength"), " characters"),
        _bounds(schema.get("minItems"), _unless(schema.get("maxItems"), MOST), " items"),
        _bounds(_unless(schema.get("minimum"), 0), _unless(schema.get("maximum"), LARGEST), ""),
    )
    return ", ".join(filter(None, limits))


def _bounds(low: int | None, high: int | None, unit: str) -> str:
    if low is None and high is None:
        return ""
    if high is None:
        return f"at least {low}{re.sub('s$', '', unit) if low == 1 else unit}"
    return f"up to {high:,}{unit}" if low is None else f"{low:,} to {high:,}{unit}"


def _unless(value: int | None, usual: int) -> int | None:
    return None if value == usual else value


def _between(words: str, parts: Iterable[Iterable[Piece]]) -> Iterator[Piece]:
    """Yield the parts with `words` in between."""
    for i, part in enumerate(parts):
        yield from chain([Piece(words)] if i else [], part)
