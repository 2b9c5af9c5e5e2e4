"""The speakers of a study with what is attributed to them, page by page, as one user may read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from django.db.models import Count, F, Value
from django.db.models.functions import Coalesce

from annotations.accounts.models import User
from annotations.cursors import BadCursor, Values
from annotations.keyset import Order, Page, page_of, slice_of
from annotations.speakers.models import Speaker, SpeakerQuerySet
from annotations.statements.models import ChainLink, Statement, StatementQuerySet
from annotations.studies.models import Study

PAGE = 50
_ENDS = ("original", "publisher")
"""The roles of a chain's ends; whoever stands between them is a relay."""


class Part(StrEnum):
    """What a speaker may be in a statement."""

    SAID = "said"
    RELAYED = "relayed"


@dataclass(frozen=True, kw_only=True)
class SpeakerFilter:
    """What to keep of a study's speakers, and in which order; the defaults keep all, by name."""

    words: str = ""
    type: str = ""
    sort: str = "name"


@dataclass(frozen=True)
class SpeakerLine:
    """A speaker; `n_statements` counts those that the user may read."""

    speaker: Speaker
    n_statements: int


@dataclass(frozen=True)
class SpeakerTable:
    """One page of the speakers, how many there are on all, and the cursors of the pages after and before."""

    lines: Sequence[SpeakerLine]
    n: int
    next: str | None
    previous: str | None


_BY_NAME: Mapping[str, Order] = MappingProxyType(
    {"name": Order(("name_key", "pk")), "-name": Order(("-name_key", "-pk"))}
)
_BY_NUMBER: Mapping[str, int] = MappingProxyType({"-statements": -1, "statements": 1})
"""What a number is multiplied with, so that the smallest comes first."""
SORTS = (*_BY_NAME, *_BY_NUMBER)
_AS_PUBLISHED = Order(("-day", "article_key", "start", "end", "pk"))


def speakers_of(
    study: Study, user: User, wanted: SpeakerFilter, cursor: str | None = None, *, size: int | None = None
) -> SpeakerTable:
    """Return one page of the study's speakers; an address that was cut short leads to the first one."""
    rows = Speaker.objects.in_study(study)
    if wanted.words:
        rows = rows.filter(pk__in=rows.named_like(wanted.words).values("pk"))
    if wanted.type:
        rows = rows.filter(type=wanted.type)
    paged = _by_number if wanted.sort in _BY_NUMBER else _by_name
    statements = Statement.objects.visible_in(study, user)
    try:
        return paged(rows, statements, wanted.sort, cursor, size or PAGE)
    except BadCursor:
        return paged(rows, statements, wanted.sort, None, size or PAGE)


def _by_name(
    rows: SpeakerQuerySet, statements: StatementQuerySet, sort: str, cursor: str | None, size: int
) -> SpeakerTable:
    page = page_of(_loaded(rows), _BY_NAME[sort], cursor, size)
    counts = _counts(statements.filter(speaker__in=[speaker.pk for speaker in page.rows]))
    lines = [SpeakerLine(speaker, counts.get(speaker.pk, 0)) for speaker in page.rows]
    return SpeakerTable(lines, rows.count(), page.next, page.previous)


def _by_number(
    rows: SpeakerQuerySet, statements: StatementQuerySet, sort: str, cursor: str | None, size: int
) -> SpeakerTable:
    """Order in memory: the numbers are known only once all statements are counted, and are few beside them."""
    counts, sign = _counts(statements), _BY_NUMBER[sort]
    places: list[Values] = sorted(
        (sign * counts.get(pk, 0), name, pk) for name, pk in rows.values_list("name_key", "pk")
    )
    shown = slice_of(places, sort, cursor, size)
    found = {row.pk: row for row in _loaded(rows.among([int(pk) for _, _, pk in shown.places]))}
    lines = [SpeakerLine(found[pk], counts.get(pk, 0)) for _, _, pk in shown.places if pk in found]
    return SpeakerTable(lines, len(places), shown.next, shown.previous)


def _loaded(rows: SpeakerQuerySet) -> SpeakerQuerySet:
    return rows.prefetch_related("affiliation", "aliases")


def _counts(statements: StatementQuerySet) -> dict[int | str, int]:
    rows = statements.filter(speaker__isnull=False).order_by().values("speaker").annotate(n=Count("pk"))
    return {row["speaker"]: row["n"] for row in rows}


def n_by_part(speaker: Speaker, user: User) -> dict[str, int]:
    """Count the statements that a speaker makes, and those that it passes on, in one query."""
    counts = [
        _of_part(speaker, user, part).order_by().values(part=Value(part.value)).annotate(n=Count("pk"))
        for part in Part
    ]
    found = {row["part"]: row["n"] for row in counts[0].union(*counts[1:])}
    return {part.value: found.get(part.value, 0) for part in Part}


def statements_of(speaker: Speaker, user: User, part: Part, cursor: str | None) -> Page[Statement]:
    """Return one page of a speaker's statements, those of the articles published last first."""
    rows = _of_part(speaker, user, part).annotate(
        day=Coalesce(F("annotation_set__article__published_on"), Value(date.min)),
        article_key=F("annotation_set__article"),
    )
    loaded = rows.select_related("speaker").with_set().without_texts()
    try:
        return page_of(loaded, _AS_PUBLISHED, cursor, PAGE)
    except BadCursor:  # an address that was cut short
        return page_of(loaded, _AS_PUBLISHED, None, PAGE)


def _of_part(speaker: Speaker, user: User, part: Part) -> StatementQuerySet:
    rows = Statement.objects.visible_to(user).in_study(speaker.study)
    if part == Part.SAID:
        return rows.filter(speaker=speaker)
    relays = ChainLink.objects.filter(speaker=speaker).exclude(role__in=_ENDS)
    return rows.filter(pk__in=relays.values("statement"))
