"""Find what an address names and check the act, in one call: the one place where pages answer 404 and 403.

What is unknown and what belongs to somebody else's study read the same. Each lookup of an article or a
statement is one query, joined to the membership of the asker; in an independent study one more asks whether
somebody else's set may be read.
"""

import uuid
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Model, QuerySet

from annotations.access.models import ApiToken
from annotations.accounts.models import User
from annotations.audit.figures import Figures
from annotations.claims.loading import load_coding
from annotations.claims.models import Claim
from annotations.corpus.models import Article
from annotations.errors import NotFound
from annotations.merging.merges import MergedAway, heir_of
from annotations.permissions import IN_THE_ARCHIVE, Act, allows, check
from annotations.prepared import Prepared
from annotations.rows import Row, StudyRows
from annotations.speakers.models import Speaker
from annotations.statements.models import Statement
from annotations.studies.models import Membership, Study
from annotations.web.htmx import UserRequest
from annotations.workload.models import AnnotationSet

R = TypeVar("R", Speaker, Claim)


@dataclass(frozen=True)
class StudyContext:
    """A study as seen by one member."""

    study: Study
    role: str
    user: User

    def may(self, act: Act, thing: Row | None = None) -> bool:
        """Tell whether to offer `act`; in an archived study nothing is that changes it."""
        shelved = self.study.archived_at is not None and act not in IN_THE_ARCHIVE
        return not shelved and allows(act, self.user, self.role, thing)

    @property
    def may_annotate(self) -> bool:
        return self.may(Act.ANNOTATE)

    @property
    def may_manage(self) -> bool:
        return self.may(Act.MANAGE_STUDY)

    @property
    def figures(self) -> Figures:
        """What was counted before for this member; for a study that was looked up by itself."""
        return Figures(self.study.pk, self.user.pk, vars(self.study)["last_event"] or 0)

    def require(self, act: Act, thing: Row | None = None) -> None:
        """Raise what keeps the member from `act`."""
        check(act, self.user, self.role, self.study, thing)


@dataclass(frozen=True)
class ArticleContext(StudyContext):
    article: Article


@dataclass(frozen=True)
class StatementContext(StudyContext):
    """`article` is the statement's; its text is loaded only where it was asked for."""

    article: Article
    statement: Statement


@dataclass(frozen=True)
class SpeakerContext(StudyContext):
    speaker: Speaker


@dataclass(frozen=True)
class ClaimContext(StudyContext):
    claim: Claim


@dataclass(frozen=True)
class MemberContext(StudyContext):
    member: Membership


def study_for(request: UserRequest, slug: str, act: Act = Act.READ) -> StudyContext:
    user = request.user
    study = next(iter(_STUDIES(user.pk, slug)), None)
    if study is None:
        raise NotFound("There is no such study, or you are no member of it.")
    found = StudyContext(study, _role_on(study), user)
    found.require(act)
    return found


def _study_rows(user: int, slug: str) -> QuerySet[Study]:
    return (
        Study.objects.visible_to(User(pk=user))
        .with_role_of(User(pk=user))
        .with_last_event()
        .filter(slug=slug)
    )


_STUDIES: Prepared[Study] = Prepared(_study_rows, int, str)


def administrator_for(request: UserRequest) -> User:
    """Return the asker, who must administer the installation; to others its pages are not there."""
    if not request.user.is_superuser:
        raise NotFound("There is no such page, or it is for administrators of this installation.")
    return request.user


def user_for(request: UserRequest, username: str) -> User:
    """Find a user of the installation, for an administrator."""
    administrator_for(request)
    user = User.rows.filter(username=username).first()
    if user is None:
        raise NotFound(f"There is no user {username!r}.")
    return user


def binned_study_for(request: UserRequest, study: uuid.UUID) -> Study:
    """Find a study in the bin that the user managed; nobody else learns that there is one."""
    row = Study.objects.binned_of(request.user).filter(uid=study).sole()
    if row is None:
        raise NotFound("There is no such study in your bin.")
    return row


def _article_rows(*, text: bool, binned: bool) -> Prepared[Article]:
    """Prepare the lookup of an article by user, study and public id."""

    def rows(user: int, slug: str, article: uuid.UUID) -> QuerySet[Article]:
        asker = User(pk=user)
        seen = Article.objects.visible_to(asker).with_role_of(asker).select_related("study", "outlet")
        seen = seen.binned() if binned else seen.present()
        return (seen if text else seen.without_text()).filter(study__slug=slug, uid=article)

    return Prepared(rows, int, str, uuid.UUID)


_ARTICLES = {
    (text, binned): _article_rows(text=text, binned=binned)
    for text in (False, True)
    for binned in (False, True)
}


def article_for(
    request: UserRequest,
    slug: str,
    article: uuid.UUID,
    act: Act = Act.READ,
    *,
    text: bool = False,
    binned: bool = False,
) -> ArticleContext:
    """Find an article of the study; with `binned` one in the bin. Its text is loaded only with `text`."""
    user = request.user
    row = next(iter(_ARTICLES[text, binned](user.pk, slug, article)), None)
    if row is None:
        raise NotFound("There is no such article in this study.")
    found = ArticleContext(row.study, _role_on(row), user, row)
    found.require(act, row)
    return found


def _statement_rows(*, text: bool, binned: bool) -> Prepared[Statement]:
    """Prepare the lookup of a statement by user, study and public id."""

    def rows(user: int, slug: str, statement: uuid.UUID) -> QuerySet[Statement]:
        asker = User(pk=user)
        seen = (
            Statement.objects.binned_visible_to(asker) if binned else Statement.objects.standing_with(asker)
        )
        loaded = seen.with_role_of(asker).for_card(text=text)
        return loaded.filter(annotation_set__article__study__slug=slug, uid=statement)

    return Prepared(rows, int, str, uuid.UUID)


_STATEMENTS = {
    (text, binned): _statement_rows(text=text, binned=binned)
    for text in (False, True)
    for binned in (False, True)
}


def statement_for(
    request: UserRequest,
    slug: str,
    statement: uuid.UUID,
    act: Act = Act.READ,
    *,
    text: bool = False,
    binned: bool = False,
) -> StatementContext:
    """Find a statement that the user may read, with codes, chain, stances and set, ready for its card."""
    user = request.user
    row = next(iter(_STATEMENTS[text, binned](user.pk, slug, statement)), None)
    if row is None or not (binned or AnnotationSet.objects.lets_read(row.annotation_set, user)):
        raise NotFound("There is no such statement in this study.")
    load_coding(row)
    article = row.annotation_set.article
    found = StatementContext(article.study, _role_on(row), user, article, row)
    found.require(act, row)
    return found


def speaker_for(request: UserRequest, slug: str, speaker: uuid.UUID, act: Act = Act.READ) -> SpeakerContext:
    """Find a speaker with its aliases, members and whom it belongs to."""
    user = request.user
    rows = Speaker.objects.visible_to(user).with_role_of(user).with_names().select_related("study")
    row = rows.filter(study__slug=slug, uid=speaker).sole()
    if row is None:
        raise _missing(Speaker.objects.select_related("study"), user, slug, speaker)
    found = SpeakerContext(row.study, _role_on(row), user, row)
    found.require(act, row)
    return found


def claim_for(request: UserRequest, slug: str, claim: uuid.UUID, act: Act = Act.READ) -> ClaimContext:
    """Find a claim of the study, with its issue."""
    user = request.user
    rows = Claim.objects.visible_to(user).with_role_of(user).with_study().with_issue()
    row = rows.filter(study__slug=slug, uid=claim).sole()
    if row is None:
        raise _missing(Claim.objects.with_study(), user, slug, claim)
    found = ClaimContext(row.study, _role_on(row), user, row)
    found.require(act)
    return found


def _missing(rows: StudyRows[R], user: User, slug: str, uid: uuid.UUID) -> NotFound:
    """Return what to say where nothing was found: to members also in which other row it stands since a merge."""
    message = f"There is no such {rows.model._meta.verbose_name} in this study."
    study = Study.objects.visible_to(user).filter(slug=slug).sole()
    heir = heir_of(uid, rows.in_study(study), study.pk) if study else None
    return MergedAway(message, heir) if heir else NotFound(message)


def member_for(request: UserRequest, slug: str, member: uuid.UUID, act: Act) -> MemberContext:
    at = study_for(request, slug, act)
    row = Membership.objects.in_study(at.study).with_user().filter(uid=member).sole()
    if row is None:
        raise NotFound("There is no such member in this study.")
    return MemberContext(at.study, at.role, at.user, row)


def token_for(request: UserRequest, address: str) -> ApiToken:
    """Find a token of the user's own."""
    tokens = ApiToken.objects.of(request.user)
    token = next((token for token in tokens if token.address == address), None)
    if token is None:
        raise NotFound("There is no such token among yours.")
    return token


def _role_on(row: Model) -> str:
    """Return the role that `with_role_of` has put on the row."""
    return str(vars(row)["asker_role"])
