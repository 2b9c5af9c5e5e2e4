"""The revisions of one article, from the first text to the one that stands."""

from collections.abc import Iterable

from annotations.corpus.models import Article
from annotations.prepared import Prepared
from annotations.studies.models import Study

_EARLIER = Prepared(lambda article: Article.objects.filter(revised_by=article).values_list("pk")[:1], int)


def lineage_of(article: Article) -> list[Article]:
    """Return all revisions of the article, the first first, without their texts; itself alone if there is but one."""
    if not article.is_superseded and not _EARLIER(article.pk):
        return [article]
    after = _links(article.study)
    before = {new: old for old, new in after.items()}
    keys = [article.pk]
    while keys[0] in before:
        keys.insert(0, before[keys[0]])
    while keys[-1] in after:
        keys.append(after[keys[-1]])
    rows = {row.pk: row for row in Article.objects.filter(pk__in=keys).without_text().with_outlet()}
    for row in rows.values():
        row.study = article.study
    return [rows[key] for key in keys]


def newest_of(study: Study, keys: Iterable[int]) -> dict[int, Article]:
    """Return the present article that stands now in place of each of these, by its key."""
    after = _links(study)
    ends = {key: _end(key, after) for key in keys}
    rows = Article.objects.filter(pk__in=set(ends.values())).present().without_text()
    found = {row.pk: row for row in rows}
    for row in found.values():
        row.study = study
    return {key: found[end] for key, end in ends.items() if end in found}


def _links(study: Study) -> dict[int, int]:
    """Return which article took the place of which, by their keys."""
    rows = Article.objects.in_study(study).superseded()
    return dict(rows.values_list("pk", "revised_by_id"))


def _end(key: int, after: dict[int, int]) -> int:
    while key in after:
        key = after[key]
    return key
