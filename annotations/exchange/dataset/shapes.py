"""What each type of line may hold, field by field: the check of the import and docs/jsonl.schema.json in one.

Plain. A kind is a test, with an answer to where a value is wrong and why, and the JSON Schema that says the
same. Ids, dates and versions that are absent are given anew; what a field means is told in docs/formats.md.
"""

import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from operator import call
from typing import Any, Final

from annotations.exchange.dataset.faults import Trouble
from annotations.exchange.places import unstorable
from annotations.spans import ROLES

_UID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.ASCII)
_SHA = re.compile(r"[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of value; `trouble` is asked about a value that does not pass, which is seldom."""

    passes: Callable[[Any], bool]
    trouble: Callable[[Any], Trouble]
    schema: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    kind: Kind
    required: bool = False


Fields = Mapping[str, Field]


def plain(test: Callable[[Any], bool], what: str, schema: Mapping[str, Any]) -> Kind:
    trouble: Trouble = ((), f"must be {what}.")
    return Kind(test, lambda value: trouble, schema)


def or_null(kind: Kind) -> Kind:
    passes = kind.passes
    return Kind(
        lambda value: value is None or passes(value),
        kind.trouble,
        {"anyOf": [kind.schema, {"type": "null"}]},
    )


def text(limit: int | None = None, *, filled: bool = False) -> Kind:
    """A string that a database can hold; `limit` in characters."""
    most = limit or sys.maxsize

    def passes(value: object) -> bool:
        return type(value) is str and len(value) <= most and "\x00" not in value

    def passes_filled(value: object) -> bool:
        return type(value) is str and 0 < len(value) <= most and "\x00" not in value and not value.isspace()

    def trouble(value: object) -> Trouble:
        if type(value) is not str:
            return (), "must be a text."
        if len(value) > most:
            return (), f"has {len(value)} characters, {limit} at most are possible."
        if filled and not value.strip():
            return (), "must not be empty."
        return (), "holds a NUL character, which no text may hold."

    bounds = {} if limit is None else {"maxLength": limit}
    schema = {"type": "string", **bounds, **({"minLength": 1} if filled else {})}
    return Kind(passes_filled if filled else passes, trouble, schema)


def one_of(*values: str) -> Kind:
    known = frozenset(values)
    return plain(
        lambda value: type(value) is str and value in known,
        f"one of {', '.join(values)}",
        {"enum": list(values)},
    )


def array(kind: Kind, most: int | None = None) -> Kind:
    """A list, of at most `most` members where their number is a small one in the database."""
    member = kind.passes

    def passes(value: object) -> bool:
        return type(value) is list and (most is None or len(value) <= most) and all(map(member, value))

    def trouble(value: object) -> Trouble:
        if type(value) is not list:
            return (), "must be a list."
        if most is not None and len(value) > most:
            return (), f"has {len(value)} members, {most} at most are possible."
        i, item = next((i, item) for i, item in enumerate(value) if not member(item))
        path, what = kind.trouble(item)
        return (i, *path), what

    bounds = {} if most is None else {"maxItems": most}
    return Kind(passes, trouble, {"type": "array", "items": kind.schema, **bounds})


def record(fields: Fields) -> Kind:
    """An object with these fields; others beside them are let pass."""
    members = {name: field.kind.passes for name, field in fields.items()}
    required = frozenset(name for name, field in fields.items() if field.required)

    @lru_cache(100)
    def tests(names: tuple[str, ...]) -> Sequence[Callable[[Any], bool]] | None:
        """Return what tests the members of an object with these names, in their order; None if one is missing."""
        return [members.get(name, _anything) for name in names] if required.issubset(names) else None

    def passes(value: object) -> bool:
        if type(value) is not dict:
            return False
        asked = tests(tuple(value))
        return asked is not None and all(map(call, asked, value.values()))

    def trouble(value: object) -> Trouble:
        if type(value) is not dict:
            return (), "must be an object."
        for name, field in fields.items():
            if name not in value and field.required:
                return (name,), "is missing."
            if name in value and not field.kind.passes(value[name]):
                path, what = field.kind.trouble(value[name])
                return (name, *path), what
        raise AssertionError("asked about an object that passes")

    schema = {
        "type": "object",
        "properties": {name: field.kind.schema for name, field in fields.items()},
        "required": [name for name in fields if name in required],
    }
    return Kind(passes, trouble, schema)


def _anything(_: object) -> bool:
    return True


def _is_whole(value: object) -> bool:
    return type(value) is int and 0 <= value < 2**31


def _is_number(value: object) -> bool:
    return type(value) is int or type(value) is float


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_moment(value: object) -> bool:
    """Tell whether a text is a moment that has a time zone, and a date in UTC too."""
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
        return moment is not None and moment.tzinfo is not None and bool(moment.astimezone(UTC))
    except (ValueError, OverflowError):
        return False


def _is_opaque(value: object) -> bool:
    return (value is None or isinstance(value, dict)) and unstorable(value) is None


UID: Final = plain(
    lambda value: type(value) is str and _UID.fullmatch(value) is not None,
    "an id (a UUID in lower case)",
    {"type": "string", "format": "uuid"},
)
FLAG: Final = plain(lambda value: type(value) is bool, "true or false", {"type": "boolean"})
WHOLE: Final = plain(_is_whole, "a whole number", {"type": "integer", "minimum": 0, "maximum": 2**31 - 1})
VERSION: Final = plain(
    lambda value: _is_whole(value) and value > 0, "a whole number from 1", {"type": "integer", "minimum": 1}
)
NUMBER: Final = plain(_is_number, "a number", {"type": "number"})
DAY: Final = plain(_is_day, "a date, YYYY-MM-DD", {"type": "string", "format": "date"})
MOMENT: Final = plain(_is_moment, "a moment with its time zone", {"type": "string", "format": "date-time"})
SHA256: Final = plain(
    lambda value: isinstance(value, str) and _SHA.fullmatch(value) is not None,
    "a SHA-256 in 64 lower-case hexadecimal digits",
    {"type": "string", "pattern": "^[0-9a-f]{64}$"},
)
OPAQUE: Final = plain(
    _is_opaque,
    "an object without NUL characters and not nested too deep, or null",
    {"type": ["object", "null"]},
)
NAME: Final = text(60, filled=True)
SPAN_FIELDS: Fields = {
    "start": Field(WHOLE, required=True),
    "end": Field(WHOLE, required=True),
    "text": Field(text(filled=False), required=True),
}
SPAN: Final = record(SPAN_FIELDS)
ROLE_SPAN: Final = record(
    {"role": Field(one_of(*ROLES), required=True), **SPAN_FIELDS, "speaker": Field(or_null(UID))}
)
PSEUDONYM: Final = text(80, filled=True)
EXTERNAL: Final = or_null(text(200))
