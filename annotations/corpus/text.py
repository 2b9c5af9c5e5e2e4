"""The text of an article: read strictly, measured, cut into lines; never changed.

Offsets count Unicode code points of the stored text, half-open. Lines end at "\\n" and nowhere else:
CR, VT, FF, U+0085 and U+2028 are characters of the text.
"""

import codecs
import hashlib
import re
import unicodedata
from dataclasses import dataclass

from annotations.errors import AnnotationError, FieldError

MAX_CHARACTERS = 2_000_000
"""The longest text of one article, in code points; a novel has about half of that."""

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_INVISIBLE = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})
# Scripts written without spaces, where each character counts as a word, as in word processors.
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


class TextRefused(AnnotationError):
    """A text that cannot be stored as it is; the sentence names the place."""

    code = "text_refused"
    status = 400


class TextEmpty(TextRefused):
    """A text without a single visible character."""

    code = "text_empty"
    status = 422


class TextTooLong(TextRefused):
    """A text of more than `MAX_CHARACTERS` code points."""

    code = "text_too_long"
    status = 413


@dataclass(frozen=True)
class Decoded:
    """A file's text, and whether a byte-order mark was dropped from its start."""

    text: str
    had_byte_order_mark: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line: `text[start:end]`, without its "\\n"; the next one starts at `end + 1`."""

    index: int
    start: int
    end: int


def decode(raw: bytes) -> Decoded:
    """Read UTF-8 strictly; only a byte-order mark at the very start is dropped, and noted."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise TextRefused("The file is UTF-16, not UTF-8: save the file as UTF-8 and send it again.")
    if len(raw) > 4 * MAX_CHARACTERS + len(codecs.BOM_UTF8):
        raise _too_long(f"{len(raw):,} bytes")
    body = raw.removeprefix(codecs.BOM_UTF8)
    dropped = len(raw) - len(body)
    try:
        return Decoded(body.decode("utf-8"), had_byte_order_mark=dropped > 0)
    except UnicodeDecodeError as fault:
        line, column = place_of(before := body[: fault.start].decode("utf-8"), len(before))
        raise TextRefused(
            f"The file is not UTF-8: byte 0x{body[fault.start]:02X} at byte offset {fault.start + dropped}"
            f" (line {line}, column {column}) does not fit; save the file as UTF-8 and send it again."
        ) from None


def check_text(text: str) -> None:
    """Refuse what cannot be stored and read back the same: NUL, lone surrogates, nothing, too much."""
    if len(text) > MAX_CHARACTERS:
        raise _too_long(f"{len(text):,} characters")
    check_characters(text)
    if not any(unicodedata.category(character) not in _INVISIBLE for character in text):
        empty = "The text is empty: it holds no visible character. Paste or send the article's words."
        raise TextEmpty(empty, [FieldError("text", empty)])


def check_characters(text: str) -> None:
    """Refuse NUL and lone surrogates, by position."""
    fault = _UNSTORABLE.search(text)
    if fault is None:
        return
    found = fault.group()
    name = "the NUL character" if found == "\x00" else f"the lone surrogate U+{ord(found):04X}"
    line, column = place_of(text, fault.start())
    raise TextRefused(
        f"The text holds {name} at position {fault.start()} (line {line}, column {column}), which no text"
        " may hold: remove it and send the text again."
    )


def place_of(text: str, position: int) -> tuple[int, int]:
    """Return line and column of a code-point position, both counted from 1, lines ended by "\\n" alone."""
    return text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position)


def from_form(text: str) -> str:
    """Undo what a browser's form post does to line ends: CRLF becomes LF again, nothing else changes."""
    return text.replace("\r\n", "\n")


def sha256_of(text: str) -> str:
    """Return the hexadecimal SHA-256 of the text's UTF-8 bytes, without byte-order mark."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def paragraphs(text: str) -> list[Paragraph]:
    """Return every line of the text, empty ones too; their ends and "\\n" tile the text."""
    found, start = [], 0
    for index, line in enumerate(text.split("\n")):
        found.append(Paragraph(index, start, start + len(line)))
        start += len(line) + 1
    return found


def n_words(text: str) -> int:
    """Count words: runs between blanks that hold a letter or digit; Chinese and Japanese by character."""
    spaced, unspaced = _UNSPACED.subn(" ", text)
    return unspaced + sum(any(map(str.isalnum, run)) for run in spaced.split())


def _too_long(size: str) -> TextTooLong:
    return TextTooLong(
        f"The text is too long: {size}, where one article may have {MAX_CHARACTERS:,} characters;"
        " add it in parts."
    )
