"""What waits for a person to place it, and where an article stands among its revisions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count

from annotations.accounts.models import User
from annotations.corpus.models import Article
from annotations.revisions.anchors import Anchoring
from annotations.revisions.comparison import Words, around
from annotations.revisions.course import proposal_for, with_places
from annotations.revisions.lineage import lineage_of, newest_of
from annotations.revisions.proposals import Piece, Proposal, Proposing, differences
from annotations.statements.models import Statement, StatementQuerySet
from annotations.studies.models import Study
from annotations.workload.actions import heir_of
from annotations.workload.models import AnnotationSet

SHOWN = 50


@dataclass(frozen=True)
class Standing:
    """One article among its revisions; `n_to_place` counts what waits for the newest, as far as the reader sees it."""

    lineage: Sequence[Article]
    article: Article
    n_to_place: int

    @property
    def number(self) -> int:
        return [each.pk for each in self.lineage].index(self.article.pk) + 1

    @property
    def n(self) -> int:
        return len(self.lineage)

    @property
    def newest(self) -> Article:
        return self.lineage[-1]

    @property
    def earlier(self) -> Sequence[Article]:
        return self.lineage[: self.number - 1]

    @property
    def before(self) -> Article | None:
        return self.lineage[self.number - 2] if self.number > 1 else None


@dataclass(frozen=True)
class ToPlace:
    """A statement that waits, the likeliest new words for it, and how they differ; `heir` is its set to be."""

    statement: Statement
    old: Words
    new: Words | None
    proposals: Sequence[Proposal]
    pieces: Sequence[Piece]
    heir: AnnotationSet | None

    @property
    def score(self) -> float:
        return min((each.score for each in self.proposals), default=0)

    @property
    def percent(self) -> int:
        return round(100 * self.score)

    @property
    def has_same_words(self) -> bool:
        return all(piece.kind == "equal" for piece in self.pieces)

    @property
    def spans(self) -> str:
        """The proposal as a form sends it."""
        return ",".join(f"{each.span.start}-{each.span.end}" for each in self.proposals)

    @property
    def is_closed(self) -> bool:
        return self.heir is not None and self.heir.state != AnnotationSet.State.OPEN


def standing_of(article: Article, user: User) -> Standing:
    lineage = lineage_of(article)
    return Standing(lineage, article, _waiting(lineage, user).count() if len(lineage) > 1 else 0)


def waiting_in(study: Study, user: User) -> Mapping[int, tuple[Article, int]]:
    """Return each article that stands with how many statements wait for it, as far as the user may read them."""
    rows = _readable(user).in_study(study)
    counts = rows.order_by().values_list("annotation_set__article").annotate(n=Count("pk"))
    found = dict(counts)
    newest = newest_of(study, found) if found else {}
    out: dict[int, tuple[Article, int]] = {}
    for old, article in newest.items():
        out[article.pk] = article, out.get(article.pk, (article, 0))[1] + found[old]
    return out


def waiting_for(article: Article, user: User) -> list[ToPlace]:
    """Return the first statements that wait for their place in this article, with the likeliest words."""
    rows = list(with_places(_waiting(lineage_of(article), user)).select_related("speaker")[:SHOWN])
    olds = Article.objects.in_bulk({row.annotation_set.article_id for row in rows})
    compared = {key: Proposing(Anchoring(old.text, article.text)) for key, old in olds.items()}
    heirs: dict[int, AnnotationSet | None] = {}
    out = []
    for row in rows:
        into, old = row.annotation_set, olds[row.annotation_set.article_id]
        if into.pk not in heirs:
            heirs[into.pk] = heir_of(into)
        proposals = proposal_for(row, compared[old.pk]) or []
        if any(each.span.meets(line) for each in proposals for line in article.furniture_spans):
            proposals = []
        words = " […] ".join(each.span.text for each in proposals)
        out.append(
            ToPlace(
                statement=row,
                old=around(old.text, row.start, row.end),
                new=around(article.text, proposals[0].span.start, proposals[-1].span.end)
                if proposals
                else None,
                proposals=proposals,
                pieces=differences(row.quotation.replace(" [...] ", " […] "), words) if proposals else [],
                heir=heirs[into.pk],
            )
        )
    return out


def _readable(user: User) -> StatementQuerySet:
    return (
        Statement.objects.visible_to(user).waiting().exclude(annotation_set__kind=AnnotationSet.Kind.MACHINE)
    )


def _waiting(lineage: Sequence[Article], user: User) -> StatementQuerySet:
    return _readable(user).filter(annotation_set__article__in=[each.pk for each in lineage[:-1]])
