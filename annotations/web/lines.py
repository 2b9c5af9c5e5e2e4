"""The lines of long lists as HTML, written by hand.

Fifty stand on a page, and a template takes ten times as long for them. All that comes from outside goes through
`escape`, but public ids, moments and numbers, which are ours.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from html import escape
from types import MappingProxyType

from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from annotations.corpus.models import Article
from annotations.history.activity import Happening
from annotations.statements.article_table import ArticleLine
from annotations.statements.overview import ArticleState
from annotations.web.cards.coding import Choice
from annotations.web.cards.head import Chip
from annotations.web.cards.listed import Listed
from annotations.web.cards.markup import options_of

STATES: Mapping[str, str] = MappingProxyType(
    {ArticleState.NEW: "new", ArticleState.OPEN: "in progress", ArticleState.DONE: "done"}
)
Waiting = Mapping[int, tuple[Article, int]]


def ago(moment: datetime, now: datetime | None = None) -> SafeString:
    """Return a <time> element that says how long ago `moment` was; the exact time is in its title."""
    return mark_safe(  # noqa: S308  (numbers and names of months)
        f'<time datetime="{moment.isoformat()}" title="{moment:%-d %B %Y, %H:%M} UTC">'
        f"{_in_words(moment, now or timezone.now())}</time>"
    )


def _in_words(moment: datetime, now: datetime) -> str:
    seconds = (now - moment).total_seconds()
    if seconds < 60:
        return "just now"
    if seconds < 3600:
        return f"{int(seconds // 60)} min ago"
    if seconds < 86400:
        return f"{int(seconds // 3600)} h ago"
    days = (now.date() - moment.date()).days
    if days < 2:
        return "yesterday"
    return f"{days} days ago" if days < 7 else f"{moment:%-d %B %Y}"


def option_list(choices: Iterable[tuple[str, str]], chosen: str | None) -> SafeString:
    """Return the options of a form's select: a study may have hundreds of outlets."""
    return options_of([Choice(value, name, chosen=value == chosen) for value, name in choices])


def article_rows(lines: Sequence[ArticleLine], home: str, waiting: Waiting) -> SafeString:
    """Return a row for each article; `home` is the address of the study, `waiting` what is to be placed in which."""
    now = timezone.now()
    rows = []
    for line in lines:
        article, day = line.article, line.article.published_on
        address, outlet = f"{home}articles/{article.uid}/", article.outlet
        rows.append(
            f'<tr><th scope="row"><a class="title" href="{address}"><bdi>{escape(article.title)}</bdi></a>'
            f"{_waits(address, waiting.get(article.pk))}</th>"
            f"<td>{f'<bdi>{escape(outlet.name)}</bdi>' if outlet else ''}</td>"
            f'<td class="date">{f"{day:%-d %b %Y}" if day else ""}</td>'
            f'<td><span class="state {line.state}">{STATES[line.state]}</span></td>'
            f'<td class="num" data-label="statements:">{line.n_statements}</td>'
            f'<td class="date faint later" data-label="added">{ago(article.created_at, now)}</td>'
            f'<td class="date faint" data-label="changed">{ago(line.last_change, now)}</td></tr>'
        )
    return mark_safe("\n".join(rows))  # noqa: S308  (escaped above)


def _waits(address: str, waiting: tuple[Article, int] | None) -> str:
    return f' <a class="waits" href="{address}to-place/">To place: {waiting[1]}</a>' if waiting else ""


def statement_lines(rows: Sequence[Listed], home: str) -> SafeString:
    """Return a line for each statement; `home` is the address of the study."""
    return mark_safe("\n".join(_statement_line(row, home) for row in rows))  # noqa: S308  (escaped below)


def _statement_line(row: Listed, home: str) -> str:
    head, day = row.head, row.published_on
    return (
        f'<li class="stack tight" data-statement="{head.uid}"><p class="quote" dir="auto">'
        f'<a href="{home}articles/{row.article}/?statement={head.uid}">{escape(head.quote)}</a></p>'
        f'<p class="meta"><span>{f"<b><bdi>{escape(head.who)}</bdi></b>" if head.who else "No speaker yet"}</span>'
        f"{f'<span><bdi>{escape(row.outlet)}</bdi></span>' if row.outlet else ''}"
        f"{_day(day)}"
        f'<span class="faint"><bdi>{_short(row.title)}</bdi></span>'
        f'<a class="hint" href="{home}statements/{head.uid}/citation/" data-cite>Copy citation</a></p>'
        f"{_chips(head.chips)}</li>"
    )


def _day(day: date | None) -> str:
    return f'<time datetime="{day}">{day:%-d %b %Y}</time>' if day else ""


def _chips(chips: Sequence[Chip]) -> str:
    return f'<p class="row">{"".join(map(_chip, chips))}</p>' if chips else ""


def _chip(chip: Chip) -> str:
    kind = f" {chip.kind}" if chip.kind else ""
    title = f' title="{escape(chip.whole)}"' if chip.whole else ""
    name = f'<i class="hidden-text">{escape(chip.name)}:</i> ' if chip.sign else ""
    sign = f'<b aria-hidden="true">{chip.sign}</b>{name}' if chip.sign else ""
    return f'<span class="chip{kind}"{title}>{sign}<bdi>{escape(chip.words)}</bdi></span>'


def happening_items(happenings: Sequence[Happening], home: str) -> SafeString:
    """Return an item for each change that was told of a study; `home` is its address."""
    now = timezone.now()
    items = [
        f"<li><b><bdi>{escape(each.who)}</bdi></b> {each.phrase} {_what(each, home)}"
        f"{_more(each.times - 1)}"
        f' <span class="count">· {ago(each.at, now)}</span></li>'
        for each in happenings
    ]
    return mark_safe("\n".join(items))  # noqa: S308  (escaped; phrases are ours)


def _more(n: int) -> str:
    return f' <span class="count">and {n} more</span>' if n else ""


def _what(happening: Happening, home: str) -> str:
    place, said = happening.place, ' class="said"' if happening.is_quotation else ""
    if place is None:
        return f"<bdi{said}>{_short(happening.label)}</bdi> {happening.rest}"
    address = f"{home}articles/{place.article}/"
    if not happening.is_quotation:
        return f'<a href="{address}"><bdi>{_short(place.title)}</bdi></a> {happening.rest}'
    return (
        f'<a{said} href="{address}?statement={place.statement}"><bdi>{_short(happening.label)}</bdi></a>'
        f" {happening.rest} in <bdi>{_short(place.title, 60)}</bdi>"
    )


def _short(words: str, limit: int = 90) -> str:
    return escape(words if len(words) <= limit else f"{words[: limit - 1]}…")
