"""Bylines, mastheads and time stamps: the lines that say who wrote an article, where and when."""

import re
from dataclasses import dataclass

from annotations.corpus.datelines import SEPARATORS, WEEKDAYS, cut_moment, is_moment

MAX_BYLINE = 160
"""Longer lines are news text."""

_ROLE = (
    r"(?:[\w’'-]+ ){0,5}(?:correspondents?|reporters?|editors?|columnists?|writers?|staff|bureau|desk|critic"
    r"|agenc(?:y|ies)|korrespondent(?:in)?|redaktion|redacción|rédaction|redazione|redactie)"
)
_ROLE_LINE = re.compile(rf"(?:our|the|an?|from)? ?{_ROLE}(?: in [\w’' -]{{2,40}})?", re.IGNORECASE)
_PARTICLES = re.compile("de|da|di|del|della|der|den|van|von|bin|al|el|la|le|ter|ten|zu|af|y|dos|do")
_NAME_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[’'.-])*")
_AND = re.compile(r" (?:and|&|und|et|y|e|en) ")
_CAPITALS = re.compile(r"[A-Z]{2,6}(?: (?:Staff|staff|news agency|News))?|Reuters(?: Staff)?")
_BY = re.compile(r"(?:(?:written|words|story|text) )?by:? ", re.IGNORECASE)
_BY_ELSEWHERE = re.compile(r"(?:von|par|por|di|door): ?|(?:Von|Par|Por|Di|Door|VON|PAR|POR|DI|DOOR) ")
_STAMP = re.compile(
    r"(?:(?:first|last) )?(?P<verb>published|posted|updated|modified|issued|veröffentlicht|aktualisiert|stand"
    r"|publié|mis à jour|publicado|actualizado|pubblicato|aggiornato|gepubliceerd)(?: on| at| le| am| el)?:? +",
    re.IGNORECASE,
)
_REPORTING = re.compile(
    r"\(?(?:additional |further )?(?:reporting|writing|editing|edited|compiled|translated)(?: and (?:writing|editing))?"
    r" by (?P<names>[^“”\"!?]{3,120}?)\.?\)?",
    re.IGNORECASE,
)
_PRESS = re.compile(
    r"(?:the|der|die|das|le|la|les|el|il|o|de|het) |.*\b(?:times|post|news|courier|voice|herald|gazette|tribune"
    r"|journal|daily|chronicle|observer|guardian|telegraph|mirror|star|record|review|standard|press|zeitung"
    r"|nachrichten|anzeiger|bote|tagblatt|kurier)\b",
    re.IGNORECASE,
)
_SMALL_WORDS = re.compile("the|of|and|de|la|le|del|der|die|das|des|et|und|&|y|e|for|in")
_PLACE = re.compile(r" (?:in|at) [^\W\d_a-z][\w’' -]+$")
_FIRST_LINES = 5
_NAME_LENGTHS = range(2, 6)
_PHRASE_LENGTHS = range(7)
_SPEECH = re.compile(r"[“”„«»\"!?:]")


@dataclass(frozen=True)
class Byline:
    """What one line says: "" for what it leaves out; `moment` is the date as written."""

    author: str = ""
    outlet: str = ""
    moment: str = ""
    verb: str = ""


def read_byline(line: str, position: int) -> Byline | None:
    """Read a byline, masthead or time stamp, or return None.

    `position` counts the lines that are not blank, from 0. What is no clear name or role is news text:
    "By noon the river had risen" names nobody.
    """
    if not 0 < len(line) <= MAX_BYLINE:
        return None
    return _stamp(line) or _by(line, position) or _reporting(line) or _masthead(line, position)


def _stamp(line: str) -> Byline | None:
    hit = _STAMP.match(line)
    if hit is None or not is_moment(line[hit.end() :]):
        return None
    return Byline(moment=line[hit.end() :], verb=hit["verb"].casefold())


def _by(line: str, position: int) -> Byline | None:
    """Read "By Jane Roe, Correspondent"; in the first line, where headlines stand, only with role or date."""
    hit = _BY.match(line) or _BY_ELSEWHERE.match(line)
    if hit is None or position > _FIRST_LINES or _SPEECH.search(line, hit.end()):
        return None
    rest, moment = cut_moment(line[hit.end() :])
    first, *others = _segments(rest)
    who = first if _ROLE_LINE.fullmatch(first) else _PLACE.sub("", first)
    if not _is_author(who) or not all(map(_is_aside, others)):
        return None
    if position == 0 and not (moment or (others and all(map(_ROLE_LINE.fullmatch, others)))):
        return None
    listed = max(
        (i for i, other in enumerate(others, start=1) if _AND.search(other) and _is_author(other)), default=0
    )
    outlets = [other for other in others if _is_press(other) and not _ROLE_LINE.fullmatch(other)]
    return Byline(", ".join([who, *others[:listed]]), outlet="".join(outlets[:1]), moment=moment)


def _reporting(line: str) -> Byline | None:
    """Read the agencies' last line: "(Reporting by Jane Roe in Besk; Editing by John Doe)"."""
    if " by " not in line:
        return None
    hits = [_REPORTING.fullmatch(part.strip()) for part in line.strip("()").split(";")]
    return Byline() if all(hit and names_people(hit["names"]) for hit in hits) else None


def _masthead(line: str, position: int) -> Byline | None:
    """Read "The Menovar Voice, English page, Thursday 15 March" and "JANE ROE | 3 May 2021"."""
    if position >= _FIRST_LINES:
        return None
    rest, moment = cut_moment(line)
    if _SPEECH.search(rest):
        return None
    return _with_date(rest, moment, position) if moment else _with_role(rest, position)


def _with_date(rest: str, moment: str, position: int) -> Byline | None:
    """Read what stands before the date at the end of a line; the first line needs the name of an outlet."""
    if not rest:
        return Byline(moment=moment) if position else None
    first, *others = _segments(rest)
    if not _is_title_case(first) or first.endswith(".") or not all(map(_is_aside, others)):
        return None
    press = [segment for segment in (first, *others) if _is_press(segment)]
    if position == 0 and first not in press:
        return None
    author = first if _is_name(first) and first not in press else ""
    return Byline(author, outlet="".join(press[:1]), moment=moment)


def _with_role(line: str, position: int) -> Byline | None:
    """Read "Jane Roe, political correspondent", under a headline only."""
    first, *others = _segments(line)
    if position and len(others) == 1 and _is_name(first) and _ROLE_LINE.fullmatch(others[0]):
        return Byline(author=first)
    return None


def _segments(text: str) -> list[str]:
    return [part.strip(SEPARATORS) for part in re.split(r",|\||·|•| [–—-] ", text)]


def names_people(text: str) -> bool:
    """Tell whether the text lists people or agencies and nothing else, places apart: "Jane Roe/AP"."""
    return all(_is_author(_PLACE.sub("", name)) for name in _segments(text.replace("/", ",")))


def _is_author(text: str) -> bool:
    """Tell whether the text names one or more people, an agency, or a role."""
    if _ROLE_LINE.fullmatch(text) or _CAPITALS.fullmatch(text):
        return True
    return all(map(_is_name, _AND.split(text)))


def _is_name(text: str) -> bool:
    """Tell whether the text is two to five capitalised words, particles apart, that can be a name."""
    words = text.split()
    if len(words) not in _NAME_LENGTHS or words[0].casefold() in WEEKDAYS or not words[-1][0].isupper():
        return False
    return all(
        _NAME_WORD.fullmatch(word) and (word[0].isupper() or _PARTICLES.fullmatch(word)) for word in words
    )


def _is_press(text: str) -> bool:
    return _is_title_case(text) and _PRESS.match(text) is not None


def _is_title_case(text: str) -> bool:
    words = text.split()
    if not words or len(words) not in _PHRASE_LENGTHS:
        return False
    return all(word[0].isupper() or _SMALL_WORDS.fullmatch(word) for word in words)


def _is_aside(text: str) -> bool:
    """Tell whether the text can be a place, a page or a role beside a name: short, capitalised, no sentence."""
    if len(text.split()) not in _PHRASE_LENGTHS or text.endswith("."):
        return False
    return text[:1].isupper() or not text or bool(_ROLE_LINE.fullmatch(text))
