"""Who may what: one table, read by web and api alike (docs/permissions.md prints it for people).

A predicate is a fact about a user's role in the study (None for strangers) and the object at hand.
Row visibility is not decided here but by `visible_to` of each QuerySet.
"""

from collections.abc import Callable, Mapping
from enum import Enum

from annotations.accounts.models import User
from annotations.corpus.models import Article
from annotations.errors import Forbidden
from annotations.rows import Row
from annotations.statements.models import Statement
from annotations.studies.actions import refuse_archived
from annotations.studies.models import Membership, Role, Study
from annotations.workload.models import AnnotationSet

Predicate = Callable[[User, str | None, Row | None], bool]


class Act(Enum):
    """What a member may want to do in a study."""

    READ = "read"
    ADD_ARTICLE = "add articles"
    EDIT_ARTICLE = "edit an article's metadata"
    REVISE_ARTICLE = "correct an article's text"
    EDIT_FURNITURE = "mark page furniture"
    DELETE_ARTICLE = "delete articles"
    ANNOTATE = "mark and code statements"
    EDIT_SET = "change this set"
    SUBMIT_SET = "submit or reopen this set"
    EDIT_VOCABULARY = "add and edit speakers, claims, issues and relations"
    DELETE_VOCABULARY = "delete speakers and claims"
    EXPORT_NAMES = "export private speakers by their names"
    MERGE = "merge speakers and claims, and take them apart"
    MANAGE_STUDY = "manage the study"
    SHELVE_STUDY = "archive the study, delete it, and take it back"
    PURGE_BIN = "purge the bin"
    READ_LOG = "read the log"


def is_member(user: User, role: str | None, thing: Row | None) -> bool:
    return role is not None


def may_annotate(user: User, role: str | None, thing: Row | None) -> bool:
    return role in {Role.ANNOTATOR, Role.ADJUDICATOR, Role.MANAGER}


def is_manager(user: User, role: str | None, thing: Row | None) -> bool:
    return role == Role.MANAGER


def furniture_is_theirs(user: User, role: str | None, thing: Row | None) -> bool:
    """Lines are everybody's; among blind sets a refused one would tell what others have marked in it."""
    is_blind = isinstance(thing, Article) and thing.study.mode == Study.Mode.INDEPENDENT
    return role == Role.MANAGER or not is_blind


def revision_is_theirs(user: User, role: str | None, thing: Row | None) -> bool:
    """A corrected text moves everybody's statements; among blind sets that is the manager's to decide."""
    is_blind = isinstance(thing, Article) and thing.study.mode == Study.Mode.INDEPENDENT
    return role == Role.MANAGER or not is_blind


def set_is_editable(user: User, role: str | None, thing: Row | None) -> bool:
    """Shared sets are everybody's, an annotator's set is their own, an adjudicated one the adjudicators'."""
    into = thing.annotation_set if isinstance(thing, Statement) else thing
    if not isinstance(into, AnnotationSet):
        return False
    if into.kind == AnnotationSet.Kind.ADJUDICATED:
        return role in {Role.ADJUDICATOR, Role.MANAGER}
    if into.kind == AnnotationSet.Kind.ANNOTATOR:
        return into.author is not None and into.author.user_id == user.pk
    return into.kind == AnnotationSet.Kind.SHARED


TABLE: Mapping[Act, tuple[Predicate, ...]] = {
    Act.READ: (is_member,),
    Act.ADD_ARTICLE: (may_annotate,),
    Act.EDIT_ARTICLE: (may_annotate,),
    Act.REVISE_ARTICLE: (may_annotate, revision_is_theirs),
    Act.EDIT_FURNITURE: (may_annotate, furniture_is_theirs),
    Act.DELETE_ARTICLE: (is_manager,),
    Act.ANNOTATE: (may_annotate,),
    Act.EDIT_SET: (may_annotate, set_is_editable),
    Act.SUBMIT_SET: (may_annotate, set_is_editable),
    Act.EDIT_VOCABULARY: (may_annotate,),
    Act.DELETE_VOCABULARY: (is_manager,),
    Act.EXPORT_NAMES: (is_manager,),
    Act.MERGE: (is_manager,),
    Act.MANAGE_STUDY: (is_manager,),
    Act.SHELVE_STUDY: (is_manager,),
    Act.PURGE_BIN: (is_manager,),
    Act.READ_LOG: (is_manager,),
}
IN_THE_ARCHIVE = frozenset({Act.READ, Act.READ_LOG, Act.EXPORT_NAMES, Act.SHELVE_STUDY})
"""What may be done in an archived study; everything else changes something in it."""


def allows(act: Act, user: User, role: str | None, thing: Row | None = None) -> bool:
    """Tell whether a user with this role in the object's study may do `act`."""
    return all(predicate(user, role, thing) for predicate in TABLE[act])


def check(act: Act, user: User, role: str, study: Study, thing: Row | None = None) -> None:
    """Raise what keeps a member from `act`: `Forbidden` for the role, `Archived` for a study in the archive."""
    if not allows(act, user, role, thing):
        raise Forbidden(
            f"As {role} of “{study.name}” you may not {act.value};"
            " a manager of the study can change your role or do it for you."
        )
    if act not in IN_THE_ARCHIVE:
        refuse_archived(study)


def role_in(study: Study, user: User) -> str | None:
    """Return the user's role in the study; None for strangers, superusers included."""
    return Membership.objects.filter(study=study, user=user).values_list("role", flat=True).first()
