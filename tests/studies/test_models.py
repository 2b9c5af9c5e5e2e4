"""What the database refuses, and what members see."""

import pytest

from annotations.studies.models import Author, Membership, Role, Study
from tests.factories.studies import make_author, make_membership, make_study
from tests.refusals import refused_by_database


def test_a_slug_is_taken_once(study):
    make_study("other")
    with refused_by_database():
        make_study(study.slug)


@pytest.mark.django_db
def test_a_mode_is_one_of_two():
    make_study("a", mode="independent")
    with refused_by_database():
        make_study("b", mode="secret")


def test_a_user_is_a_member_once(study, otto, ana):
    make_membership(study, otto)
    with refused_by_database():
        make_membership(study, ana)


def test_a_role_is_one_of_four(study, otto):
    with refused_by_database():
        make_membership(study, otto, "owner")
    make_membership(study, otto, Role.VIEWER)


def test_a_pseudonym_is_taken_once_in_a_study(study, independent_study, ana, ben):
    make_author(study, ana, "c01")
    make_author(independent_study, ana, "c01")
    with refused_by_database():
        make_author(study, ben, "c01")


def test_a_user_has_one_pseudonym_but_imports_bring_many_authors_without_user(study, ana):
    make_author(study, ana, "c01")
    make_author(study, None, "x1")
    make_author(study, None, "x2")
    with refused_by_database():
        make_author(study, ana, "c02")


def test_members_see_their_studies_superusers_are_no_exception(study, foreign, ana, otto):
    ana.is_superuser = True
    ana.save()
    assert list(Study.objects.visible_to(ana)) == [study]
    assert list(Study.objects.visible_to(otto)) == [foreign.study]


def test_the_role_is_the_asker_s_own(study, members):
    for user in members.values():
        found = Study.objects.visible_to(user).with_role_of(user).get()
        assert found.asker_role == Membership.objects.get(study=study, user=user).role


def test_rows_stay_within_the_study_of_a_token(study, independent_study):
    assert set(Membership.objects.within(None)) == set(Membership.objects.all())
    assert set(Membership.objects.within(study.pk)) == set(Membership.objects.in_study(study))
    assert list(Study.objects.within(study.pk)) == [study]


def test_work_outlives_the_user(study, ana):
    author = make_author(study, ana)
    ana.delete()
    assert Author.objects.get(pk=author.pk).user is None
