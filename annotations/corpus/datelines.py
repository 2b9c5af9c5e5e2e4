"""Dates as newspapers print them beside an article, read only where they leave no doubt."""

import re
from contextlib import suppress
from datetime import date

_MONTHS = (
    ("january", "jan", "januar", "janvier", "enero", "gennaio", "januari", "janeiro"),
    ("february", "feb", "februar", "février", "febrero", "febbraio", "februari", "fevereiro"),
    ("march", "mar", "märz", "mars", "marzo", "maart", "março"),
    ("april", "apr", "avril", "abril", "aprile"),
    ("may", "mai", "mayo", "maggio", "mei", "maio"),
    ("june", "jun", "juni", "juin", "junio", "giugno", "junho"),
    ("july", "jul", "juli", "juillet", "julio", "luglio", "julho"),
    ("august", "aug", "août", "agosto", "augustus"),
    ("september", "sept", "sep", "septembre", "septiembre", "settembre", "setembro"),
    ("october", "oct", "oktober", "octobre", "octubre", "ottobre", "outubro"),
    ("november", "nov", "novembre", "noviembre", "novembro"),
    ("december", "dec", "dezember", "décembre", "diciembre", "dicembre", "dezembro"),
)
_MONTH_NUMBER = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}
_WEEKDAY_NAMES = """
monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
montag dienstag mittwoch donnerstag freitag samstag sonntag
lundi mardi mercredi jeudi vendredi samedi dimanche
lunes martes miércoles jueves viernes sábado domingo
lunedì martedì mercoledì giovedì venerdì sabato domenica
maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
"""
WEEKDAYS = frozenset(_WEEKDAY_NAMES.split())
_AROUND_TIMES = """
at on um le el il o de den der op am pm a.m p.m uhr gmt utc bst cet cest est edt pst pdt ist
minutes minute hours hour days day today yesterday - –
"""
_KIND_OF_WORD = {
    **dict.fromkeys(WEEKDAYS, "other"),
    **dict.fromkeys(_AROUND_TIMES.split(), "other"),
    **dict.fromkeys(_MONTH_NUMBER, "month"),
    "ago": "ago",
}
_MONTH = "(?P<month>" + "|".join(sorted(map(re.escape, _MONTH_NUMBER), key=len, reverse=True)) + r")\.?"
_YEAR = r"(?P<year>(?:1[6-9]|20)\d\d)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th|\.|er|º)?"
_FORMS = tuple(
    re.compile(rf"(?<![\w/.-]){form}(?![\w/-])", re.IGNORECASE)
    for form in (
        rf"{_DAY}(?: de| of)? {_MONTH}(?:,| de)? {_YEAR}",
        rf"{_MONTH} {_DAY},? {_YEAR}",
        rf"{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?",
        rf"(?P<day>\d\d?)\.(?P<month>\d\d?)\.{_YEAR}",
        rf"(?P<day>\d\d?)/(?P<month>\d\d?)/{_YEAR}",
    )
)
SEPARATORS = " ,;|·•–—-("
_WORD = re.compile(r"[^\s,|·•()]+")
_KIND_OF_NUMBER = (
    ("other", re.compile(_YEAR)),
    ("number", re.compile(r"[0-3]?\d(?:st|nd|rd|th|\.|er|º)?")),
    ("clock", re.compile(r"\d{1,2}[:.h]\d\d(?:[:.]\d\d)?(?:h|z|am|pm)?")),
)
_MONTHS_A_YEAR = len(_MONTHS)


def dates_in(text: str) -> set[date]:
    """Return the full dates in a short text; one that day and month could swap counts as none."""
    return {found for form in _FORMS for hit in form.finditer(text) if (found := _read(hit)) is not None}


def is_moment(text: str) -> bool:
    """Tell whether a short text is a date or a time and nothing else: "Wednesday 14 March", "12:03 GMT"."""
    kinds = [_kind(word) for word in _WORD.findall(text.casefold())]
    if None in kinds:
        return False
    return "full" in kinds or "clock" in kinds or ("number" in kinds and ("month" in kinds or "ago" in kinds))


def cut_moment(text: str) -> tuple[str, str]:
    """Split a line into what stands before the date at its end, and that date as written ("" if none)."""
    for word in list(_WORD.finditer(text))[-8:]:
        before, moment = text[: word.start()].rstrip(), text[word.start() :]
        apart = not before or before[-1] in SEPARATORS
        # A weekday goes with the date only when set apart: "The Sun, 14 March" names a newspaper.
        if (apart or _kind(word.group().casefold()) != "other") and is_moment(moment):
            return before.rstrip(SEPARATORS), moment.strip(" )")
    return text, ""


def _kind(word: str) -> str | None:
    """Say what part of a moment a word can be, or None for an ordinary word."""
    known = _KIND_OF_WORD.get(word.rstrip("."))
    if known:
        return known
    for kind, form in _KIND_OF_NUMBER:
        if form.fullmatch(word):
            return kind
    return "full" if dates_in(word) else None


def _read(hit: re.Match[str]) -> date | None:
    """Return the date of a match; with slashes only where one of the numbers cannot be a month."""
    day, year, month = int(hit["day"]), int(hit["year"]), hit["month"].casefold()
    number = _MONTH_NUMBER.get(month) or int(month)
    if "/" in hit.group() and max(day, number) <= _MONTHS_A_YEAR and day != number:
        return None
    if "/" in hit.group() and number > _MONTHS_A_YEAR:  # month first, as in the United States
        day, number = number, day
    with suppress(ValueError):
        return date(year, number, day)
    return None
