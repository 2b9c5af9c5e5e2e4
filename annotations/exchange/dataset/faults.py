"""What is wrong with a file: the first faults by line and column, the rest counted; plain."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from annotations.errors import FieldError, Invalid

LISTED: Final = 20
Path = tuple[str | int, ...]
Trouble = tuple[Path, str]
"""Where in a value something is wrong, and what."""

_VALUE = json.JSONDecoder()


class DatasetInvalid(Invalid):
    """A file that cannot be imported; `errors` lists the first faults, each with its line and column."""

    code = "dataset_invalid"


@dataclass(frozen=True)
class Fault:
    """Line and column count from 1, columns in characters."""

    line: int
    column: int
    path: str
    what: str

    def __str__(self) -> str:
        at = f"line {self.line}, column {self.column}"
        return f"{at}: {self.path}: {self.what}" if self.path else f"{at}: {self.what}"


@dataclass
class Faults:
    """The first twenty faults in order, and how many there are in all."""

    first: list[Fault] = field(default_factory=list)
    n: int = 0

    def add(self, line: int, column: int, path: str, what: str) -> None:
        self.n += 1
        if self.n <= LISTED:
            self.first.append(Fault(line, column, path, what))

    def add_trouble(self, line: int, raw: bytes, trouble: Trouble) -> None:
        """Note a fault inside a line, with the column at which the value at fault stands."""
        path, what = trouble
        column = _column(raw, path) if self.n < LISTED else 0
        self.add(line, column, shown(path), what)

    def refuse_if_any(self) -> None:
        if not self.n:
            return
        more = f"\n... and {self.n - LISTED} more" if self.n > LISTED else ""
        listed = "\n".join(map(str, self.first))
        count = "1 fault" if self.n == 1 else f"{self.n} faults"
        raise DatasetInvalid(
            f"The file has {count}; nothing was imported.\n{listed}{more}",
            [FieldError(f"line {fault.line}", str(fault)) for fault in self.first],
        )


def _column(raw: bytes, path: Path) -> int:
    """Return the column of a fault; 1 for a line too odd to be walked through a second time."""
    try:
        return column_of(raw.decode("utf-8", "replace"), path)
    except (ValueError, RecursionError):
        return 1


def shown(path: Path) -> str:
    """Return a path such as `spans[0].end`."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return "".join(parts).removeprefix(".")


def column_of(line: str, path: Sequence[str | int]) -> int:
    """Return the column, counted from 1, at which the value at `path` stands; its holder's if it is missing."""
    at = _skip(line, 0)
    for part in path:
        below = _member(line, at, part) if isinstance(part, str) else _item(line, at, part)
        if below is None:
            break
        at = below
    return at + 1


def _member(line: str, at: int, key: str) -> int | None:
    if line[at : at + 1] != "{":
        return None
    at = _skip(line, at + 1)
    while line[at : at + 1] == '"':
        name, end = _VALUE.raw_decode(line, at)
        value = _skip(line, _skip(line, end) + 1)
        if name == key:
            return value
        at = _next(line, value)
    return None


def _item(line: str, at: int, index: int) -> int | None:
    if line[at : at + 1] != "[":
        return None
    at = _skip(line, at + 1)
    for _ in range(index):
        at = _next(line, at)
    return at


def _next(line: str, value: int) -> int:
    """Return where the next member or item begins, behind the value at `value` and the comma."""
    _, end = _VALUE.raw_decode(line, value)
    return _skip(line, _skip(line, end) + 1)


def _skip(line: str, at: int) -> int:
    while line[at : at + 1] in {" ", "\t", "\r", "\n"}:
        at += 1
    return at
