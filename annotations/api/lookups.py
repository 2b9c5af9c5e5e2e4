"""Find what an address names and check the act, in one call: here the API answers 404 and 403.

What is unknown and what the asker may not see read the same, to the byte. Each row comes in one query,
joined to the membership of the asker and kept to the study that the token is bound to.
"""

import uuid
from collections.abc import Callable
from typing import Generic, TypeVar

from rest_framework.request import Request

from annotations.accounts.models import User
from annotations.api.permissions import require, study_of_token, user_of
from annotations.claims.loading import load_coding
from annotations.claims.models import (
    Claim,
    ClaimQuerySet,
    ClaimRelation,
    ClaimRelationQuerySet,
    Issue,
    IssueQuerySet,
    stances_of_statements,
)
from annotations.corpus.models import Article, ArticleQuerySet
from annotations.errors import NotFound
from annotations.permissions import Act
from annotations.prepared import Prepared
from annotations.rows import Row, StudyRows
from annotations.speakers.models import Speaker, SpeakerQuerySet
from annotations.statements.models import Statement, StatementQuerySet
from annotations.studies.models import Membership, Study, StudyQuerySet
from annotations.workload.models import AnnotationSet, AnnotationSetQuerySet

R = TypeVar("R", bound=Row)


def studies(request: Request) -> StudyQuerySet:
    user = user_of(request)
    return Study.objects.visible_to(user).within(study_of_token(request)).with_role_of(user)


def articles(request: Request) -> ArticleQuerySet:
    """Present articles without their text."""
    return _articles(user_of(request), study_of_token(request))


def _articles(user: User, study: int | None) -> ArticleQuerySet:
    rows = Article.objects.visible_to(user).within(study).present()
    return rows.without_text().with_outlet().with_study_and_author().with_revisions()


def sets(request: Request) -> AnnotationSetQuerySet:
    return AnnotationSet.objects.visible_to(user_of(request)).within(study_of_token(request)).with_names()


def statements(request: Request) -> StatementQuerySet:
    """Statements with all that their records show, in a fixed number of queries."""
    rows = _statements(user_of(request), study_of_token(request))
    return rows.prefetch_related(stances_of_statements())


def _statements(user: User, study: int | None) -> StatementQuerySet:
    return Statement.objects.visible_to(user).within(study).with_details().with_set()


def speakers(request: Request) -> SpeakerQuerySet:
    rows = Speaker.objects.visible_to(user_of(request)).within(study_of_token(request))
    return rows.with_names().select_related("study")


def claims(request: Request) -> ClaimQuerySet:
    rows = Claim.objects.visible_to(user_of(request)).within(study_of_token(request))
    return rows.with_issue().with_study()


def issues(request: Request) -> IssueQuerySet:
    return Issue.objects.visible_to(user_of(request)).within(study_of_token(request)).with_study()


def relations(request: Request) -> ClaimRelationQuerySet:
    rows = ClaimRelation.objects.visible_to(user_of(request)).within(study_of_token(request))
    return rows.with_study().with_claims()


class _Lookup(Generic[R]):
    """The prepared lookup of a row by its public id, for tokens that are bound to a study and for others."""

    def __init__(self, rows_for: Callable[[User, int | None], StudyRows[R]]) -> None:
        def rows(user: int, uid: uuid.UUID, study: int | None = None) -> StudyRows[R]:
            asker = User(pk=user)
            return rows_for(asker, study).with_role_of(asker).with_uid(uid)

        self._free, self._bound = Prepared(rows, int, uuid.UUID), Prepared(rows, int, uuid.UUID, int)

    def found(self, request: Request, uid: uuid.UUID) -> R | None:
        user, study = user_of(request).pk, study_of_token(request)
        rows = self._free(user, uid) if study is None else self._bound(user, uid, study)
        return next(iter(rows), None)


_ARTICLES = _Lookup(_articles)
_ARTICLES_WITH_TEXT = _Lookup(lambda user, study: _articles(user, study).defer(None))
_STATEMENTS = _Lookup(_statements)


def study_for(request: Request, slug: str, act: Act = Act.READ) -> Study:
    row = studies(request).filter(slug=slug).sole()
    if row is None:
        raise NotFound("There is no such study, or you are no member of it.")
    require(request, act, row, row)
    return row


def article_for(request: Request, uid: uuid.UUID, act: Act = Act.READ, *, text: bool = False) -> Article:
    """Find an article; its text is loaded only with `text`."""
    rows = _ARTICLES_WITH_TEXT if text else _ARTICLES
    return _permitted(request, rows.found(request, uid), Article.objects.all(), act, "article")


def set_for(request: Request, uid: uuid.UUID, act: Act = Act.READ) -> AnnotationSet:
    return _one(request, sets(request), uid, act, "set")


def statement_for(request: Request, uid: uuid.UUID, act: Act = Act.READ) -> Statement:
    row = _permitted(request, _STATEMENTS.found(request, uid), Statement.objects.all(), act, "statement")
    load_coding(row)
    return row


def speaker_for(request: Request, uid: uuid.UUID, act: Act = Act.READ) -> Speaker:
    return _one(request, speakers(request), uid, act, "speaker")


def claim_for(request: Request, uid: uuid.UUID, act: Act = Act.READ) -> Claim:
    return _one(request, claims(request), uid, act, "claim")


def issue_for(request: Request, uid: uuid.UUID, act: Act = Act.READ) -> Issue:
    return _one(request, issues(request), uid, act, "issue")


def relation_for(request: Request, uid: uuid.UUID, act: Act = Act.READ) -> ClaimRelation:
    return _one(request, relations(request), uid, act, "claim relation")


def member_for(request: Request, slug: str, uid: uuid.UUID, act: Act = Act.READ) -> Membership:
    study = study_for(request, slug, act)
    row = Membership.objects.in_study(study).with_user().with_uid(uid).select_related("study").sole()
    if row is None:
        raise NotFound("There is no such member.")
    return row


def member_to_remove(request: Request, slug: str, uid: uuid.UUID) -> Membership:
    """Find a membership that the asker may end: a manager any, everybody their own, in the archive too."""
    study, row = study_for(request, slug), member_for(request, slug, uid)
    if row.user_id != user_of(request).pk:
        require(request, Act.MANAGE_STUDY, study, study)
    return row


def _one(request: Request, rows: StudyRows[R], uid: uuid.UUID, act: Act, what: str) -> R:
    return _permitted(request, rows.with_role_of(user_of(request)).with_uid(uid).sole(), rows, act, what)


def _permitted(request: Request, row: R | None, rows: StudyRows[R], act: Act, what: str) -> R:
    if row is None:
        raise NotFound(f"There is no such {what}.")
    require(request, act, row, rows.study_of(row))
    return row
