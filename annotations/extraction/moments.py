"""When a statement was made: a date expression beside its frame, read against the day of publication."""

import re
from calendar import monthrange
from datetime import date, timedelta

from annotations.extraction.english.moments import DAYS_AGO, MONTHS, NEAR, UNITS, WEEKDAYS
from annotations.extraction.frames import Frame, Items
from annotations.extraction.passages import Passage
from annotations.extraction.results import Moment, Place

_A_WEEK = 7
_DAY = re.compile(r"([0-3]?\d)(?:st|nd|rd|th)?")
_YEAR = re.compile(r"(?:1[6-9]|20)\d\d")


def dates_in(passage: Passage, sentence: Items) -> list[Items]:
    """Return the date expressions of a sentence."""
    found: list[Items] = []
    i, last = sentence
    while i < last:
        length = _length(passage.words[i : min(i + 4, last)], passage.letters[i])
        if length:
            found.append((i, i + length))
        i += length or 1
    return found


def moment_of(passage: Passage, dates: list[Items], frame: Frame, published: date | None) -> Moment | None:
    """Return the date expression that stands outside the content and nearest to the cue."""
    found = [
        (abs(begin - frame.cue[0]), begin, end)
        for begin, end in dates
        if not any(begin < stop and start < end for start, stop in frame.content)
    ]
    if not found:
        return None
    _, begin, end = min(found)
    place = passage.starts[begin], passage.ends[end - 1]
    return _read(passage.words[begin:end], place, published)


def _length(words: list[str], letter: str) -> int:
    """Return how many of these words are one date expression, 0 if they begin none."""
    first, second = words[0], words[1] if len(words) > 1 else ""
    if _DAY.fullmatch(first) and second in MONTHS:
        return 3 if len(words) > 2 and _YEAR.fullmatch(words[2]) else 2
    if first in MONTHS and letter in "mN":
        if not _DAY.fullmatch(second):
            return 2 if _YEAR.fullmatch(second) else int(letter == "m")
        return 4 if words[2:3] == [","] and len(words) > 3 and _YEAR.fullmatch(words[3]) else 2
    if first in NEAR and second in UNITS:
        return 2
    return int(first in WEEKDAYS or first in DAYS_AGO)


def _read(words: list[str], place: Place, published: date | None) -> Moment:
    first = words[0]
    if first in WEEKDAYS or first in DAYS_AGO:
        if published is None:
            return Moment(place, "day")
        ago = DAYS_AGO.get(first)
        ago = (published.weekday() - WEEKDAYS[first]) % _A_WEEK if ago is None else ago
        day = published - timedelta(days=ago)
        return Moment(place, "day", day, day)
    month = next((MONTHS[word] for word in words if word in MONTHS), None)
    if month is None:
        return Moment(place, "relative")
    return _of_month(words, month, place, published)


def _of_month(words: list[str], month: int, place: Place, published: date | None) -> Moment:
    """Return a day or a whole month; without a year it is the last one before publication."""
    number = next((int(hit[1]) for word in words if (hit := _DAY.fullmatch(word))), None)
    year = next((int(word) for word in words if _YEAR.fullmatch(word)), None)
    precision = "month" if number is None else "day"
    if year is None:
        if published is None:
            return Moment(place, precision)
        year = published.year - ((month, number or 1) > (published.month, published.day))
    days = monthrange(year, month)[1]
    if number is not None and not 1 <= number <= days:
        return Moment(place, precision)
    return Moment(place, precision, date(year, month, number or 1), date(year, month, number or days))
