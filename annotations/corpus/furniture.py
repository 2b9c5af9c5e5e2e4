"""Page furniture: lines of a page that are no news text, such as bylines, advertisements and prompts.

Only whole lines count, and only lines that can hardly be anything else: a coder toggles the rest by hand.
"""

import re
from dataclasses import dataclass

from annotations.corpus.bylines import MAX_BYLINE, names_people, read_byline

KINDS = (
    "byline",
    "advertisement",
    "share_prompt",
    "comment_prompt",
    "newsletter",
    "related",
    "caption_credit",
    "other",
)

_NETWORK = (
    r"(?:facebook|twitter|x|whatsapp|linkedin|reddit|telegram|threads|bluesky|mastodon|instagram|pinterest"
    r"|e-?mail|social media)"
)
_PIECE = r"(?:story|article|page|post|report|link|video|news|it)"

# Matched against the whole line, case-folded, single blanks, without the marks around it.
_PHRASES: dict[str, tuple[str, ...]] = {
    "advertisement": (
        r"advertisements?|advert|ad|ads|sponsored(?: content| post| link)?|paid (?:content|post)|promoted",
        r"(?:story|article|content|text) continues (?:below|after)(?: the| this)? (?:advertisement|advert|ad)",
        r"(?:continue reading|scroll)(?: down)?(?: below| after| past)(?: the| this)? (?:advertisement|advert|ad)",
        r"anzeige|werbung|publicité|publicidad|pubblicità|publicidade|advertentie|реклама|إعلان",
    ),
    "share_prompt": (
        rf"share(?: (?:this|the))?(?: {_PIECE})?(?: (?:on|via|by|to|with) {_NETWORK})?",
        rf"(?:share|send|e-?mail|print|save|copy|bookmark|tweet) (?:this|the) {_PIECE}",
        rf"(?:send|post|follow us) (?:on|via|by|to) {_NETWORK}",
        r"tweet(?: this)?|copy (?:the )?link|link copied|retweet|e-?mail|print",
        r"(?:artikel |beitrag )?teilen|partager(?: cet article)?|compartir|condividi|delen|compartilhar|поделиться",
    ),
    "comment_prompt": (
        r"(?:add|leave|post|write)(?: a| your)? (?:comment|reply)",
        r"(?:(?:view|show|read|see|hide)(?: all)?(?: the)? )?(?:\(?\d+\)? )?comments?(?: \(?\d+\)?)?",
        r"join the (?:conversation|discussion|debate)|have your say|comments are closed|comment on this (?:story|article)",
        r"kommentare?(?: \(?\d+\)?)?|kommentar schreiben|commentaires?(?: \(?\d+\)?)?|comentarios?|commenti|reacties",
    ),
    "newsletter": (
        (
            r"(?:sign up|subscribe|register)(?: here| now| today| free)?(?: (?:for|to) [^.:;]{0,60}\b(?:newsletters?|alerts?))?"
            r"(?: (?:here|now|today|by e-?mail))?"
        ),
        r"(?:get|receive) (?:our|the|free)\b[^.:;]{0,60}\b(?:newsletters?|in your inbox|to your inbox)",
        r"(?:our |daily |weekly )?newsletters?|(?:enter )?your e-?mail(?: address)?",
    ),
    "related": (
        (
            r"(?:read (?:more|also|next|on|this)|see also|also read|related|recommended|more from|more on this)"
            r" ?(?::|\|).{1,140}"
        ),
        r"read (?:more|also|next)|related(?: (?:articles?|stories|content|topics|links|news|coverage))?",
        r"more on this (?:story|topic)|more (?:stories|news)|recommended(?: for you)?|most (?:read|popular|viewed)",
        r"(?:you (?:may|might) also like|what to read next|continue reading|see also|trending(?: now)?)",
        (
            r"(?:mehr zum thema|lesen sie auch|lire aussi|à lire aussi|lea también|leggi anche|lees ook|leia também)"
            r"(?: ?:.{1,140})?"
        ),
    ),
    "caption_credit": (
        (
            r"(?:file |stock )?(?:photo(?:graph)?s?|pictures?|images?|foto|bild|illustration)(?: credits?)?"
            r" ?(?::|\||©).{1,80}"
        ),
        r"(?:photo|picture|image) credits?|getty images|(?:ap|afp|reuters) ?(?:photo|/.{1,60})|file photo",
    ),
    "other": (
        r"(?:©|\(c\)|copyright (?:©|\(c\)|\d{4})).{0,140}|all rights reserved",
        r"(?:skip to|jump to)(?: the)?(?: main)? content|back to (?:the )?top|accept (?:all )?cookies|loading",
        r"this article is more than \d+ (?:days|weeks|months|years) old",
    ),
}
_KIND_OF_LINE = re.compile("|".join(f"(?P<{kind}>{'|'.join(rules)})" for kind, rules in _PHRASES.items()))
_CREDIT = re.compile(r"(?:photo(?:graph)?s?|pictures?|images?|illustration)s? by (.{3,80})", re.IGNORECASE)
_QUOTATION_MARKS = re.compile('[“”„«»"]')
_MARKS_AROUND = " \t\r\xa0.…!?-–—=*>»›→[]()|•·↓▼#+"


@dataclass(frozen=True, slots=True)
class FurnitureLine:
    """A whole line, `text[start:end]` in code points, that is page furniture of this kind."""

    start: int
    end: int
    kind: str


def recognise(text: str) -> list[FurnitureLine]:
    """Return the lines of the text that are page furniture, in order."""
    found: list[FurnitureLine] = []
    start = position = 0
    for line in text.split("\n"):
        if words := line.strip():
            kind = kind_of(words, position)
            if kind:
                found.append(FurnitureLine(start, start + len(line), kind))
            position += 1
        start += len(line) + 1
    return found


def kind_of(line: str, position: int) -> str:
    """Return the kind of one stripped line, "" for news text; `position` counts lines that are not blank."""
    if not 1 < len(line) <= MAX_BYLINE or _QUOTATION_MARKS.match(line):
        return ""
    bare = " ".join(line.casefold().strip(_MARKS_AROUND).split())
    phrase = _KIND_OF_LINE.fullmatch(bare)
    if phrase is not None and phrase.lastgroup:
        return phrase.lastgroup
    credit = _CREDIT.fullmatch(line)
    if credit is not None and names_people(credit[1]):
        return "caption_credit"
    return "byline" if read_byline(line, position) else ""
