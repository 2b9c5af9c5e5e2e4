"""Many ids in little memory: 16 bytes each and two numbers; plain."""

from array import array
from bisect import bisect_left
from itertools import pairwise
from uuid import UUID


class Register:
    """Ids, each with the line on which it stands and a number. Ids that come in order are never sorted again."""

    def __init__(self) -> None:
        self._ids = bytearray()
        self._lines = array("q")
        self._numbers = array("q")
        self._last = b""
        self._ordered = True

    def __len__(self) -> int:
        return len(self._lines)

    def __getitem__(self, index: int) -> bytes:
        return bytes(self._ids[16 * index : 16 * index + 16])

    def add(self, uid: str, line: int, number: int = 0) -> None:
        key = bytes.fromhex(uid.replace("-", ""))
        self._ordered = self._ordered and key > self._last
        self._last = key
        self._ids += key
        self._lines.append(line)
        self._numbers.append(number)

    def seal(self) -> list[tuple[str, int]]:
        """Make look-ups possible; return the ids that stand twice, with the later line of each."""
        if self._ordered:
            return []
        rows = sorted(zip(map(self.__getitem__, range(len(self))), self._lines, self._numbers, strict=True))
        self._ids = bytearray(b"".join(key for key, _, _ in rows))
        self._lines = array("q", (line for _, line, _ in rows))
        self._numbers = array("q", (number for _, _, number in rows))
        self._ordered = True
        return [(str(UUID(bytes=b[0])), b[1]) for a, b in pairwise(rows) if a[0] == b[0]]

    def find(self, uid: str) -> int | None:
        """Return the number that was given with the id; None for an id that is not here."""
        key = bytes.fromhex(uid.replace("-", ""))
        at = bisect_left(self, key)
        return self._numbers[at] if at < len(self) and self[at] == key else None

    def __contains__(self, uid: str) -> bool:
        return self.find(uid) is not None
