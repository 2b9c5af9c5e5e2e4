"""One set for each author of an article, and who may read it."""

import pytest
from django.utils import timezone

from annotations.studies.models import Membership
from annotations.workload.models import AnnotationSet
from tests.factories.corpus import make_article
from tests.factories.studies import make_author
from tests.factories.workload import make_own_set, make_set, submitted
from tests.refusals import refused_by_database

Kind = AnnotationSet.Kind


@pytest.mark.parametrize("kind", [Kind.SHARED, Kind.ADJUDICATED])
def test_an_article_has_one_shared_and_one_adjudicated_set(article, kind):
    make_set(article, kind=kind)
    make_set(make_article(article.study, "Other."), kind=kind)
    with refused_by_database():
        make_set(article, kind=kind)


def test_an_annotator_has_one_set_of_an_article(article, ana, ben):
    make_own_set(article, ana)
    make_own_set(article, ben)
    make_set(article)
    with refused_by_database():
        make_own_set(article, ana)


def test_machine_sets_are_many(article):
    make_set(article, kind=Kind.MACHINE)
    make_set(article, kind=Kind.MACHINE)


def test_an_annotator_s_set_has_an_author(article):
    make_set(article, kind=Kind.ANNOTATOR, author=make_author(article.study))
    with refused_by_database():
        make_set(article, kind=Kind.ANNOTATOR)


def test_submitted_sets_have_a_date_open_ones_none(article):
    make_set(article, **submitted())
    with refused_by_database():
        make_set(article, kind=Kind.MACHINE, state="submitted")
    with refused_by_database():
        make_set(article, kind=Kind.MACHINE, submitted_at=timezone.now())


def seen(user):
    """Return what the user may read; asking set by set has to say the same."""
    rows = AnnotationSet.objects.visible_to(user).select_related("author__user")
    theirs = AnnotationSet.objects.of_member(user).filter(article__deleted_at=None)
    assert {each for each in theirs if AnnotationSet.objects.lets_read(each, user)} == set(rows)
    return {f"{row.author.user.username if row.author else row.kind} {row.state}" for row in rows}


@pytest.fixture
def sets(independent_study, ana, ben):
    """On one article: ana's set is open, ben's submitted; a machine set and an open adjudicated one."""
    article = make_article(independent_study)
    make_own_set(article, ana)
    make_own_set(article, ben, **submitted())
    make_set(article, kind=Kind.MACHINE)
    make_set(article, kind=Kind.ADJUDICATED)
    return article


ALL = {"ana open", "ben submitted", "machine open", "adjudicated open"}


@pytest.mark.parametrize(
    ("who", "what"),
    [
        ("vic", {"adjudicated open"}),
        ("ana", {"ana open"}),
        ("ben", {"ben submitted"}),
        ("ada", {"ben submitted", "adjudicated open"}),
        ("mira", ALL),
        ("otto", set()),
        ("dora", set()),
    ],
)
def test_in_an_independent_study(sets, everyone, who, what):
    assert seen(everyone[who]) == what


def test_a_manager_who_annotates_is_blind_until_submitting(sets, mira):
    own = make_own_set(sets, mira)
    assert seen(mira) == {"mira open"}
    elsewhere = make_own_set(make_article(sets.study, "Other."), mira, **submitted())
    assert AnnotationSet.objects.visible_to(mira).filter(pk=elsewhere.pk).exists()
    own.state, own.submitted_at = "submitted", timezone.now()
    own.save()
    assert {"mira submitted", *ALL} == seen(mira)


def test_an_adjudicator_who_annotates_reads_the_own_open_set_too(sets, ada):
    make_own_set(sets, ada)
    assert seen(ada) == {"ada open", "ben submitted", "adjudicated open"}


def test_whoever_left_the_study_sees_nothing(sets, ana):
    Membership.objects.filter(user=ana).delete()
    assert seen(ana) == set()


@pytest.mark.parametrize("who", ["vic", "ana", "ben", "ada", "mira"])
def test_in_a_shared_study_members_see_all(article, members, ana, who):
    make_set(article)
    make_own_set(article, ana)
    make_set(article, kind=Kind.MACHINE)
    make_set(article, kind=Kind.ADJUDICATED)
    assert seen(members[who]) == {"shared open", "ana open", "machine open", "adjudicated open"}


def test_strangers_see_nothing_of_a_shared_study(shared_set, otto, dora):
    assert seen(otto) == seen(dora) == set()


def test_sets_of_a_binned_article_are_not_seen(shared_set, mira):
    shared_set.article.deleted_at = timezone.now()
    shared_set.article.save()
    assert seen(mira) == set()


def test_scopes(shared_set, foreign):
    assert list(AnnotationSet.objects.in_study(shared_set.article.study)) == [shared_set]
    assert list(AnnotationSet.objects.within(foreign.study.pk)) == [foreign.set]
    assert list(AnnotationSet.objects.of_article(shared_set.article)) == [shared_set]
