"""From what somebody pastes or uploads to a draft of an article: read strictly, the unknown guessed.

What a person has typed goes before what a page says of itself, and that before guesses from the text.
"""

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from annotations.corpus.actions import ArticleDraft
from annotations.corpus.html import extract
from annotations.corpus.metadata import guess
from annotations.corpus.text import MAX_CHARACTERS, TextRefused, TextTooLong, decode, from_form

PAGES = (".html", ".htm", ".xhtml")
TEXTS = (".txt", ".text")
MAX_BYTES = 4 * MAX_CHARACTERS
"""No file with a readable text is longer; asked before one is read into memory."""


def draft_of_paste(words: str, known: Mapping[str, Any], *, allow_duplicate: bool = False) -> ArticleDraft:
    """Read a text out of a browser's form; `known` holds what was typed beside it, empty where nothing was."""
    text = from_form(words)
    return ArticleDraft(text=text, metadata=_joined(known, guessed(text)), allow_duplicate=allow_duplicate)


def check_size(n_bytes: int) -> None:
    if n_bytes > MAX_BYTES:
        raise TextTooLong(
            f"The file has {n_bytes:,} bytes, where {MAX_BYTES:,} are read at most; add it in parts."
        )


def draft_of_file(name: str, raw: bytes, known: Mapping[str, Any]) -> ArticleDraft:
    """Read one file, a saved page or a plain text by its ending."""
    ending = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    if ending in PAGES:
        page = extract(raw)
        told = {
            "title": page.title,
            "author": page.author,
            "published_on": page.published_on,
            "language": page.language,
            "outlet": page.outlet,
            "url": page.url,
        }
        return ArticleDraft(text=page.text, metadata=_joined(known, told), extractor=page.extractor)
    if ending not in TEXTS:
        raise TextRefused(
            f"{ending or 'A file without an ending'} is neither .txt nor .html: save it as one of these, or paste its text."
        )
    text = decode(raw).text
    return ArticleDraft(text=text, metadata=_joined(known, guessed(text, name)))


def guessed(text: str, file_name: str = "") -> dict[str, Any]:
    """Return the metadata that the text's own lines and the file's name tell, by the names of our fields."""
    found = guess(text, file_name)
    return {
        "title": found.title,
        "author": found.author,
        "published_on": found.published_on,
        "language": found.language,
        "outlet": found.outlet,
    }


def _joined(known: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is known, filled up with what is told; without empty values."""
    return {name: value for name, value in {**told, **_present(known)}.items() if value not in ("", None)}


def _present(known: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in known.items() if value not in ("", None)}
