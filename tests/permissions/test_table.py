"""Who may what: the table for people, written out, against the table for programs."""

import pytest

from annotations.permissions import TABLE, Act, allows, role_in
from annotations.studies.models import Role
from tests.factories.corpus import make_article
from tests.factories.statements import make_statement
from tests.factories.workload import make_own_set, make_set

NOBODY = ""
EVERY_MEMBER = "viewer annotator adjudicator manager"
ANNOTATORS = "annotator adjudicator manager"
MANAGERS = "manager"

WHO = {
    Act.READ: EVERY_MEMBER,
    Act.ADD_ARTICLE: ANNOTATORS,
    Act.EDIT_ARTICLE: ANNOTATORS,
    Act.EDIT_FURNITURE: ANNOTATORS,
    Act.REVISE_ARTICLE: ANNOTATORS,
    Act.ANNOTATE: ANNOTATORS,
    Act.EDIT_VOCABULARY: ANNOTATORS,
    Act.DELETE_ARTICLE: MANAGERS,
    Act.DELETE_VOCABULARY: MANAGERS,
    Act.EXPORT_NAMES: MANAGERS,
    Act.MERGE: MANAGERS,
    Act.MANAGE_STUDY: MANAGERS,
    Act.SHELVE_STUDY: MANAGERS,
    Act.PURGE_BIN: MANAGERS,
    Act.READ_LOG: MANAGERS,
}
"""Acts that rest on the role alone."""

SETS = {
    "shared": ANNOTATORS,
    "adjudicated": "adjudicator manager",
    "machine": NOBODY,
}
"""Who may change and submit a set of this kind; an annotator's own set is that annotator's alone."""

ROLES = [None, *Role.values]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("act", WHO)
def test_acts_by_role(ana, act, role):
    assert allows(act, ana, role) is (role in WHO[act].split())


def test_every_act_is_in_the_table():
    assert set(TABLE) == set(Act) == {*WHO, Act.EDIT_SET, Act.SUBMIT_SET}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("kind", SETS)
@pytest.mark.parametrize("act", [Act.EDIT_SET, Act.SUBMIT_SET])
def test_sets_by_kind_and_role(article, ana, act, kind, role):
    into = make_set(article, kind=kind)
    allowed = role in SETS[kind].split()
    assert allows(act, ana, role, into) is allowed
    assert allows(act, ana, role, make_statement(into, ana)) is allowed


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("act", [Act.EDIT_SET, Act.SUBMIT_SET])
def test_an_annotator_s_set_is_their_own(independent_study, ana, ben, act, role):
    into = make_own_set(make_article(independent_study), ana)
    assert allows(act, ana, role, into) is (role in ANNOTATORS.split())
    assert allows(act, ana, role, make_statement(into, ana)) is (role in ANNOTATORS.split())
    assert not allows(act, ben, role, into)
    assert not allows(act, ben, role, make_statement(into, ben))


@pytest.mark.parametrize("role", ROLES)
def test_among_blind_sets_furniture_is_the_manager_s(independent_study, article, ana, role):
    assert allows(Act.EDIT_FURNITURE, ana, role, article) is (role in ANNOTATORS.split())
    assert allows(Act.EDIT_FURNITURE, ana, role, make_article(independent_study)) is (role == MANAGERS)


@pytest.mark.parametrize("role", ROLES)
def test_a_text_is_corrected_by_everyone_but_among_blind_sets_by_managers(
    study, independent_study, ana, role
):
    assert allows(Act.REVISE_ARTICLE, ana, role, make_article(study)) is (role in ANNOTATORS.split())
    assert allows(Act.REVISE_ARTICLE, ana, role, make_article(independent_study)) is (role == MANAGERS)


@pytest.mark.parametrize("role", ROLES)
def test_a_set_is_needed_to_edit_one(ana, article, role):
    assert not allows(Act.EDIT_SET, ana, role)
    assert not allows(Act.EDIT_SET, ana, role, article)


@pytest.mark.parametrize("name", ["mira", "ana", "ben", "ada", "vic"])
def test_the_role_is_that_of_the_membership(study, foreign, members, name):
    from tests.cast import ROLES as CAST

    assert role_in(study, members[name]) == CAST[name]
    assert role_in(foreign.study, members[name]) is None


def test_a_superuser_is_no_member(study, otto):
    otto.is_superuser = True
    otto.save()
    assert role_in(study, otto) is None
    assert not allows(Act.READ, otto, role_in(study, otto))
