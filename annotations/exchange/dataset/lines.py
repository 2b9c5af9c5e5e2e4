"""The lines of a file, one at a time: lines end at LF alone, and none is held longer than it is used; plain."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Final, NamedTuple

import orjson

from annotations.exchange.dataset.faults import Faults
from annotations.exchange.formats.jsonl import TYPES

LONGEST: Final = 64 * 1024 * 1024
"""A line may have this many bytes: more than the longest article takes, with every character escaped."""

_ORDER: Final = {kind: i for i, kind in enumerate(TYPES)}


class Line(NamedTuple):
    """One object of the file; `offset` is where its bytes begin."""

    number: int
    offset: int
    raw: bytes
    kind: str
    record: dict[str, Any]


@dataclass
class Trailer:
    """What the reading of a whole file has counted, to be compared with what its last line says."""

    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(TYPES, 0))
    sha256: str = ""
    last: dict[str, Any] | None = None


def checked_lines(file: BinaryIO, faults: Faults, trailer: Trailer) -> Iterator[Line]:
    """Yield the lines that can be read, in their right order; note the others as faults.

    `trailer` is filled on the way and compared at the end.
    """
    digest, offset, number, reached = hashlib.sha256(), 0, 0, 0
    while raw := file.readline(LONGEST):
        number += 1
        if trailer.last is not None:
            faults.add(number, 1, "", "stands behind the trailer; nothing may follow it.")
            break
        record = _record(raw, number, faults)
        if record is not None and record.get("type") == "end":
            trailer.last = record
            continue
        digest.update(raw)
        if record is not None and (kind := _kind(record, number, reached, faults)):
            reached = _ORDER[kind]
            trailer.counts[kind] += 1
            yield Line(number, offset, raw, kind, record)
        offset += len(raw)
    trailer.sha256 = digest.hexdigest()
    _compare(trailer, number, faults)


def lines_again(file: BinaryIO) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (type, record) of a file that has passed the check."""
    file.seek(0)
    while raw := file.readline():
        record = orjson.loads(raw)
        if record["type"] != "end":
            yield record["type"], record


def _record(raw: bytes, number: int, faults: Faults) -> dict[str, Any] | None:
    if len(raw) == LONGEST and not raw.endswith(b"\n"):
        faults.add(number, 1, "", f"is longer than {LONGEST:,} bytes.")
        return None
    try:
        record = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        what = "is cut off" if not raw.endswith(b"\n") else f"is no JSON: {error.msg}"
        faults.add(number, error.colno, "", f"{what}.")
        return None
    if not isinstance(record, dict):
        faults.add(number, 1, "", "must be a JSON object.")
        return None
    return record


def _kind(record: dict[str, Any], number: int, reached: int, faults: Faults) -> str | None:
    kind = record.get("type")
    if kind not in _ORDER:
        faults.add(number, 1, "type", f"{kind!r} is no type of line; use one of {', '.join(TYPES)}, end.")
        return None
    if _ORDER[kind] < reached:
        faults.add(
            number, 1, "type", f"a {kind} cannot follow a {TYPES[reached]}; the order is {', '.join(TYPES)}."
        )
        return None
    return str(kind)


def _compare(trailer: Trailer, number: int, faults: Faults) -> None:
    """Hold what the last line says against what was read; a file with other faults need not add up."""
    if trailer.last is None:
        faults.add(number + 1, 1, "", "the trailer is missing: the file is not whole; export it again.")
        return
    if faults.n:
        return
    counts = trailer.last.get("counts")
    for kind, n in trailer.counts.items():
        said = counts.get(kind, 0) if isinstance(counts, dict) else None
        if said != n:
            faults.add(number, 1, f"counts.{kind}", f"says {said}, but the file has {n}.")
    if trailer.last.get("sha256") != trailer.sha256:
        faults.add(number, 1, "sha256", f"differs: the lines above have {trailer.sha256}.")
