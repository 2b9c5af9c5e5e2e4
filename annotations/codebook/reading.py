"""Read a coding scheme's JSON record part by part, so that every fault names its place."""

import re
import reprlib
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from uuid import UUID

from annotations.errors import Invalid

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class SchemeInvalid(Invalid):
    """A coding scheme that cannot be used; `errors` holds the place, such as `variables[2].labels[0].key`."""

    code = "codebook_invalid"


def fault(place: str, what: str) -> Invalid:
    """Return the error for one place of a scheme (empty for the whole); `what` ends with the way out."""
    return SchemeInvalid.field(place, f"Codebook, at {place or 'the top'}: {what}")


@dataclass(frozen=True, slots=True)
class Part:
    """One object of the record and its place in it; keys may be absent only where `read` was told so."""

    place: str
    values: Mapping[str, object]

    @classmethod
    def read(cls, value: object, place: str, *, needed: Set[str], optional: Set[str]) -> "Part":
        """Check that `value` is an object with the `needed` keys and none but the `optional` ones beside them."""
        if not isinstance(value, Mapping):
            raise fault(
                place, f"{reprlib.repr(value)} is no object; write one with the keys {_listed(needed)}."
            )
        if missing := needed - value.keys():
            raise fault(place, f"the key {_listed(missing)} is missing; add it.")
        if unknown := value.keys() - needed - optional:
            raise fault(place, f"the key {_listed(unknown)} is not known here; remove it.")
        return cls(place, value)

    def at(self, name: str) -> str:
        return f"{self.place}.{name}" if self.place else name

    def text(self, name: str) -> str:
        return _text(self.values.get(name, ""), self.at(name))

    def flag(self, name: str) -> bool:
        value = self.values.get(name, False)
        if not isinstance(value, bool):
            raise fault(self.at(name), f"{reprlib.repr(value)} is neither true nor false; write one of them.")
        return value

    def whole(self, name: str) -> int:
        value = self.values.get(name)
        if not isinstance(value, int) or isinstance(value, bool):
            raise fault(self.at(name), f"{reprlib.repr(value)} is no whole number; write one.")
        return value

    def whole_or_none(self, name: str) -> int | None:
        return None if self.values.get(name) is None else self.whole(name)

    def number_or_none(self, name: str) -> float | None:
        value = self.values.get(name)
        if value is None:
            return None
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise fault(self.at(name), f"{reprlib.repr(value)} is no number; write one, or null.")
        return float(value)

    def uuid(self, name: str) -> UUID:
        try:
            return UUID(self.text(name))
        except ValueError as error:
            raise fault(
                self.at(name), f"{reprlib.repr(self.values.get(name))} is no UUID; write one."
            ) from error

    def texts(self, name: str) -> tuple[str, ...]:
        return tuple(_text(value, place) for place, value in self.items(name))

    def items(self, name: str) -> Iterator[tuple[str, object]]:
        """Yield the members of a list, each with its place."""
        values = self.values.get(name, [])
        if not isinstance(values, list | tuple):
            raise fault(self.at(name), f"{reprlib.repr(values)} is no list; write one.")
        for i, value in enumerate(values):
            yield f"{self.at(name)}[{i}]", value


def _text(value: object, place: str) -> str:
    if not isinstance(value, str):
        raise fault(place, f"{reprlib.repr(value)} is no text; write one in quotation marks.")
    if bad := _UNSTORABLE.search(value):
        raise fault(place, f"the character U+{ord(bad[0]):04X} at {bad.start()} cannot be stored; remove it.")
    return value


def _listed(names: Set[str]) -> str:
    return ", ".join(f"“{name}”" for name in sorted(map(str, names)))
