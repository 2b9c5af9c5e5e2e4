"""The articles of a study as a list: filtered, in an order, page by page, each with its state and numbers."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache, partial
from types import MappingProxyType
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Case, Count, F, Max, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import JSONObject, Lower

from annotations.accounts.models import User
from annotations.audit.figures import Figures
from annotations.corpus.models import Article, ArticleQuerySet
from annotations.prepared import Prepared
from annotations.statements.overview import ArticleState, counts_of, with_state, work_of
from annotations.studies.models import Study
from annotations.workload.models import AnnotationSet, AnnotationSetQuerySet

PAGE = 50
SHOWN = ("study", "uid", "title", "published_on", "created_at", "updated_at", "outlet__study", "outlet__name")
"""The columns of an article, and of its outlet, that a page shows."""
T = TypeVar("T")
Keys = list[int] | QuerySet[Any, int]


@dataclass(frozen=True, kw_only=True)
class ArticleFilter:
    """What to keep of a study's articles, and in which order; the defaults keep all, newest first."""

    words: str = ""
    state: str = ""
    outlet: UUID | None = None
    published_after: date | None = None
    published_before: date | None = None
    earlier: bool = False
    sort: str = "-added"

    @property
    def keeps_all(self) -> bool:
        """Tell whether all that stand are kept, the state apart."""
        return not (
            self.words or self.outlet or self.published_after or self.published_before or self.earlier
        )

    @property
    def names_values(self) -> bool:
        """Tell whether it names more than a state and an order, of which there are few."""
        return bool(self.words or self.outlet or self.published_after or self.published_before)

    @property
    def is_by_state(self) -> bool:
        return self.sort in {"state", "-state"}


@dataclass(frozen=True)
class ArticleLine:
    article: Article
    state: str
    n_statements: int
    last_change: datetime


@dataclass(frozen=True)
class ArticleTable:
    """One page of the articles; `n_by_state` counts all that the filter, its state apart, keeps."""

    lines: Sequence[ArticleLine]
    n_by_state: Mapping[str, int]
    n: int
    page: int
    n_pages: int

    @property
    def n_all(self) -> int:
        return sum(self.n_by_state.values())

    @property
    def previous_page(self) -> int:
        return self.page - 1

    @property
    def next_page(self) -> int:
        return self.page + 1


_RANK = Case(When(state=ArticleState.OPEN, then=0), When(state=ArticleState.NEW, then=1), default=2)
_ORDERS: Mapping[str, tuple[Any, ...]] = MappingProxyType(
    {
        "-added": (F("created_at").desc(), F("pk").desc()),
        "added": (F("created_at").asc(), F("pk").asc()),
        "title": (Lower("title").asc(), F("pk").asc()),
        "-title": (Lower("title").desc(), F("pk").desc()),
        "-published": (F("published_on").desc(nulls_last=True), F("pk").desc()),
        "published": (F("published_on").asc(nulls_last=True), F("pk").asc()),
        "state": (_RANK.asc(), F("created_at").desc(), F("pk").desc()),
        "-state": (_RANK.desc(), F("created_at").desc(), F("pk").desc()),
    }
)
SORTS = tuple(_ORDERS)


def article_table(
    study: Study,
    user: User,
    wanted: ArticleFilter,
    page: int = 1,
    *,
    size: int = 0,
    figures: Figures | None = None,
    standing: Mapping[str, int] | None = None,
) -> ArticleTable:
    """Return one page of the study's articles as the user, a member, may see them; without `size` as a page shows them.

    `standing`: by state, the articles of the study that stand, where they were counted before.
    """
    keep, sets = figures.get if figures else _made_anew, work_of(study, user)
    kept, of_any_state, step = _kept(study, wanted), replace(wanted, state=""), size or PAGE
    found: Mapping[str, list[int]] = {}
    counts: Mapping[str, int] = standing if standing and wanted.keeps_all else {}
    if wanted.words:  # the texts are read once for counts, rows and further pages
        found = keep("found", partial(_found, kept, sets, wanted), of_any_state)
        counts = {state.value: len(found[state]) for state in ArticleState}
    counts = counts or keep("states", partial(counts_of, kept, sets), replace(of_any_state, sort=""))
    n = counts[wanted.state] if wanted.state else sum(counts.values())
    n_pages = max(1, -(-n // step))
    page = min(max(1, page), n_pages)
    start = (page - 1) * step
    rows: Iterable[Article]
    if wanted.words:
        rows = _rows(found[wanted.state][start : start + step], sets, wanted)
    elif wanted.names_values or size:
        rows = _rows(_keys(kept, sets, wanted, start, step), sets, wanted, whole=size > 0)
    else:
        rows = _shown(study.mode, wanted)(study.pk, user.pk, start)
    return ArticleTable([_line(article) for article in rows], counts, n, page, n_pages)


def _made_anew(_name: str, make: Callable[[], T], *_given: Hashable) -> T:
    return make()


@cache
def _shown(mode: str, wanted: ArticleFilter) -> Prepared[Article]:
    """Prepare the reading of a page by study, reader and place, for a filter that names no values."""

    def rows(study_id: int, reader_id: int, start: int) -> QuerySet[Any, Article]:
        study = Study(pk=study_id, mode=mode)
        sets = work_of(study, User(pk=reader_id))
        return _rows(_keys(_kept(study, wanted), sets, wanted, start, PAGE), sets, wanted)

    return Prepared(rows, int, int, int)


def _kept(study: Study, wanted: ArticleFilter) -> ArticleQuerySet:
    """Return the articles that the filter keeps, its words and its state apart."""
    rows = Article.objects.in_study(study).present()
    rows = rows.superseded() if wanted.earlier else rows.current()
    if wanted.outlet:
        rows = rows.from_outlet(str(wanted.outlet))
    return rows.published_between(wanted.published_after, wanted.published_before)


def _found(kept: ArticleQuerySet, sets: AnnotationSetQuerySet, wanted: ArticleFilter) -> dict[str, list[int]]:
    """Return the keys of those that hold the words, in order: by state, and under "" all."""
    found: dict[str, list[int]] = {"": [], **{state.value: [] for state in ArticleState}}
    rows = with_state(kept.matching(wanted.words), sets).order_by(*_ORDERS[wanted.sort])
    for key, state in rows.values_list("pk", "state"):
        found[""].append(key)
        found[state].append(key)
    return found


def _keys(
    kept: ArticleQuerySet, sets: AnnotationSetQuerySet, wanted: ArticleFilter, start: int, n: int
) -> Keys:
    """Return the keys of those in the state that is wanted, `n` from the one at `start` on."""
    rows: QuerySet[Any] = with_state(kept, sets) if wanted.state or wanted.is_by_state else kept
    rows = rows.filter(state=wanted.state) if wanted.state else rows
    return rows.order_by(*_ORDERS[wanted.sort]).values_list("pk", flat=True)[start : start + n]


def _rows(
    shown: Keys, sets: AnnotationSetQuerySet, wanted: ArticleFilter, *, whole: bool = False
) -> QuerySet[Any, Article]:
    """Return the articles of a page, with the numbers of its own rows alone, not of those that were passed over."""
    loaded = Article.objects.filter(pk__in=shown).with_outlet()
    loaded = loaded.without_text() if whole else loaded.only(*SHOWN)
    rows = with_state(loaded, sets) if wanted.is_by_state else loaded
    return rows.annotate(work=Subquery(_numbers(sets))).order_by(*_ORDERS[wanted.sort])


def _numbers(sets: AnnotationSetQuerySet) -> QuerySet[Any, Any]:
    """Return, as one row, what the work on an article comes to."""
    own = sets.filter(article=OuterRef("pk")).order_by().values(of=Value(1))
    numbers = JSONObject(
        n_sets=Count("pk", distinct=True),
        n_open=Count("pk", filter=Q(state=AnnotationSet.State.OPEN), distinct=True),
        n_statements=Count("statements", filter=Q(statements__deleted_at=None), distinct=True),
        set_change=Max("updated_at"),
        statement_change=Max("statements__updated_at"),
    )
    return own.annotate(numbers=numbers).values("numbers")


def _line(article: Article) -> ArticleLine:
    work: Mapping[str, Any] = vars(article)["work"]
    begun = ArticleState.OPEN if work["n_open"] else ArticleState.DONE
    changes = [_moment(work[name]) for name in ("set_change", "statement_change") if work[name]]
    return ArticleLine(
        article=article,
        state=(begun if work["n_sets"] else ArticleState.NEW).value,
        n_statements=work["n_statements"],
        last_change=max([article.updated_at, *changes]),
    )


def _moment(written: str) -> datetime:
    """Read a moment out of JSON; SQLite leaves out that it is UTC."""
    moment = datetime.fromisoformat(written)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
