"""A study's claims, and the statements that bear on one, as far as the reader may see them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, DateField, F, QuerySet, Value, Window
from django.db.models.functions import Coalesce, RowNumber

from annotations.accounts.models import User
from annotations.claims.models import Claim, ClaimQuerySet, StanceLink
from annotations.codebook.vocabulary import Vocabulary
from annotations.cursors import BadCursor, Values
from annotations.keyset import Order, Page, page_of, slice_of
from annotations.statements.models import Statement, StatementQuerySet
from annotations.studies.models import Study

PAGE = 50
SHOWN = 12
"""How many statements of each stance a claim's page lists before one of the stances is chosen."""

Numbers = Mapping[str, int]
"""Statements by stance; a stance that nobody takes is left out."""

_BY_WORDING = Order(("text_key", "pk"))
_NEWEST_FIRST = Order(("-day", "pk"))


@dataclass(frozen=True, kw_only=True)
class ClaimFilter:
    """What to keep of a study's claims, and in which order; the defaults keep all."""

    words: str = ""
    kind: str = ""
    issue: UUID | None = None
    without_issue: bool = False
    sort: str = "wording"


@dataclass(frozen=True)
class ClaimLine:
    claim: Claim
    numbers: Numbers


@dataclass(frozen=True)
class ClaimTable:
    """One page of the claims; `n` counts all that the filter keeps."""

    lines: Sequence[ClaimLine]
    n: int
    next: str | None
    previous: str | None


def claim_table(
    study: Study,
    user: User,
    wanted: ClaimFilter,
    vocabulary: Vocabulary,
    cursor: str | None = None,
    *,
    size: int | None = None,
) -> ClaimTable:
    """Return one page of the study's claims; a cursor that leads nowhere, as of another order, leads to the first."""
    kept, seen = _kept(study, wanted), Statement.objects.visible_in(study, user)
    try:
        keys, after, before = _keys(kept, seen, wanted.sort, vocabulary, cursor, size=size or PAGE)
    except BadCursor:
        keys, after, before = _keys(kept, seen, wanted.sort, vocabulary, None, size=size or PAGE)
    claims = {claim.pk: claim for claim in Claim.objects.among(keys).with_issue()}
    numbers = stance_numbers(seen.filter(stances__claim__in=keys))
    lines = [ClaimLine(claims[key], numbers.get(key, {})) for key in keys if key in claims]
    return ClaimTable(lines, kept.count(), after, before)


def numbers_on(claim: Claim, user: User) -> Numbers:
    """Count the statements that bear on a claim, by stance."""
    return stance_numbers(Statement.objects.visible_to(user).filter(stances__claim=claim)).get(claim.pk, {})


def stance_numbers(statements: StatementQuerySet) -> dict[int, dict[str, int]]:
    """Count statements by claim and stance, in one grouped query."""
    numbers: dict[int, dict[str, int]] = {}
    grouped = statements.values("stances__claim", "stances__stance").order_by().annotate(n=Count("pk"))
    for claim, stance, n in grouped.values_list("stances__claim", "stances__stance", "n"):
        numbers.setdefault(claim, {})[stance] = n
    return numbers


def first_bearing_on(claim: Claim, user: User) -> list[StanceLink]:
    """Return the newest statements of each stance on the claim, `SHOWN` of each at most, with all that a list shows."""
    newest = Window(RowNumber(), partition_by="stance", order_by=[F("day").desc(), F("pk").asc()])
    return list(_bearing(claim, user).annotate(place=newest).filter(place__lte=SHOWN).order_by("place"))


def bearing_on_by(claim: Claim, user: User, stance: str, cursor: str | None) -> Page[StanceLink]:
    """Return a page of the statements that take one stance on the claim, newest first."""
    rows = _bearing(claim, user).filter(stance=stance)
    try:
        return page_of(rows, _NEWEST_FIRST, cursor, PAGE)
    except BadCursor:
        return page_of(rows, _NEWEST_FIRST, None, PAGE)


def _kept(study: Study, wanted: ClaimFilter) -> ClaimQuerySet:
    rows = Claim.objects.in_study(study).worded_like(wanted.words)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.without_issue:
        return rows.filter(issue=None)
    return rows.filter(issue__uid=wanted.issue) if wanted.issue else rows


def _keys(
    kept: ClaimQuerySet,
    seen: StatementQuerySet,
    sort: str,
    vocabulary: Vocabulary,
    cursor: str | None,
    *,
    size: int,
) -> tuple[list[int], str | None, str | None]:
    """Return the keys of one page in order, and the cursors after and before."""
    if sort == "wording":
        page = page_of(kept.only("text_key"), _BY_WORDING, cursor, size)
        return [row.pk for row in page.rows], page.next, page.previous
    places = _places(
        kept, stance_numbers(seen.filter(stances__isnull=False)), vocabulary, contested=sort == "-contested"
    )
    found = slice_of(places, sort, cursor, size)
    return [int(place[-1]) for place in found.places], found.next, found.previous


def _places(
    kept: ClaimQuerySet, numbers: Mapping[int, Numbers], vocabulary: Vocabulary, *, contested: bool
) -> list[Values]:
    """Order the claims by how many statements bear on them; with `contested` by how many stand against as many."""
    labels = vocabulary.labels.get("stance", {}).values()
    sides = [{label.slug for label in labels if label.polarity == polarity} for polarity in (1, -1)]

    def place(key: int, words: str) -> Values:
        taken = numbers.get(key, {})
        pairs = min(sum(n for stance, n in taken.items() if stance in side) for side in sides)
        return (-pairs if contested else 0, -sum(taken.values()), words, key)

    return sorted(place(key, words) for key, words in kept.values_list("pk", "text_key"))


def _bearing(claim: Claim, user: User) -> QuerySet[StanceLink]:
    """Links of statements that the user may read, each with its statement; `day` is when that was published."""
    seen = Statement.objects.visible_to(user).filter(stances__claim=claim).values("pk")
    article = "statement__annotation_set__article"
    return (
        StanceLink.objects.filter(claim=claim, statement__in=seen)
        .select_related("statement__speaker", f"{article}__outlet")
        .defer(f"{article}__text", "statement__spans")
        .annotate(day=Coalesce(f"{article}__published_on", Value(date.min), output_field=DateField()))
    )
