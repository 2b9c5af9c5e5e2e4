"""Sets are opened with the first mark, submitted, and reopened."""

import pytest

from annotations.audit.models import Event
from annotations.errors import Conflict, StaleEdit
from annotations.workload.actions import (
    SetClosed,
    lock_open,
    open_set,
    reopen_set,
    submit_set,
    working_set,
)
from annotations.workload.models import AnnotationSet
from tests.factories.codebook import default_codebook
from tests.factories.corpus import make_article
from tests.factories.workload import make_set, submitted
from tests.refusals import refused


def last_event():
    return Event.objects.latest("pk")


def test_in_a_shared_study_there_is_one_set_for_all(article, ana, ben):
    assert working_set(article=article, by=ana) is None
    opened = open_set(article=article, by=ana)
    assert (opened.kind, opened.author, opened.state) == ("shared", None, "open")
    assert opened.codebook == default_codebook()
    assert open_set(article=article, by=ben) == opened == working_set(article=article, by=ben)
    assert Event.objects.filter(verb="set.open").count() == 1


def test_in_an_independent_study_everybody_has_their_own(independent_study, ana, ben):
    article = make_article(independent_study)
    first = open_set(article=article, by=ana)
    assert (first.kind, first.author.user) == ("annotator", ana)
    assert working_set(article=article, by=ben) is None
    second = open_set(article=article, by=ben)
    assert second != first
    assert open_set(article=article, by=ana) == first
    assert [first.author.pseudonym, second.author.pseudonym] == ["c01", "c02"]


def test_machine_and_adjudicated_sets_are_nobody_s_working_set(article, ana):
    make_set(article, kind="machine")
    make_set(article, kind="adjudicated")
    assert working_set(article=article, by=ana) is None


def test_submit_and_reopen(shared_set, ana):
    submit_set(annotation_set=shared_set, expected=1, by=ana)
    kept = AnnotationSet.objects.get()
    assert (kept.state, kept.version) == ("submitted", 2)
    assert kept.submitted_at
    assert (last_event().verb, last_event().before) == ("set.submit", {"state": "open"})
    reopen_set(annotation_set=kept, expected=2, by=ana)
    kept = AnnotationSet.objects.get()
    assert (kept.state, kept.submitted_at, kept.version) == ("open", None, 3)
    assert last_event().verb == "set.reopen"


def test_twice_is_refused(shared_set, ana):
    with refused(Conflict, says="open already"):
        reopen_set(annotation_set=shared_set, expected=1, by=ana)
    submit_set(annotation_set=shared_set, expected=1, by=ana)
    with refused(SetClosed, says="submitted already"):
        submit_set(annotation_set=shared_set, expected=2, by=ana)
    assert Event.objects.count() == 1


def test_a_stale_submit_changes_nothing(shared_set, ana, ben):
    submit_set(annotation_set=AnnotationSet.objects.get(), expected=1, by=ben)
    with pytest.raises(StaleEdit) as stale:
        submit_set(annotation_set=shared_set, expected=1, by=ana)
    assert stale.value.current.state == "submitted"
    reopen_set(annotation_set=AnnotationSet.objects.get(), expected=2, by=ben)
    with pytest.raises(StaleEdit):
        submit_set(annotation_set=shared_set, expected=1, by=ana)
    assert AnnotationSet.objects.get().state == "open"


@pytest.mark.django_db(transaction=True)
def test_a_submitted_set_is_closed(article):
    from django.db import transaction

    with transaction.atomic(), refused(SetClosed, says="reopen it"):
        lock_open(make_set(article, **submitted()))


def test_whoever_locks_sees_what_stands_now(shared_set, ana, django_assert_num_queries):
    shared_set.article.title = "in memory only"
    with django_assert_num_queries(1):
        locked = lock_open(shared_set)
        assert locked.article.study.name == "Gates"
        assert locked.codebook.number == "1.0.0"
    assert locked.article.title == "Gates stood open, miller says"
