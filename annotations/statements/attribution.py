"""The speakers of a study with what is attributed to them, page by page, as one user may read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from annotations.accounts.models import User
from annotations.cursors import BadCursor
from annotations.keyset import M, Order, Page, page_of
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


_ORDERS: Mapping[str, Order] = MappingProxyType(
    {
        "name": Order(("name_key", "pk")),
        "-name": Order(("-name_key", "-pk")),
        "-statements": Order(("-n_statements", "name_key", "pk")),
        "statements": Order(("n_statements", "name_key", "pk")),
    }
)
SORTS = tuple(_ORDERS)
_AS_PUBLISHED = Order(("-day", "article_key", "start", "end", "pk"))


def speakers_of(study: Study, user: User, wanted: SpeakerFilter, cursor: str | None) -> Page[Speaker]:
    """Return one page of the study's speakers, each with `n_statements`, those that the user may read."""
    rows = Speaker.objects.in_study(study)
    if wanted.words:
        rows = rows.filter(pk__in=rows.named_like(wanted.words).values("pk"))
    if wanted.type:
        rows = rows.filter(type=wanted.type)
    counted = _counting_all if wanted.sort.endswith("statements") else _counting_shown
    rows = counted(rows, Statement.objects.visible_to(user).in_study(study)).prefetch_related(
        "affiliation", "aliases"
    )
    return _page(rows, _ORDERS[wanted.sort], cursor)


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
    return _page(rows.select_related("speaker").with_set().without_texts(), _AS_PUBLISHED, cursor)


def _of_part(speaker: Speaker, user: User, part: Part) -> StatementQuerySet:
    rows = Statement.objects.visible_to(user).in_study(speaker.study)
    if part == Part.SAID:
        return rows.filter(speaker=speaker)
    relays = ChainLink.objects.filter(speaker=speaker).exclude(role__in=_ENDS)
    return rows.filter(pk__in=relays.values("statement"))


def _counting_shown(speakers: SpeakerQuerySet, statements: StatementQuerySet) -> SpeakerQuerySet:
    """Count row by row: the database does so for the rows of the page alone."""
    said = statements.filter(speaker=OuterRef("pk")).order_by().values("speaker")
    n = Coalesce(Subquery(said.annotate(n=Count("pk")).values("n")), 0)
    return speakers.annotate(n_statements=n)


def _counting_all(speakers: SpeakerQuerySet, statements: StatementQuerySet) -> SpeakerQuerySet:
    """Count for all speakers at once, where the order depends on it."""
    n = Count("statements", filter=Q(statements__in=statements.order_by().values("pk")))
    return speakers.annotate(n_statements=n)


def _page(rows: QuerySet[M], order: Order, cursor: str | None) -> Page[M]:
    """Return the page at `cursor`; an address that was cut short leads to the first one."""
    try:
        return page_of(rows, order, cursor, PAGE)
    except BadCursor:
        return page_of(rows, order, None, PAGE)
