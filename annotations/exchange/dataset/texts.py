"""The texts of a file's articles: from the file itself or, by hash, from a folder; plain.

A text is read again whenever it is needed, so that a file of any size is checked in little memory.
"""

import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

import orjson

from annotations.corpus.text import MAX_CHARACTERS, TextRefused, decode
from annotations.spans import Span

KEPT_CHARACTERS: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ArticleText:
    text: str
    furniture: tuple[Span, ...]


class TextFolder:
    """Files by the SHA-256 of the text in them, whatever they are called."""

    def __init__(self, folder: Path | None) -> None:
        self.paths: dict[str, Path] = {}
        for path in sorted(folder.rglob("*")) if folder else ():
            if path.is_file() and path.stat().st_size <= 4 * MAX_CHARACTERS + 3:
                raw = path.read_bytes()
                self.paths.setdefault(hashlib.sha256(raw).hexdigest(), path)
                body = raw.removeprefix(b"\xef\xbb\xbf")
                if body != raw:
                    self.paths.setdefault(hashlib.sha256(body).hexdigest(), path)

    def read(self, sha256: str) -> str | None:
        """Return the text with this hash, byte-order mark and all if the hash counts it."""
        path = self.paths.get(sha256)
        if path is None:
            return None
        raw = path.read_bytes()
        try:
            return raw.decode("utf-8") if hashlib.sha256(raw).hexdigest() == sha256 else decode(raw).text
        except (UnicodeDecodeError, TextRefused):
            return None


class Texts:
    """The articles of a file by id, found again at the offset of their line."""

    def __init__(self, file: BinaryIO, folder: TextFolder) -> None:
        self._file, self._folder = file, folder
        self._offsets: dict[str, int] = {}
        self._kept: OrderedDict[str, ArticleText] = OrderedDict()
        self._characters = 0

    def add(self, uid: str, offset: int) -> None:
        self._offsets[uid] = offset

    def text_of_record(self, record: dict[str, Any]) -> str | None:
        words = record.get("text")
        return words if words is not None else self._folder.read(record["sha256"])

    def of(self, uid: str) -> ArticleText | None:
        """Return the text of an article that was added; None if there is no such article or no text."""
        kept = self._kept.get(uid)
        if kept is not None:
            self._kept.move_to_end(uid)
            return kept
        offset = self._offsets.get(uid)
        return None if offset is None else self._read(uid, offset)

    def _read(self, uid: str, offset: int) -> ArticleText | None:
        back = self._file.tell()
        self._file.seek(offset)
        record = orjson.loads(self._file.readline())
        self._file.seek(back)
        words = self.text_of_record(record)
        if words is None:
            return None
        lines = tuple(Span(line["start"], line["end"]) for line in record.get("furniture", ()))
        found = ArticleText(words, lines)
        self._kept[uid] = found
        self._characters += len(words)
        while self._characters > KEPT_CHARACTERS and len(self._kept) > 1:
            self._characters -= len(self._kept.popitem(last=False)[1].text)
        return found
