"""What JSON values look like: each shape checks a value strictly and describes itself in the OpenAPI document.

Nothing is coerced: "5" is no number, 1 is no truth value. Faults carry their path, such as `spans[0].end`,
and one refusal names them all.
"""

import uuid
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from annotations.errors import FieldError, Invalid

Schema = dict[str, Any]

MANY = 1000
"""The most items of a list in a body, unless its shape says otherwise."""
LIMIT = 10**15
"""Numbers lie below this size."""


class Shape(ABC):
    """A kind of JSON value."""

    @abstractmethod
    def read(self, value: object, where: str) -> Any:  # noqa: ANN401  (each shape reads what it is)
        """Return the value as the domain wants it; raise `Invalid` with the place."""

    @abstractmethod
    def schema(self) -> Schema:
        """Return the JSON Schema of the value."""

    def inner(self) -> "Iterable[Shape]":
        """Return the shapes that this one is made of."""
        return ()


class Reading:
    """Read several values and refuse all that do not fit at once."""

    def __init__(self) -> None:
        self.faults: list[FieldError] = []

    def take(self, shape: Shape, value: object, where: str) -> Any:  # noqa: ANN401
        try:
            return shape.read(value, where)
        except Invalid as fault:
            self.faults.extend(fault.errors)

    def refuse(self, where: str, message: str) -> None:
        self.faults.append(FieldError(where, message))

    def settle(self) -> None:
        if self.faults:
            shown = [f"{fault.field}: {fault.message}" for fault in self.faults[:5]]
            more = [f"and {len(self.faults) - 5} more."] if len(self.faults) > 5 else []
            raise Invalid(" ".join([*shown, *more]), self.faults)


@dataclass(frozen=True)
class Text(Shape):
    """A string of at most `longest` code points; `blank` says whether it may be empty or all white space.

    With `null_is_empty`, null is taken for "".
    """

    longest: int | None = None
    blank: bool = True
    null_is_empty: bool = False

    def read(self, value: object, where: str) -> str:
        if value is None and self.null_is_empty:
            return ""
        if not isinstance(value, str):
            raise Invalid.field(where, "must be a string.")
        if not self.blank and not value.strip():
            raise Invalid.field(where, "must not be empty.")
        if self.longest is not None and len(value) > self.longest:
            raise Invalid.field(where, f"is longer than {self.longest} characters; shorten it.")
        return value

    def schema(self) -> Schema:
        out: Schema = {"type": ["string", "null"] if self.null_is_empty else "string"}
        if self.longest is not None:
            out["maxLength"] = self.longest
        return out if self.blank else {**out, "minLength": 1, "pattern": r"\S"}


@dataclass(frozen=True)
class Choice(Shape):
    """One of a closed list of strings."""

    values: tuple[str, ...]

    def read(self, value: object, where: str) -> str:
        if not isinstance(value, str) or value not in self.values:
            raise Invalid.field(where, f"must be one of {', '.join(self.values)}.")
        return value

    def schema(self) -> Schema:
        return {"type": "string", "enum": list(self.values)}


@dataclass(frozen=True)
class Truth(Shape):
    """true or false."""

    def read(self, value: object, where: str) -> bool:
        if not isinstance(value, bool):
            raise Invalid.field(where, "must be true or false.")
        return value

    def schema(self) -> Schema:
        return {"type": "boolean"}


@dataclass(frozen=True)
class Whole(Shape):
    """A whole number between two bounds, both included."""

    low: int = 0
    high: int = 2**31 - 1

    def read(self, value: object, where: str) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not self.low <= value <= self.high:
            raise Invalid.field(where, f"must be a whole number from {self.low} to {self.high}.")
        return value

    def schema(self) -> Schema:
        return {"type": "integer", "minimum": self.low, "maximum": self.high}


@dataclass(frozen=True)
class Number(Shape):
    """A number of any kind whose size is below 10^15."""

    def read(self, value: object, where: str) -> int | float:
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise Invalid.field(where, "must be a number.")
        if not -LIMIT < value < LIMIT:
            raise Invalid.field(where, "must lie between -10^15 and 10^15.")
        return value

    def schema(self) -> Schema:
        return {"type": "number", "exclusiveMinimum": -LIMIT, "exclusiveMaximum": LIMIT}


@dataclass(frozen=True)
class Written(Shape):
    """A string that stands for something else: `read_from` returns it, or None where the string does not fit."""

    read_from: Callable[[object], object | None]
    what: str
    format: str

    def read(self, value: object, where: str) -> Any:  # noqa: ANN401
        found = self.read_from(value)
        if found is None:
            raise Invalid.field(where, f"must be {self.what}.")
        return found

    def schema(self) -> Schema:
        return {"type": "string", "format": self.format}


def uid_in(value: object) -> str | None:
    """Return the public id that a string holds, in lower case; None for anything else."""
    if not isinstance(value, str) or len(value) != 36 or not value.isascii():
        return None
    try:
        found = str(uuid.UUID(value))
    except ValueError:
        return None
    return found if found == value.lower() else None


def day_in(value: object) -> date | None:
    if not isinstance(value, str) or len(value) != 10 or not value.isascii():
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def moment_in(value: object) -> datetime | None:
    """Return the moment; None without an offset from UTC, and near the ends of the calendar."""
    if not isinstance(value, str) or not 19 < len(value) < 40 or not value.isascii():
        return None
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        return None
    return found if found.tzinfo is not None and 1 < found.year < 9999 else None


UID = Written(uid_in, "an id: a UUID as a string", "uuid")
DAY = Written(day_in, "a day: YYYY-MM-DD", "date")
MOMENT = Written(moment_in, "a moment with its offset from UTC, such as 2018-03-14T09:30:00Z", "date-time")


@dataclass(frozen=True)
class Null(Shape):
    """A value of another shape, or null."""

    shape: Shape

    def read(self, value: object, where: str) -> Any:  # noqa: ANN401
        return None if value is None else self.shape.read(value, where)

    def schema(self) -> Schema:
        inner = self.shape.schema()
        if isinstance(inner.get("type"), str) and "enum" not in inner:
            return {**inner, "type": [inner["type"], "null"]}
        return {"oneOf": [inner, {"type": "null"}]}

    def inner(self) -> Iterable[Shape]:
        return (self.shape,)


@dataclass(frozen=True)
class Many(Shape):
    """A list of values of one shape."""

    item: Shape
    least: int = 0
    most: int = MANY

    def read(self, value: object, where: str) -> list[Any]:
        if not isinstance(value, list):
            raise Invalid.field(where, "must be a list.")
        if not self.least <= len(value) <= self.most:
            raise Invalid.field(where, f"must hold {self.least} to {self.most} items, not {len(value)}.")
        reading = Reading()
        out = [reading.take(self.item, item, f"{where}[{i}]") for i, item in enumerate(value)]
        reading.settle()
        return out

    def schema(self) -> Schema:
        bounds = {"maxItems": self.most, **({"minItems": self.least} if self.least else {})}
        return {"type": "array", "items": self.item.schema(), **bounds}

    def inner(self) -> Iterable[Shape]:
        return (self.item,)


@dataclass(frozen=True)
class Table(Shape):
    """An object with free keys and values of one shape."""

    value: Shape

    def read(self, value: object, where: str) -> dict[str, Any]:
        if not isinstance(value, Mapping) or len(value) > MANY:
            raise Invalid.field(where, f"must be an object of at most {MANY} keys.")
        reading = Reading()
        out = {key: reading.take(self.value, item, f"{where}.{key[:80]}") for key, item in value.items()}
        reading.settle()
        return out

    def schema(self) -> Schema:
        return {"type": "object", "additionalProperties": self.value.schema()}

    def inner(self) -> Iterable[Shape]:
        return (self.value,)


@dataclass(frozen=True)
class OneOf(Shape):
    """A value of one of two shapes, told apart by `first_if`."""

    first: Shape
    second: Shape
    first_if: Callable[[object], bool]

    def read(self, value: object, where: str) -> Any:  # noqa: ANN401
        return (self.first if self.first_if(value) else self.second).read(value, where)

    def schema(self) -> Schema:
        return {"oneOf": [self.first.schema(), self.second.schema()]}

    def inner(self) -> Iterable[Shape]:
        return (self.first, self.second)


def described_or_id(described: Shape) -> OneOf:
    """Return the shape of a reference: an object by which something is found or added, or its id."""
    return OneOf(described, UID, lambda value: isinstance(value, Mapping))


@dataclass(frozen=True)
class Field:
    """One field of an object; `needed` fields may not be left out."""

    shape: Shape
    note: str = ""
    needed: bool = False

    def schema(self) -> Schema:
        inner = self.shape.schema()
        return {**inner, "description": self.note} if self.note else inner


@dataclass(frozen=True)
class Fields(Shape):
    """An object with these fields and no others; with a `name` it is a component of the OpenAPI document.

    `fixed` are fields that answers hold and the server sets.
    """

    name: str
    fields: Mapping[str, Field]
    fixed: frozenset[str] = field(default_factory=frozenset)

    def read(self, value: object, where: str) -> dict[str, Any]:
        return self.read_beside(value, where, {})

    def read_beside(self, value: object, where: str, standing: Mapping[str, object]) -> dict[str, Any]:
        """Read a body; fields that the server sets may be repeated as they stand, and are left out."""
        if not isinstance(value, Mapping):
            raise Invalid.field(where or "body", "must be an object.")
        reading, prefix = Reading(), f"{where}." if where else ""
        out: dict[str, Any] = {}
        for name, item in value.items():
            if name in self.fields:
                out[name] = reading.take(self.fields[name].shape, item, prefix + name)
            elif name in self.fixed:
                if name not in standing or standing[name] != item:
                    reading.refuse(prefix + name, "is set by the server; leave it out.")
            else:
                known = ", ".join(self.fields)
                reading.refuse(prefix + name[:80], f"is no field here; there are {known}.")
        for name, one in self.fields.items():
            if one.needed and name not in value:
                reading.refuse(prefix + name, "is missing.")
        reading.settle()
        return out

    def schema(self) -> Schema:
        return {"$ref": f"#/components/schemas/{self.name}"} if self.name else self.definition()

    def definition(self) -> Schema:
        needed = [name for name, one in self.fields.items() if one.needed]
        return {
            "type": "object",
            "properties": {name: one.schema() for name, one in self.fields.items()},
            **({"required": needed} if needed else {}),
            "additionalProperties": False,
        }

    def inner(self) -> Iterable[Shape]:
        return [one.shape for one in self.fields.values()]


def answer(name: str, fields: Mapping[str, Field]) -> Fields:
    """Return the shape of an answer: every field is always there."""
    return Fields(name, {key: Field(one.shape, one.note, needed=True) for key, one in fields.items()})


def subset(name: str, whole: Fields, *, without: Iterable[str] = ()) -> Fields:
    """Return the shape of a PATCH: any of the fields, none needed; `without` are fixed once created."""
    dropped = frozenset(without)
    kept = {key: Field(one.shape, one.note) for key, one in whole.fields.items() if key not in dropped}
    return Fields(name, kept, whole.fixed | dropped)


def components(shape: Shape) -> dict[str, Schema]:
    """Return the named objects that a shape is made of, by name."""
    out: dict[str, Schema] = {}
    for part in shape.inner():
        out |= components(part)
    if isinstance(shape, Fields) and shape.name:
        out[shape.name] = shape.definition()
    return out
