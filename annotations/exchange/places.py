"""JSON values with the path at which they stand in their file, so that every fault names its place.

Keys that nobody asks for are nobody's business: a file may hold more than we read. Plain.
"""

import re
import reprlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from annotations.errors import FieldError, Invalid

DEEPEST = 100
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class FileInvalid(Invalid):
    """A file that cannot be loaded; the sentence begins with the place at fault."""

    code = "file_invalid"


def fault(path: str, what: str) -> FileInvalid:
    return FileInvalid(f"{path}: {what}" if path else what, [FieldError(path, what)])


@dataclass(frozen=True, slots=True)
class Place:
    """A value and its path, such as `statements[3].content[0].text`; an absent member reads as null."""

    value: object
    path: str = ""

    def __getitem__(self, key: str) -> "Place":
        if not isinstance(self.value, Mapping):
            raise self.fault(f"must be an object, not {self.shown}.")
        return Place(self.value.get(key), f"{self.path}.{key}" if self.path else key)

    def fault(self, what: str) -> FileInvalid:
        return fault(self.path, what)

    @property
    def shown(self) -> str:
        return "missing" if self.value is None else reprlib.repr(self.value)

    @property
    def is_null(self) -> bool:
        return self.value is None

    def items(self) -> Iterator["Place"]:
        """Yield the members of a list; null reads as an empty one."""
        values = [] if self.value is None else self.value
        if not isinstance(values, Sequence) or isinstance(values, str | bytes):
            raise self.fault(f"must be a list, not {self.shown}.")
        for i, value in enumerate(values):
            yield Place(value, f"{self.path}[{i}]")

    def text(self, limit: int | None = None, *, default: str | None = None) -> str:
        """Return a string of at most `limit` characters; without a `default` it must be there and not empty."""
        value = default if self.value is None else self.value
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise self.fault(f"must be a text, not {self.shown}.")
        if limit is not None and len(value) > limit:
            raise self.fault(f"is longer than {limit} characters; shorten it.")
        if bad := _UNSTORABLE.search(value):
            raise self.fault(
                f"holds U+{ord(bad[0]):04X} at {bad.start()}, which no text may hold; remove it."
            )
        return value

    def text_or_none(self, limit: int | None = None) -> str | None:
        return None if self.value is None else self.text(limit, default="")

    def flag(self, *, default: bool = False) -> bool:
        value = default if self.value is None else self.value
        if not isinstance(value, bool):
            raise self.fault(f"must be true or false, not {self.shown}.")
        return value

    def whole(self) -> int:
        if not isinstance(self.value, int) or isinstance(self.value, bool) or not 0 <= self.value < 2**31:
            raise self.fault(f"must be a whole number, not {self.shown}.")
        return self.value

    def number(self) -> int | float:
        if not isinstance(self.value, int | float) or isinstance(self.value, bool):
            raise self.fault(f"must be a number, not {self.shown}.")
        return self.value

    def number_or_none(self) -> int | float | None:
        return None if self.value is None else self.number()


def unstorable(value: object) -> tuple[str, str] | None:
    """Return the place of the first thing in a JSON value that no database column can hold, and what it is.

    That is a text, keys included, with NUL or a lone surrogate, and anything nested beyond reason.
    """
    waiting: list[tuple[object, str, int]] = [(value, "", 0)]
    while waiting:
        found, path, depth = waiting.pop()
        if isinstance(found, str) and _UNSTORABLE.search(found):
            return path, "holds a NUL character, which no text may hold; remove it."
        if isinstance(found, Mapping | list) and depth == DEEPEST:
            return path[:200], f"is nested more than {DEEPEST} deep."
        if isinstance(found, Mapping):
            below = [(key, f"{path}.{key}" if path else str(key)) for key in found]
            waiting += [(part, at, depth + 1) for key, at in reversed(below) for part in (found[key], key)]
        elif isinstance(found, list):
            items = list(enumerate(found))
            waiting += [(item, f"{path}[{i}]", depth + 1) for i, item in reversed(items)]
    return None
