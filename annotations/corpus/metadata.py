"""What an article's own lines tell of it: title, author, date, outlet, language. Guesses, for a person to check."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from annotations.corpus.bylines import Byline, read_byline
from annotations.corpus.datelines import SEPARATORS, cut_moment, dates_in
from annotations.corpus.furniture import kind_of
from annotations.corpus.language import direction, guess_language

__all__ = ["MAX_TITLE", "Guess", "clean", "direction", "guess"]

MAX_TITLE = 300
_HEAD = 12
_FOOT = 4
_DATELINE = 120
_DASH = re.compile(" ?[—–] ?| - | -- ")
_AGENCY = re.compile(r" ?\([^)]*\)$")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_AFTERWARDS = ("updated", "modified", "aktualisiert", "mis à jour", "actualizado", "aggiornato")


@dataclass(frozen=True)
class Guess:
    """What could be told; "" and None stand for what could not."""

    title: str = ""
    author: str = ""
    published_on: date | None = None
    language: str = ""
    outlet: str = ""


def guess(text: str, file_name: str = "") -> Guess:
    """Guess the metadata of an article from its first and last lines, and from the file's name at need."""
    lines = [line for line in map(str.strip, text.split("\n")) if line]
    head = list(enumerate(lines[:_HEAD]))
    title = next((line for position, line in head if not kind_of(line, position)), "")
    read = [read_byline(line, position) for position, line in head]
    read += [read_byline(line, len(lines)) for line in lines[_HEAD:][-_FOOT:]]
    bylines = [byline for byline in read if byline is not None]
    stem = _stem(file_name)
    return Guess(
        title=clean(title) or clean(re.sub(r"[\W_]+", " ", stem)),
        author=clean(next((byline.author for byline in bylines if byline.author), "")),
        published_on=_published(bylines)
        or _in_dateline(lines[:_FOOT])
        or _the_only(dates_in(stem.replace("_", " "))),
        language=guess_language(text),
        outlet=clean(next((byline.outlet for byline in bylines if byline.outlet), "")),
    )


def clean(words: str, limit: int = MAX_TITLE) -> str:
    """Return the words as one line without control characters, cut at a word to `limit` code points."""
    line = " ".join(_CONTROLS.sub(" ", words).split())
    if len(line) <= limit:
        return line
    kept = line[: limit - 1]
    return (kept.rpartition(" ")[0] or kept).rstrip() + "…"


def _published(bylines: list[Byline]) -> date | None:
    """Return the one date that the lines agree on; "Updated ..." is no publication, "Published ..." goes first."""
    published = {
        found for line in bylines if line.verb for found in dates_in(line.moment) if not _is_later(line)
    }
    plain = {found for line in bylines if not line.verb for found in dates_in(line.moment)}
    return _the_only(published) or (None if published else _the_only(plain))


def _is_later(line: Byline) -> bool:
    return line.verb in _AFTERWARDS


def _in_dateline(lines: list[str]) -> date | None:
    """Read "BESK, March 14, 2018 (Menopress) — The dam ..."."""
    for line in lines:
        before, *after = _DASH.split(line[:_DATELINE], maxsplit=1)
        place, moment = cut_moment(_AGENCY.sub("", before.strip()))
        if (
            after
            and moment
            and place
            and all(word[0].isupper() for word in re.split(r"[ ,]+", place.strip(SEPARATORS)))
        ):
            return _the_only(dates_in(moment))
    return None


def _the_only(dates: set[date]) -> date | None:
    return min(dates) if len(dates) == 1 else None


def _stem(file_name: str) -> str:
    """Return the file's own name without folders, of either kind of slash, and without its ending."""
    return PurePosixPath(file_name.replace("\\", "/").replace("\x00", "")).stem
