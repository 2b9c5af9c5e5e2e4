"""Record many statements with all that belongs to them, withdraw and put them back, in as many writes as one takes."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from django.db import transaction

from annotations.accounts.models import User
from annotations.audit.actions import Change, delete_all_for_good, put_all_back, record_all
from annotations.audit.models import Event
from annotations.claims.models import StanceLink
from annotations.claims.stances import Stance, checked_stances, links_of_stances
from annotations.codebook.vocabulary import vocabulary_of
from annotations.corpus.models import Article
from annotations.errors import AnnotationError, Invalid
from annotations.rows import advance_all, chunks, count_up
from annotations.statements.changes import KEPT, Link, StatementChanges
from annotations.statements.checks import checked_values
from annotations.statements.models import ChainLink, Code, Statement
from annotations.statements.named import Named
from annotations.statements.parts import codes_of, links_of
from annotations.studies.actions import author_of
from annotations.studies.models import Author, Study
from annotations.workload.actions import lock_open, open_set
from annotations.workload.models import AnnotationSet

AT_ONCE = 500
Placed = Callable[[int], AbstractContextManager[None]]
"""Says of faults found inside in which statement of the list they lie."""


@dataclass(frozen=True, kw_only=True)
class NewStatement:
    """One statement of many, to go into the set in which its author works on the article."""

    article: Article
    changes: StatementChanges
    stances: Sequence[Stance] = ()


@dataclass(frozen=True)
class Recorded:
    """A statement with the parts beside it; `told` is what the log keeps of its own fields."""

    statement: Statement
    codes: Mapping[str, str]
    chain: Sequence[Link]
    stances: Sequence[Stance]
    told: Mapping[str, object]


@transaction.atomic
def record_statements(
    *, study: Study, news: Sequence[NewStatement], by: User, placed: Placed = lambda n: nullcontext()
) -> list[Recorded]:
    """Record statements of one study as `record_statement` does each; a fault in one refuses all."""
    author = author_of(study=study, user=by)
    checked = list(_checked(study, news, author, by, placed))
    Statement.objects.bulk_create([each.statement for each in checked], AT_ONCE)
    Code.objects.bulk_create((code for each in checked for code in _codes_of(each)), AT_ONCE)
    links = (link for each in checked for link in links_of(each.statement, each.chain))
    ChainLink.objects.bulk_create(links, AT_ONCE)
    stances = (link for each in checked for link in links_of_stances(each.statement, each.stances))
    StanceLink.objects.bulk_create(stances, AT_ONCE)
    record_all(study_id=study.pk, by=by, changes=(change for each in checked for change in _changes_of(each)))
    return checked


@transaction.atomic
def withdraw_statements(*, study: Study, statements: Sequence[Statement], by: User) -> None:
    """Take back the marking of statements that stand as given: no trace is left but in the log, which can put them back."""
    _lock_sets({each.annotation_set_id for each in statements})
    advance_all(statements)
    _count_up_nested(statements)
    delete_all_for_good(rows=statements, study_id=study.pk, by=by)


@transaction.atomic
def put_back_statements(*, deletions: Sequence[Event], by: User) -> None:
    """Put back statements that were withdrawn, with all that belonged to them."""
    back = put_all_back(deletions=deletions, by=by)
    statements = [row for row in back if isinstance(row, Statement)]
    _lock_sets({each.annotation_set_id for each in statements})
    _count_up_nested(statements)


def _count_up_nested(statements: Sequence[Statement]) -> None:
    """Count up what is nested in the statements, and not among them."""
    own = {each.pk for each in statements}
    for keys in chunks(own):
        nested = Statement.objects.filter(parent__in=keys).values_list("pk", flat=True)
        count_up(Statement.objects.among(set(nested) - own))


def _lock_sets(keys: Iterable[int]) -> None:
    """Lock sets, which must be open, in the one order of their articles."""
    for annotation_set in AnnotationSet.objects.among(sorted(keys)).order_by("article_id", "pk"):
        lock_open(annotation_set)


def _working_sets(news: Sequence[NewStatement], by: User) -> dict[int, AnnotationSet | AnnotationError]:
    """Open and lock the sets for the articles in one order, else two lists would wait for each other in a circle.

    Where that is refused, what to say of it stands in the place of the set.
    """
    articles = {new.article.pk: new.article for new in news}
    return {key: _working_set(articles[key], by) for key in sorted(articles)}


def _working_set(article: Article, by: User) -> AnnotationSet | AnnotationError:
    try:
        return lock_open(open_set(article=article, by=by))
    except AnnotationError as refused:
        return refused


def _checked(
    study: Study, news: Sequence[NewStatement], author: Author, by: User, placed: Placed
) -> Iterator[Recorded]:
    """Check one after the other, so that the first fault of the list is told."""
    named = Named(study.pk, [new.changes for new in news])
    sets = _working_sets(news, by)
    for n, new in enumerate(news):
        with placed(n):
            into = sets[new.article.pk]
            if isinstance(into, AnnotationError):
                raise into
            yield _checked_one(into, new, author, named)


def _checked_one(into: AnnotationSet, new: NewStatement, author: Author, named: Named) -> Recorded:
    if new.changes.spans is KEPT:
        raise Invalid.field("spans", "A statement needs at least one content span.")
    values = checked_values(into, None, new.changes, named)
    stances = checked_stances(into, new.stances)
    if external_id := values.columns.get("external_id"):
        named.take(into, external_id)
    statement = Statement(annotation_set=into, created_by=author, **values.columns)
    codes = {} if new.changes.codes is KEPT else new.changes.codes
    given = {variable: label for variable, label in codes.items() if label is not None}
    return Recorded(statement, given, values.chain, stances, values.plain)


def _codes_of(each: Recorded) -> list[Code]:
    return codes_of(each.statement, each.codes, vocabulary_of(each.statement.annotation_set.codebook))


def _changes_of(each: Recorded) -> Iterator[Change]:
    """Yield what the log tells of one statement: its marking, and its stances if it takes any."""
    yield Change(verb="statement.mark", target=each.statement, after=each.told)
    if each.stances:
        taken = {"stances": [stance.to_json() for stance in each.stances]}
        yield Change(verb="stance.replace", target=each.statement, before={"stances": []}, after=taken)
