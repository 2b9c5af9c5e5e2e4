"""The OpenAPI document as the reference page shows it: parts, operations and named shapes, in reading order.

A shape that one operation alone needs, as its body or its answer, is set out there; every other has its
place among the shapes. So each stands on the page once, under the anchor `shape-NAME`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from annotations.web.reference.wording import Line, Piece, Schema, shape_named, told, type_of

METHODS = ("get", "post", "patch", "delete")
PROBLEM = "Problem"
"""The shape of every error; shapes that go on from it are shown by what they add."""
Document = Mapping[str, Any]


@dataclass(frozen=True)
class Entry:
    """A field or a parameter; `mark` says whether it is needed, or may be missing from an answer."""

    name: str
    type: Line
    note: Line
    mark: str = ""
    place: str = ""


@dataclass(frozen=True)
class Shape:
    """A named object; `beyond` names the shape that it adds its entries to."""

    name: str
    entries: tuple[Entry, ...]
    beyond: str = ""


@dataclass(frozen=True)
class Content:
    """A body or an answer: what it looks like, and the shape that is set out right here."""

    type: Line
    media: str = ""
    note: Line = ()
    status: str = ""
    headers: tuple[str, ...] = ()
    shape: Shape | None = None


@dataclass(frozen=True)
class Problem:
    """An error: its status, when it comes, and its shape if that is more than the usual one."""

    status: str
    when: Line
    type: Line


@dataclass(frozen=True)
class Operation:
    anchor: str
    method: str
    path: str
    title: str
    note: Line
    parameters: tuple[Entry, ...]
    body: Content | None
    answers: tuple[Content, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Part:
    """The operations on one kind of thing."""

    anchor: str
    name: str
    note: Line
    operations: tuple[Operation, ...]


@dataclass(frozen=True)
class Reference:
    parts: tuple[Part, ...]
    shapes: tuple[Shape, ...]
    problems: tuple[Problem, ...]
    """Each status once."""


def read(document: Document) -> Reference:
    reader = _Reader(document)
    parts = tuple(reader.parts())
    shown = [operation for part in parts for operation in part.operations]
    return Reference(parts, tuple(reader.shapes()), tuple(_usual(shown)))


class _Reader:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.schemas: Mapping[str, Schema] = document["components"]["schemas"]
        self.own = _of_one_operation(document)
        self.given = self._given()

    def parts(self) -> Iterator[Part]:
        """Yield the parts in the order of the document's tags, each operation in that of its addresses."""
        found: dict[str, list[Operation]] = {tag["name"]: [] for tag in self.document.get("tags", ())}
        notes = {tag["name"]: tag.get("description", "") for tag in self.document.get("tags", ())}
        for method, path, given in _operations(self.document):
            found.setdefault(given["tags"][0], []).append(self._operation(method, path, given))
        for name, operations in found.items():
            anchor = "part-" + name.replace(" ", "-")
            yield Part(anchor, name, told(notes.get(name, "")), tuple(operations))

    def shapes(self) -> Iterator[Shape]:
        for name in sorted(self.schemas.keys() - self.own):
            yield self._shape(name)

    def _operation(self, method: str, path: str, given: Mapping[str, Any]) -> Operation:
        title, note = given["summary"], given["description"]
        responses = sorted(given["responses"].items())
        return Operation(
            anchor=given["operationId"],
            method=method.upper(),
            path=path,
            title=title,
            note=told(note) if note != title else (),
            parameters=tuple(map(_parameter, _in_order(given.get("parameters", ()), path))),
            body=next(self._contents(given["requestBody"]), None) if "requestBody" in given else None,
            answers=tuple(
                one for status, answer in responses if status < "4" for one in self._contents(answer, status)
            ),
            problems=tuple(_problem(status, answer) for status, answer in responses if status >= "4"),
        )

    def _contents(self, given: Mapping[str, Any], status: str = "") -> Iterator[Content]:
        """Yield a body or an answer for each media type that it comes in."""
        note = told(given.get("description", ""))
        for media, content in given.get("content", {"": {}}).items():
            schema = content.get("schema")
            yield Content(
                type=type_of(schema) if schema else (),
                media="" if media == "application/json" else media,
                note=note,
                status=status,
                headers=tuple(given.get("headers", ())),
                shape=self._own_shape(schema or {}),
            )

    def _own_shape(self, schema: Schema) -> Shape | None:
        own = sorted(self.own.intersection(_references(schema)))
        return self._shape(own[0]) if own else None

    def _shape(self, name: str) -> Shape:
        schema, usual = self.schemas[name], self.schemas.get(PROBLEM, {"properties": {}})
        fields: Mapping[str, Schema] = schema["properties"]
        more = name != PROBLEM and PROBLEM in self.schemas and fields.keys() > usual["properties"].keys()
        shown = [key for key in fields if not more or key not in usual["properties"]]
        marks = ("", "needed") if name in self.given else ("may be missing", "")
        needed = schema.get("required", ())
        entries = tuple(
            Entry(key, type_of(fields[key]), told(fields[key].get("description", "")), marks[key in needed])
            for key in shown
        )
        return Shape(name, entries, PROBLEM if more else "")

    def _given(self) -> set[str]:
        """Return the shapes that bodies are made of."""
        found: set[str] = set()
        new = {
            name for *_, given in _operations(self.document) for name in _references(given.get("requestBody"))
        }
        while new:
            found |= new
            new = {inner for name in new for inner in _references(self.schemas[name])} - found
        return found


def _parameter(given: Mapping[str, Any]) -> Entry:
    return Entry(
        name=given["name"],
        type=type_of(given["schema"]),
        note=told(given.get("description", "")),
        mark="needed" if given.get("required") else "",
        place=given["in"],
    )


def _problem(status: str, given: Mapping[str, Any]) -> Problem:
    (content,) = given["content"].values()
    shape = type_of(content["schema"])
    usual = shape == (Piece(PROBLEM, "shape"),)
    return Problem(status, told(given["description"]), () if usual else shape)


def _usual(operations: Iterable[Operation]) -> Iterator[Problem]:
    when = {problem.status: problem.when for one in operations for problem in one.problems}
    return (Problem(status, when[status], ()) for status in sorted(when))


def _references(part: object) -> Iterator[str]:
    """Yield the names of the shapes to which a part of the document refers."""
    if isinstance(part, Mapping):
        if isinstance(part.get("$ref"), str):
            yield shape_named(part["$ref"])
        for value in part.values():
            yield from _references(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from _references(value)


def _operations(document: Document) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for path, methods in document["paths"].items():
        yield from ((method, path, methods[method]) for method in METHODS if method in methods)


def _of_one_operation(document: Document) -> frozenset[str]:
    """Return the shapes that one operation uses, as its body or answer, and no other shape is made of."""
    users: Counter[str] = Counter()
    beside = set(_references(document["components"]["schemas"]))
    for _, _, given in _operations(document):
        users.update(set(_references(given)))
        for status, answer in given["responses"].items():
            beside.update(_references(answer) if status >= "4" else ())
    return frozenset(name for name, n in users.items() if n == 1 and name not in beside)


def _in_order(parameters: Iterable[Mapping[str, Any]], path: str) -> list[Mapping[str, Any]]:
    """Return those of the path in its order, then those of the query, then headers."""
    places = ("path", "query", "header")
    return sorted(parameters, key=lambda one: (places.index(one["in"]), path.find(f"{{{one['name']}}}")))
