"""What each type of line may hold, field by field: the check of the import and docs/jsonl.schema.json in one.

Plain. A kind is a check, which answers where a value is wrong and why, with the JSON Schema that says the
same. Ids, dates and versions that are absent are given anew; what a field means is told in docs/formats.md.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from annotations.exchange.dataset.faults import Trouble
from annotations.exchange.places import unstorable
from annotations.spans import ROLES

_UID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.ASCII)
_SHA = re.compile(r"[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of value."""

    check: Callable[[Any], Trouble | None]
    schema: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    kind: Kind
    required: bool = False


Fields = Mapping[str, Field]


def _plain(test: Callable[[Any], bool], what: str, schema: Mapping[str, Any]) -> Kind:
    trouble: Trouble = ((), f"must be {what}.")
    return Kind(lambda value: None if test(value) else trouble, schema)


def or_null(kind: Kind) -> Kind:
    check = kind.check
    return Kind(
        lambda value: None if value is None else check(value), {"anyOf": [kind.schema, {"type": "null"}]}
    )


def text(limit: int | None = None, *, filled: bool = False) -> Kind:
    """A string that a database can hold; `limit` in characters."""

    def check(value: object) -> Trouble | None:
        if not isinstance(value, str):
            return (), "must be a text."
        if limit is not None and len(value) > limit:
            return (), f"has {len(value)} characters, {limit} at most are possible."
        if filled and not value.strip():
            return (), "must not be empty."
        return ((), "holds a NUL character, which no text may hold.") if "\x00" in value else None

    bounds = {} if limit is None else {"maxLength": limit}
    return Kind(check, {"type": "string", **bounds, **({"minLength": 1} if filled else {})})


def one_of(*values: str) -> Kind:
    return _plain(lambda value: value in values, f"one of {', '.join(values)}", {"enum": list(values)})


def array(kind: Kind, most: int | None = None) -> Kind:
    """A list, of at most `most` members where their number is a small one in the database."""
    check = kind.check

    def check_all(value: object) -> Trouble | None:
        if not isinstance(value, list):
            return (), "must be a list."
        if most is not None and len(value) > most:
            return (), f"has {len(value)} members, {most} at most are possible."
        for i, item in enumerate(value):
            if trouble := check(item):
                return (i, *trouble[0]), trouble[1]
        return None

    bounds = {} if most is None else {"maxItems": most}
    return Kind(check_all, {"type": "array", "items": kind.schema, **bounds})


def record(fields: Fields) -> Kind:
    """An object with these fields; others beside them are let pass."""
    members = [(name, field.kind.check, field.required) for name, field in fields.items()]

    def check_all(value: object) -> Trouble | None:
        if not isinstance(value, dict):
            return (), "must be an object."
        for name, check, required in members:
            if name in value:
                if trouble := check(value[name]):
                    return (name, *trouble[0]), trouble[1]
            elif required:
                return (name,), "is missing."
        return None

    schema = {
        "type": "object",
        "properties": {name: field.kind.schema for name, field in fields.items()},
        "required": [name for name, field in fields.items() if field.required],
    }
    return Kind(check_all, schema)


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


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


UID: Final = _plain(
    lambda value: isinstance(value, str) and _UID.fullmatch(value) is not None,
    "an id (a UUID in lower case)",
    {"type": "string", "format": "uuid"},
)
FLAG: Final = _plain(lambda value: isinstance(value, bool), "true or false", {"type": "boolean"})
WHOLE: Final = _plain(_is_whole, "a whole number", {"type": "integer", "minimum": 0, "maximum": 2**31 - 1})
VERSION: Final = _plain(
    lambda value: _is_whole(value) and value > 0, "a whole number from 1", {"type": "integer", "minimum": 1}
)
NUMBER: Final = _plain(_is_number, "a number", {"type": "number"})
DAY: Final = _plain(_is_day, "a date, YYYY-MM-DD", {"type": "string", "format": "date"})
MOMENT: Final = _plain(_is_moment, "a moment with its time zone", {"type": "string", "format": "date-time"})
SHA256: Final = _plain(
    lambda value: isinstance(value, str) and _SHA.fullmatch(value) is not None,
    "a SHA-256 in 64 lower-case hexadecimal digits",
    {"type": "string", "pattern": "^[0-9a-f]{64}$"},
)
OPAQUE: Final = _plain(
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
