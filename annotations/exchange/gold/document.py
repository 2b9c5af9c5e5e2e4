"""The file itself, and the texts of its articles; plain."""

import codecs
import hashlib
from pathlib import Path

import orjson

from annotations.corpus.text import MAX_CHARACTERS, TextRefused, check_text, decode
from annotations.exchange.places import Place, fault, unstorable
from annotations.spans import Span

SCHEMA = "news-claims-gold/1"
LISTS = ("articles", "speakers", "issues", "claims", "statements")
"""What a file cannot do without; the other lists may be absent."""


def read_document(raw: bytes) -> Place:
    """Return the file's top level; refuse what is no such file."""
    try:
        root = Place(orjson.loads(raw.removeprefix(codecs.BOM_UTF8)))
    except orjson.JSONDecodeError as error:
        raise fault(
            "", f"The file is no JSON: line {error.lineno}, column {error.colno}: {error.msg}."
        ) from error
    if root["schema"].value != SCHEMA:
        raise root["schema"].fault(f"must be {SCHEMA!r}, not {root['schema'].shown}.")
    for name in LISTS:
        if root[name].is_null:
            raise root[name].fault("is missing; write a list.")
    if bad := unstorable(root.value):
        raise fault(*bad)
    return root


def read_text(article: Place, folder: Path) -> str:
    """Return the article's text from its file in `folder`, if hash and length are those of the gold file."""
    name, wanted = article["file"], article["sha256"].text()
    path = (folder / name.text()).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        raise name.fault(f"there is no file {name.text()!r} in {folder}.")
    if path.stat().st_size > 4 * MAX_CHARACTERS + 3:
        raise name.fault(
            f"the text is longer than the {MAX_CHARACTERS:,} characters that one article may have."
        )
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8") if _digest(raw) == wanted else decode(raw).text
        if _digest(text.encode("utf-8")) != wanted:
            raise article["sha256"].fault(
                f"{name.text()} has the SHA-256 {_digest(raw)}: it is another text."
            )
        check_text(text)
    except UnicodeDecodeError as error:
        raise name.fault(f"{name.text()} is not UTF-8: the byte at {error.start} does not fit.") from error
    except TextRefused as error:
        raise name.fault(error.message) from error
    if article["length"].whole() != len(text):
        raise article["length"].fault(f"{name.text()} has {len(text)} characters (code points).")
    return text


def read_span(place: Place, text: str, furniture: list[Span] | None = None) -> Span:
    """Return a span whose words are those of the text and which touches no line of `furniture`."""
    start, end, words = place["start"].whole(), place["end"].whole(), place["text"].text(default="")
    if not start < end <= len(text):
        raise place["end"].fault(f"[{start}, {end}) is no span of a text of {len(text)} characters.")
    if text[start:end] != words:
        found = text[start : min(end, start + 60)]
        raise place["text"].fault(f"differs from the article at [{start}, {end}), which reads {found!r}.")
    span = Span(start, end, words)
    for line in furniture or ():
        if span.meets(line):
            raise place.fault(f"[{start}, {end}) touches page furniture at [{line.start}, {line.end}).")
    return span


def _digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()
