"""What a whole export is made of: bytes, hash and counts, so that a download can be checked against them."""

import csv
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import orjson

from annotations.accounts.models import User
from annotations.exchange.downloads import Export
from annotations.exchange.web_annotations import counts_in
from annotations.studies.models import Study

TAIL: Final = 64 * 1024
"""Bytes kept of the end of a JSONL file, where its trailer stands."""


@dataclass(frozen=True)
class Manifest:
    """`counts` are of lines by type in JSONL, of rows, without the header, in CSV, of annotations and losses else."""

    file: str
    size: int
    sha256: str
    counts: dict[str, int]


def manifest_of(export: Export, study: Study, reader: User) -> Manifest:
    """Make the export, and keep what it comes to; the file itself is let go piece by piece."""
    counted = _Counted(export.pieces(study, reader))
    if export.format == "csv":
        rows = sum(1 for _ in csv.reader(counted.lines())) - 1
        counts = {export.table or "statements": rows}
    else:
        for _ in counted:
            pass
        last = counted.tail.rstrip(b"\n").rpartition(b"\n")[2]
        counts = orjson.loads(last)["counts"] if export.format == "jsonl" else counts_in(last)
    return Manifest(export.name(study), counted.size, counted.sha256, counts)


class _Counted:
    """A stream that is hashed and measured on its way."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = pieces
        self._digest = hashlib.sha256()
        self.size = 0
        self.tail = b""

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            self._digest.update(piece)
            self.size += len(piece)
            self.tail = (self.tail + piece)[-TAIL:]
            yield piece

    def lines(self) -> Iterator[str]:
        """Yield the text line by line, ends kept; a line may be one of several of a row."""
        rest = b""
        for piece in self:
            *whole, rest = (rest + piece).split(b"\n")
            yield from (line.decode() + "\n" for line in whole)
        if rest:
            yield rest.decode()
