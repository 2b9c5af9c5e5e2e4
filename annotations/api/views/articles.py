"""Articles: texts with what is known of them."""

import uuid

from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.endpoint import Endpoint, Record, body_of
from annotations.api.errors import InTheWay
from annotations.api.etags import expected_version, object_answer
from annotations.api.filters import (
    CHANGED_SINCE,
    EXTERNAL_ID,
    OUTLET,
    PUBLISHED_AFTER,
    PUBLISHED_BEFORE,
    REVISIONS,
    q,
    read_filters,
)
from annotations.api.idempotency import Created, created
from annotations.api.lookups import article_for, articles, statements, study_for
from annotations.api.openapi import changing, creating, listing, reading, removing
from annotations.api.pagination import page
from annotations.api.permissions import require, user_of
from annotations.api.references import References
from annotations.api.serializers.articles import (
    ARTICLE,
    ARTICLE_CHANGE,
    ARTICLE_NEW,
    ARTICLE_SUMMARY,
    article_answer,
    given_lines,
    guesses,
    metadata_of,
    summary_answer,
)
from annotations.audit.actions import all_or_nothing
from annotations.corpus.actions import ArticleDraft, add_article, describe_article
from annotations.corpus.models import Article
from annotations.corpus.text import check_text
from annotations.permissions import Act
from annotations.revisions.actions import delete_with_earlier
from annotations.statements.actions import FurnitureInUse, set_furniture

FILTERS = (
    OUTLET,
    PUBLISHED_AFTER,
    PUBLISHED_BEFORE,
    CHANGED_SINCE,
    EXTERNAL_ID,
    REVISIONS,
    q("Words in title or text"),
)


class ArticleList(Endpoint):
    @listing(
        "articles", "article", "List the articles of a study, without their text", ARTICLE_SUMMARY, FILTERS
    )
    def get(self, request: Request, slug: str) -> Response:
        rows = articles(request).in_study(study_for(request, slug))
        asked = read_filters(request, FILTERS)
        rows = rows if asked.get("revisions") == "all" else rows.current()
        rows = rows.published_between(asked.get("published_after"), asked.get("published_before"))
        if "outlet" in asked:
            rows = rows.from_outlet(asked["outlet"])
        if "changed_since" in asked:
            rows = rows.changed_since(asked["changed_since"])
        if "external_id" in asked:
            rows = rows.named_outside(asked["external_id"])
        if "q" in asked:
            rows = rows.matching(asked["q"])
        return page(request, rows, summary_answer)

    @creating(
        "articles",
        "article",
        "Add an article",
        ARTICLE_NEW,
        ARTICLE,
        more="What is left out is guessed from the text's own lines. A text that the study holds already is"
        " refused with 409, naming the first in `article`. Where another article stands at the same `url`, the"
        ' answer names it in a `Link` header, rel="predecessor-version": a corrected text belongs to that'
        " article's revisions.",
    )
    def post(self, request: Request, slug: str) -> Response:
        study = study_for(request, slug, Act.ADD_ARTICLE)

        def create() -> Created:
            body, user = body_of(request, ARTICLE_NEW), user_of(request)
            check_text(body["text"])
            known = References(study, user)
            draft = ArticleDraft(
                text=body["text"],
                metadata={**guesses(body, study), **metadata_of(body, known)},
                furniture=given_lines(body, body["text"]),
                allow_duplicate=body.get("allow_duplicate", False),
            )
            article = add_article(study=study, draft=draft, by=user)
            return Created(
                article_answer(article), f"/api/v1/articles/{article.uid}/", _same_address(request, article)
            )

        return created(request, create)


class ArticleDetail(Endpoint):
    def current(self) -> Record:
        return article_answer(article_for(self.request, self.kwargs["article"], text=True))

    @reading("articles", "article", "Read an article with its text", ARTICLE)
    def get(self, request: Request, article: uuid.UUID) -> Response:
        return object_answer(request, self.current())

    @changing(
        "articles",
        "article",
        "Change what is known of an article",
        ARTICLE_CHANGE,
        ARTICLE,
        more="The text never changes. A line that statements use cannot become furniture: 409 lists them in `statements`.",
    )
    def patch(self, request: Request, article: uuid.UUID) -> Response:
        row = article_for(request, article, Act.EDIT_ARTICLE, text=True)
        expected = expected_version(request, row)
        body = body_of(request, ARTICLE_CHANGE, article_answer(row))
        if "furniture" in body:
            require(request, Act.EDIT_FURNITURE, row, row.study)
        try:
            all_or_nothing(lambda: _change(request, row, expected, body))
        except FurnitureInUse as error:
            raise _in_the_way(request, error) from error
        return object_answer(request, self.current())

    @removing(
        "articles",
        "article",
        "Put an article, with its statements, into the bin",
        ARTICLE,
        more="For managers.",
    )
    def delete(self, request: Request, article: uuid.UUID) -> Response:
        row = article_for(request, article, Act.DELETE_ARTICLE)
        delete_with_earlier(article=row, expected=expected_version(request, row), by=user_of(request))
        return Response(status=204)


def _same_address(request: Request, article: Article) -> str | None:
    """Return the link to an article that stands at the same address, of which this may be a corrected text."""
    others = articles(request).in_study(article.study).current().at_address(article.url)
    other = others.exclude(pk=article.pk).first()
    return f'</api/v1/articles/{other.uid}/>; rel="predecessor-version"' if other else None


def _change(request: Request, row: Article, expected: int, body: Record) -> None:
    """Write metadata and furniture, each as far as given and different; two changes are two versions."""
    user = user_of(request)
    metadata = metadata_of(body, References(row.study, user))
    lines = given_lines(body, row.text)
    if metadata:
        expected = describe_article(article=row, expected=expected, metadata=metadata, by=user).version
    if lines is not None and _bounds(lines) != _bounds(row.furniture):
        set_furniture(article=row, expected=expected, lines=lines, by=user)


def _bounds(lines: list[Record]) -> list[tuple[int, int, str]]:
    return sorted((line["start"], line["end"], line["kind"]) for line in lines)


def _in_the_way(request: Request, error: FurnitureInUse) -> InTheWay:
    """Name the statements that the asker may read; what others mark blindly is not told."""
    keys = [statement.pk for statement in error.statements]
    found = statements(request).among(keys).in_text_order()
    return InTheWay(
        "A statement touches one of these lines; change those statements first.",
        {
            "statements": [
                {
                    "id": str(statement.uid),
                    "web_url": f"{statement.annotation_set.article.get_absolute_url()}?statement={statement.uid}",
                }
                for statement in found
            ]
        },
    )
