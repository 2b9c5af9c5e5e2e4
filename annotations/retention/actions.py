"""Purge: take out of a bin for good. The log keeps that it happened, and under which public id."""

from dataclasses import dataclass

from django.db import transaction

from annotations.accounts.models import User
from annotations.audit.actions import record
from annotations.corpus.models import Article
from annotations.retention.expiry import overdue_since
from annotations.rows import count_up
from annotations.statements.models import Statement
from annotations.studies.models import Study

AT_ONCE = 100
"""How many articles of a study are deleted by one statement, so that none is held in memory with all the others."""


@dataclass(frozen=True)
class Purged:
    """How much went for good."""

    studies: int = 0
    articles: int = 0
    statements: int = 0

    def __bool__(self) -> bool:
        return bool(self.studies or self.articles or self.statements)

    def __str__(self) -> str:
        counts = (
            (self.studies, "study", "studies"),
            (self.articles, "article", "articles"),
            (self.statements, "statement", "statements"),
        )
        return ", ".join(f"{n} {one if n == 1 else many}" for n, one, many in counts if n) or "nothing"


def purge_bin(*, study: Study, by: User) -> Purged:
    """Purge all that lies in the bin of a study, one thing after the other."""
    articles = Article.objects.in_study(study).binned().without_text()
    statements = Statement.objects.in_study(study).binned()
    return Purged(
        articles=sum(purge_article(article=each, by=by) for each in articles),
        statements=sum(purge_statement(statement=each, by=by) for each in statements),
    )


def purge_overdue(*, by: User | None = None) -> Purged:
    """Purge what has lain in a bin for longer than the installation keeps it.

    Of a study in the bin nothing goes singly: it comes back whole, or goes whole.
    """
    since = overdue_since()
    if since is None:
        return Purged()
    old = Study.objects.filter(deleted_at__lte=since)
    articles = Article.objects.filter(deleted_at__lte=since, study__deleted_at=None).without_text()
    statements = Statement.objects.filter(
        deleted_at__lte=since, annotation_set__article__study__deleted_at=None
    )
    return Purged(
        studies=sum(purge_study(study=each, by=by) for each in old),
        articles=sum(purge_article(article=each, by=by) for each in articles),
        statements=sum(purge_statement(statement=each, by=by) for each in statements),
    )


@transaction.atomic
def purge_article(*, article: Article, by: User | None) -> bool:
    """Purge an article with all that was marked in it; False if it was taken back, or went, meanwhile."""
    binned = Article.objects.select_for_update(of=("self",)).binned().filter(pk=article.pk).first()
    if binned is None:
        return False
    before = {"statements": Statement.objects.of_article(binned).count(), "sha256": binned.sha256}
    record(study_id=binned.study_id, by=by, verb="article.purge", target=binned, before=before)
    binned.delete()
    return True


@transaction.atomic
def purge_statement(*, statement: Statement, by: User | None) -> bool:
    """Purge a statement; what was nested in it stays. False if it was taken back, or went, meanwhile."""
    rows = Statement.objects.select_for_update(of=("self",)).binned().filter(pk=statement.pk)
    binned = rows.select_related("annotation_set__article").first()
    if binned is None:
        return False
    study_id = binned.annotation_set.article.study_id
    record(
        study_id=study_id,
        by=by,
        verb="statement.purge",
        target=binned,
        before={"set": binned.annotation_set_id},
    )
    count_up(binned.nested.all())
    binned.delete()
    return True


@transaction.atomic
def purge_study(*, study: Study, by: User | None) -> bool:
    """Purge a whole study with all that belongs to it but its log; False if it was taken back meanwhile."""
    rows = Study.objects.select_for_update(of=("self",)).exclude(deleted_at=None)
    binned = rows.filter(pk=study.pk).first()
    if binned is None:
        return False
    articles = list(Article.objects.in_study(binned).values_list("pk", flat=True))
    before = {"name": binned.name, "slug": binned.slug, "articles": len(articles)}
    record(study_id=binned.pk, by=by, verb="study.purge", target=binned, before=before)
    for start in range(0, len(articles), AT_ONCE):
        Article.objects.filter(pk__in=articles[start : start + AT_ONCE]).delete()
    binned.delete()
    return True
