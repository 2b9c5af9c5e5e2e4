"""Corrected texts of articles, and the places of statements in them."""

import uuid

from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.endpoint import Endpoint, Record, body_of
from annotations.api.etags import expected_version, object_answer
from annotations.api.idempotency import Created, created
from annotations.api.lookups import article_for, statement_for, statements
from annotations.api.openapi import acting, creating
from annotations.api.permissions import user_of
from annotations.api.references import References
from annotations.api.serializers.articles import given_lines, metadata_of
from annotations.api.serializers.revisions import PLACEMENT, REVISION, REVISION_NEW, revision_answer
from annotations.api.serializers.statements import STATEMENT, statement_answer
from annotations.corpus.actions import ArticleDraft
from annotations.corpus.text import check_text
from annotations.permissions import Act
from annotations.revisions.actions import revise_article
from annotations.revisions.anchors import Anchoring
from annotations.revisions.placing.actions import place_statement
from annotations.revisions.proposals import Proposing
from annotations.spans import Span


class RevisionList(Endpoint):
    @creating(
        "articles",
        "revision",
        "Put a corrected text in an article's place",
        REVISION_NEW,
        REVISION,
        more="The text becomes an article of its own, and the statements of the old one follow into it under"
        " their ids where the place of their very words is sure. The others wait in the old article for a"
        " person to place them. What is left out of the metadata is as it was; furniture is recognised anew."
        " In an independent study for managers.",
    )
    def post(self, request: Request, article: uuid.UUID) -> Response:
        row = article_for(request, article, Act.REVISE_ARTICLE, text=True)

        def create() -> Created:
            body, user = body_of(request, REVISION_NEW), user_of(request)
            check_text(body["text"])
            draft = ArticleDraft(
                text=body["text"],
                metadata=metadata_of(body, References(row.study, user)),
                furniture=given_lines(body, body["text"]),
            )
            revision = revise_article(article=row, expected=row.version, draft=draft, by=user)
            course = revision.course
            keys = [each.pk for each, _ in course.follow] + [each.pk for each in course.stay]
            seen = set(statements(request).among(keys).values_list("pk", flat=True))
            answered = revision_answer(
                article_for(request, revision.article.uid, text=True),
                [(each, anchored) for each, anchored in course.follow if each.pk in seen],
                [each for each in course.stay if each.pk in seen],
                Proposing(Anchoring(row.text, revision.article.text)),
            )
            return Created(answered, f"/api/v1/articles/{revision.article.uid}/")

        return created(request, create)


class StatementPlace(Endpoint):
    def current(self) -> Record:
        return statement_answer(statement_for(self.request, self.kwargs["statement"]))

    @acting(
        "statements",
        "statement_place",
        "Place a statement in a corrected text",
        STATEMENT,
        body=PLACEMENT,
        more="For a statement that waits in an earlier text: it moves, under its id, into the one that stands now. Its"
        " other spans come along where they are found there; the others are left out.",
    )
    def post(self, request: Request, statement: uuid.UUID) -> Response:
        row = statement_for(request, statement, Act.EDIT_SET)
        expected, body = expected_version(request, row), body_of(request, PLACEMENT)
        content = [Span(one["start"], one["end"], one.get("text", "")) for one in body["spans"]]
        place_statement(statement=row, expected=expected, content=content, by=user_of(request))
        return object_answer(request, self.current())
