"""Statements: who is made to say what, where, and how it bears on claims."""

import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager

from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.endpoint import Endpoint, Record, body_of, sent
from annotations.api.etags import expected_version, object_answer
from annotations.api.idempotency import Created, created
from annotations.api.lookups import article_for, statement_for, statements, study_for
from annotations.api.openapi import changing, creating, listing, reading, removing
from annotations.api.pagination import page
from annotations.api.permissions import user_of
from annotations.api.references import References, item_placed
from annotations.api.serializers.statement_bodies import named_in, told
from annotations.api.serializers.statements import (
    STATEMENT,
    STATEMENT_CHANGE,
    STATEMENT_NEW,
    STATEMENT_NEW_OF_STUDY,
    recorded_answer,
    statement_answer,
)
from annotations.api.shapes import Fields, Many
from annotations.api.statement_filters import OF_ARTICLE, OF_STUDY, statements_asked
from annotations.audit.actions import all_or_nothing
from annotations.coding.actions import amend_statement
from annotations.coding.bulk.actions import NewStatement, record_statements
from annotations.corpus.models import Article
from annotations.errors import Invalid
from annotations.keyset import Order
from annotations.permissions import Act
from annotations.statements.actions import discard_statement
from annotations.studies.models import Study

LINKS = {"parent", "restates", "replies_to"}
IN_TEXT_ORDER = Order(("start", "end", "pk"))
INTO = (
    "One statement or a list of up to 1,000, all or none, into the article's shared set; in an independent"
    " study into your own set."
)


class ArticleStatementList(Endpoint):
    @listing("statements", "article_statement", "List the statements of an article", STATEMENT, OF_ARTICLE)
    def get(self, request: Request, article: uuid.UUID) -> Response:
        row = article_for(request, article)
        wanted, _ = statements_asked(request, row.study, OF_ARTICLE)
        rows = wanted.of(statements(request).of_article(row))
        return page(request, rows, statement_answer, order=IN_TEXT_ORDER)

    @creating(
        "statements", "article_statement", "Record statements", STATEMENT_NEW, STATEMENT, many=True, more=INTO
    )
    def post(self, request: Request, article: uuid.UUID) -> Response:
        row = article_for(request, article, Act.ANNOTATE)

        def find(body: Record, known: References) -> Article:
            if body.get("article", str(row.uid)) != str(row.uid):
                raise Invalid.field("article", "is another article than that of the address.")
            return row

        return created(request, lambda: _record(request, row.study, STATEMENT_NEW, find))


class StudyStatementList(Endpoint):
    @listing("statements", "statement", "List the statements of a study", STATEMENT, OF_STUDY)
    def get(self, request: Request, slug: str) -> Response:
        study = study_for(request, slug)
        wanted, _ = statements_asked(request, study, OF_STUDY)
        return page(request, wanted.of(statements(request).in_study(study)), statement_answer)

    @creating(
        "statements",
        "statement",
        "Record statements of several articles",
        STATEMENT_NEW_OF_STUDY,
        STATEMENT,
        many=True,
        more=INTO,
    )
    def post(self, request: Request, slug: str) -> Response:
        study = study_for(request, slug, Act.ANNOTATE)

        def find(body: Record, known: References) -> Article:
            return known.article(body["article"], "article")

        return created(request, lambda: _record(request, study, STATEMENT_NEW_OF_STUDY, find))


class StatementDetail(Endpoint):
    def current(self) -> Record:
        return statement_answer(statement_for(self.request, self.kwargs["statement"]))

    @reading("statements", "statement", "Read a statement", STATEMENT)
    def get(self, request: Request, statement: uuid.UUID) -> Response:
        return object_answer(request, self.current())

    @changing("statements", "statement", "Change a statement", STATEMENT_CHANGE, STATEMENT)
    def patch(self, request: Request, statement: uuid.UUID) -> Response:
        row = statement_for(request, statement, Act.EDIT_SET)
        expected = expected_version(request, row)
        standing = statement_answer(row)
        body = body_of(request, STATEMENT_CHANGE, standing)
        for name in LINKS & body.keys():
            if body[name] == standing[name]:  # repeated as answered; what it names may be in the bin
                del body[name]
        study, user = row.annotation_set.article.study, user_of(request)

        def change() -> None:
            new = told(body, References(study, user))
            amend_statement(
                statement=row, expected=expected, changes=new.changes, by=user, stances=new.stances
            )

        if body:
            all_or_nothing(change)
        return object_answer(request, self.current())

    @removing("statements", "statement", "Put a statement into the bin", STATEMENT)
    def delete(self, request: Request, statement: uuid.UUID) -> Response:
        row = statement_for(request, statement, Act.EDIT_SET)
        discard_statement(statement=row, expected=expected_version(request, row), by=user_of(request))
        return Response(status=204)


def _record(
    request: Request, study: Study, shape: Fields, article_of: Callable[[Record, References], Article]
) -> Created:
    """Record one statement or a list. What they name is found or added first, then the sets are locked."""
    user, given = user_of(request), sent(request)
    single = not isinstance(given, list)
    bodies = [body_of(request, shape)] if single else Many(shape, least=1).read(given, "")
    known = References(study, user)

    def placed(n: int) -> AbstractContextManager[None]:
        return item_placed("" if single else f"[{n}]")

    if not single:
        known.look_up(each for body in bodies for each in named_in(body))
    news = []
    for n, body in enumerate(bodies):
        with placed(n):
            article, new = article_of(body, known), told(body, known)
            news.append(NewStatement(article=article, changes=new.changes, stances=new.stances or ()))
    recorded = record_statements(study=study, news=news, by=user, placed=placed)
    answers = [recorded_answer(each) for each in recorded]
    if single:
        return Created(answers[0], f"/api/v1/statements/{answers[0]['id']}/")
    return Created(answers)
