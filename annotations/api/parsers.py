"""Read JSON strictly: what two readers could take differently, or no database can keep, is refused by place."""

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any, Never

from django.conf import settings
from rest_framework.parsers import BaseParser

from annotations.errors import AnnotationError, FieldError

UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
DEEPEST = 32
"""The most lists and objects inside one another; a statement has six."""


class Malformed(AnnotationError):
    """Bytes that are no JSON, or JSON that cannot be kept as it is."""

    code = "malformed"
    status = 400


class TooLarge(AnnotationError):
    code = "too_large"
    status = 413


class Twice(dict[str, Any]):
    """An object in which `key` stood more than once."""

    def __init__(self, pairs: Iterable[tuple[str, Any]], key: str) -> None:
        super().__init__(pairs)
        self.key = key


class StrictJSONParser(BaseParser):
    """UTF-8 JSON without repeated keys, NaN, infinities, NUL and lone surrogates."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:  # noqa: ANN401  (any JSON value)
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        raw = stream.read(limit + 1)
        if len(raw) > limit:
            raise TooLarge(f"The body is larger than {limit:,} bytes; send it in parts.")
        return read_json(raw)


def read_json(raw: bytes) -> Any:  # noqa: ANN401  (any JSON value)
    """Return the value; raise `Malformed` naming the place of the first fault."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise Malformed(f"The body is not UTF-8: byte {fault.start} does not fit.") from None
    try:
        value = json.loads(text, object_pairs_hook=_object, parse_constant=_constant)
    except json.JSONDecodeError as fault:
        raise Malformed(
            f"The body is no JSON: {fault.msg} at line {fault.lineno}, column {fault.colno}."
        ) from None
    except RecursionError:
        raise Malformed(f"The body is nested more than {DEEPEST} deep.") from None
    except ValueError:  # an integer of thousands of digits
        raise Malformed("The body holds a number with too many digits.") from None
    first = next(_faults(value, "", 0), None)
    if first:
        raise Malformed(f"{first.field}: {first.message}", [first])
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    out = dict(pairs)
    if len(out) == len(pairs):
        return out
    seen: set[str] = set()
    for key, _ in pairs:
        if key in seen:
            return Twice(pairs, key)
        seen.add(key)
    return out


def _constant(name: str) -> Never:
    raise Malformed(f"The body is no JSON: {name} is no number that JSON knows; use null or leave it out.")


def _faults(value: object, where: str, depth: int) -> Iterator[FieldError]:
    """Yield what cannot be kept, in the order of the body."""
    if isinstance(value, str):
        yield from _of_text(value, where or "body")
    elif isinstance(value, float) and not math.isfinite(value):
        yield FieldError(where or "body", "the number is too large.")
    elif isinstance(value, dict | list):
        if depth == DEEPEST:
            yield FieldError(where, f"is nested more than {DEEPEST} deep.")
            return
        if isinstance(value, Twice):
            yield FieldError(where or "body", f"the key {_shown(value.key)} stands twice; send it once.")
        for place, item in _places(value, where):
            yield from _faults(item, place, depth + 1)


def _places(value: dict[str, Any] | list[Any], where: str) -> Iterator[tuple[str, object]]:
    """Yield the parts of a list or object with their places, each key too."""
    if isinstance(value, list):
        yield from ((f"{where}[{i}]", item) for i, item in enumerate(value))
        return
    for key, item in value.items():
        place = f"{where}.{_shown(key)}" if where else _shown(key)
        yield f"{place} (the key)", key
        yield place, item


def _of_text(text: str, where: str) -> Iterator[FieldError]:
    found = UNSTORABLE.search(text)
    if found:
        character = ord(found.group())
        name = "the NUL character" if not character else f"the lone surrogate U+{character:04X}"
        yield FieldError(
            where, f"holds {name} at position {found.start()}, which no text may hold; remove it."
        )


def _shown(key: str) -> str:
    return UNSTORABLE.sub("�", key[:80])
